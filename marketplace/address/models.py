from oscar.apps.address.models import *  # noqa: F403  forked before the first migration, so that fields can be added later
