from oscar.apps.customer.models import *  # noqa: F403  class fork only; migrations stay Oscar's
