"""The basket: Oscar's, with prices wide enough for a carpet."""

from django.utils.translation import gettext_lazy as _
from oscar.apps.basket.abstract_models import AbstractLine

from marketplace.core.fields import OscarPrice


class Line(AbstractLine):
    price_excl_tax = OscarPrice(_("Price excl. Tax"), null=True)
    price_incl_tax = OscarPrice(_("Price incl. Tax"), null=True)


from oscar.apps.basket.models import *  # noqa: E402,F403  Oscar's remaining models, after ours
