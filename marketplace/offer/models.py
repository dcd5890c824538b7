"""Offers: Oscar's, with amounts wide enough."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _
from oscar.apps.offer.abstract_models import AbstractBenefit, AbstractCondition, AbstractConditionalOffer

from marketplace.core.fields import OscarPrice


class ConditionalOffer(AbstractConditionalOffer):
    max_discount = OscarPrice(_("Max discount"), null=True, blank=True)
    total_discount = OscarPrice(_("Total Discount"), default=Decimal("0.00"))


class Benefit(AbstractBenefit):
    value = OscarPrice(_("Value"), null=True, blank=True)


class Condition(AbstractCondition):
    value = OscarPrice(_("Value"), null=True, blank=True)


from oscar.apps.offer.models import *  # noqa: E402,F403  Oscar's remaining models, after ours
