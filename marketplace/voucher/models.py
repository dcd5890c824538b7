"""Vouchers: Oscar's, with amounts wide enough, any keyboard's digits in their codes, and uses counted when a buyer pays."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from oscar.apps.voucher.abstract_models import AbstractVoucher

from marketplace.core.fields import OscarPrice
from marketplace.core.persian import joined
from marketplace.voucher.rules import require_current_voucher, require_use_left, voucher_used

COUNTERS = {"num_orders", "num_basket_additions", "total_discount"}


def written(code: str) -> str:
    """A code as it is stored: Latin digits, one spelling of Persian letters, capitals, no spaces."""
    return joined(code).upper()


class Voucher(AbstractVoucher):
    """`num_orders` counts purchases that used it, those that wait for their payment included."""

    total_discount = OscarPrice(_("Total discount"), default=Decimal("0.00"))

    def save(self, *args, **kwargs) -> None:
        """Whoever saves a voucher that stands leaves its counters alone: a sale may have moved them since it was read."""
        self.code = written(self.code)
        if self.pk and not kwargs.get("force_insert") and "update_fields" not in kwargs:
            fields = [field.name for field in self._meta.concrete_fields if not field.primary_key]
            kwargs["update_fields"] = [name for name in fields if name not in COUNTERS]
        super().save(*args, **kwargs)

    def require_usable(self, user) -> None:
        """Every rule of using it now, in order. Raises ValidationError."""
        require_current_voucher(self, at=timezone.now())
        self._require_use_left(user)

    def _require_use_left(self, user) -> None:
        known = user is not None and user.is_authenticated
        once = known and self.usage == self.ONCE_PER_CUSTOMER
        require_use_left(self, is_signed_in=known, used_by_buyer=once and self._is_used_by(user))

    def _is_used_by(self, user) -> bool:
        return self.uses.taken().filter(user=user.pk).exists()

    def is_available_to_user(self, user=None) -> tuple[bool, str]:
        """As Oscar asks it."""
        try:
            self.require_usable(user)
        except ValidationError as error:
            return False, " ".join(error.messages)
        return True, ""

    def take(self, *, rial: int, user) -> None:
        """Count one purchase by the one condition that decides a race. Raises ValidationError.

        The counted row stays locked until the transaction ends, so that one customer's purchases are looked at in turn too.
        """
        left = type(self).objects.filter(~Q(usage=self.SINGLE_USE) | Q(num_orders=0), pk=self.pk)
        if not left.update(num_orders=F("num_orders") + 1, total_discount=F("total_discount") + rial):
            raise voucher_used(self)
        if self.usage == self.ONCE_PER_CUSTOMER:
            self._require_use_left(user)

    def give_back(self, *, rial: int) -> None:
        """Uncount a purchase that came to nothing."""
        type(self).objects.filter(pk=self.pk).update(
            num_orders=F("num_orders") - 1, total_discount=F("total_discount") - rial
        )

    def record_usage(self, order, user) -> None:
        """Nothing at the order: a use is counted at "pay", by `take`."""

    def record_discount(self, discount) -> None:
        """Nothing at the order: a use is counted at "pay", by `take`."""


from oscar.apps.voucher.models import *  # noqa: E402,F403  Oscar's remaining models, after ours
