"""Vouchers: Oscar's, with amounts wide enough."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _
from oscar.apps.voucher.abstract_models import AbstractVoucher

from marketplace.core.fields import OscarPrice


class Voucher(AbstractVoucher):
    total_discount = OscarPrice(_("Total discount"), default=Decimal("0.00"))


from oscar.apps.voucher.models import *  # noqa: E402,F403  Oscar's remaining models, after ours
