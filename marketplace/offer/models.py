"""Discount offers: Oscar's, with amounts wide enough, a name in each language, and ranges that can be asked without a query.

In Oscar's tables an "offer" is a discount; what a seller puts on sale is a stock record, and our own pages call that an offer.
"""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q, Sum
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from oscar.apps.offer.abstract_models import (
    AbstractBenefit,
    AbstractCondition,
    AbstractConditionalOffer,
    AbstractRange,
)

from marketplace.core.fields import OscarPrice, Rial
from marketplace.offer.rules import require_own_uses_left, used_up

COUNTERS = {"num_applications", "total_discount", "num_orders"}


class ConditionalOffer(AbstractConditionalOffer):
    """`name` is the Persian one. The fields under "told" are set by `offer.loading`, so that a basket is worked out in memory."""

    name_en = models.CharField(_("English name"), max_length=128, blank=True)
    max_discount = OscarPrice(_("Max discount"), null=True, blank=True)
    total_discount = OscarPrice(_("Total Discount"), default=Decimal("0.00"))

    # told: offers that this one names as combinable; those that it may stand beside; rial that it may still give; uses by this buyer
    named_ids: frozenset[int] | None = None
    beside_ids: frozenset[int] | None = None
    left_rial: Decimal | None = None
    used_by_buyer: int | None = None

    @property
    def shown_name(self) -> str:
        """The name in the reader's language."""
        return self.name_en if self.name_en and (get_language() or "fa").startswith("en") else self.name

    def names_combinations(self) -> bool:
        """Whether it lists offers that it may be combined with, and so refuses all others."""
        if self.named_ids is None:
            self.named_ids = frozenset(self.combinations.values_list("pk", flat=True))
        return bool(self.named_ids)

    def stands_beside(self, other: "ConditionalOffer") -> bool:
        """Whether either of two offers names the other."""
        if self.beside_ids is None:
            self.beside_ids = frozenset(self.combined_offers.values_list("pk", flat=True))
        return other.pk in self.beside_ids

    def get_num_user_applications(self, user) -> int:
        return self.uses.times_of(user) if self.used_by_buyer is None else self.used_by_buyer

    def save(self, *args, **kwargs) -> None:
        """Whoever saves an offer that stands leaves its counters alone: a sale may have moved them since it was read."""
        if self.pk and not kwargs.get("force_insert") and "update_fields" not in kwargs:
            fields = [field.name for field in self._meta.concrete_fields if not field.primary_key]
            kwargs["update_fields"] = [name for name in fields if name not in COUNTERS]
        super().save(*args, **kwargs)

    def take(self, *, times: int, rial: int, user) -> None:
        """Count uses by the one condition that decides a race. Raises ValidationError (`offer_used_up`, `offer_used_by_you`).

        The counted row stays locked until the transaction ends, so that one user's uses are counted in turn too.
        """
        room = Q(max_global_applications__gte=F("num_applications") + times) | ~Q(max_global_applications__gt=0)
        money = Q(max_discount__gte=F("total_discount") + rial) | ~Q(max_discount__gt=0)
        left = type(self).objects.filter(
            room | Q(max_global_applications=None), money | Q(max_discount=None), pk=self.pk
        )
        if not left.update(num_applications=F("num_applications") + times, total_discount=F("total_discount") + rial):
            raise used_up(self)
        if self.max_user_applications:
            require_own_uses_left(self, times, used=self.uses.times_of(user))

    def give_back(self, *, times: int, rial: int) -> None:
        """Uncount uses that came to nothing."""
        type(self).objects.filter(pk=self.pk).update(
            num_applications=F("num_applications") - times, total_discount=F("total_discount") - rial
        )

    def record_usage(self, discount) -> None:
        """Nothing at the order: uses are counted at "pay", by `take`."""


class OfferUseQuerySet(models.QuerySet):
    def taken(self) -> "OfferUseQuerySet":
        """Uses that count against a limit."""
        return self.exclude(state=OfferUse.State.GIVEN_BACK)

    def times_of(self, user) -> int:
        """How often a user used it, purchases that wait for their payment included. Nobody used it as a guest."""
        if user is None or not user.pk:
            return 0
        return self.taken().filter(user=user.pk).aggregate(times=Sum("times"))["times"] or 0


class OfferUse(models.Model):
    """What one offer gave to one purchase: held while its buyer pays, final with the order, else given back.

    It is also the agreement: the order charges these discounts whatever the offer says by then.
    """

    class State(models.TextChoices):
        HELD = "held", _("held while the buyer pays")
        FINAL = "final", _("part of an order")
        GIVEN_BACK = "given_back", _("given back")

    source = models.CharField(_("number of the purchase"), max_length=40)
    position = models.PositiveSmallIntegerField(_("position"))
    offer = models.ForeignKey(
        ConditionalOffer, on_delete=models.PROTECT, related_name="uses", verbose_name=_("discount offer")
    )
    voucher = models.ForeignKey(
        "voucher.Voucher",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="uses",
        verbose_name=_("voucher"),
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("buyer"),
    )
    times = models.PositiveIntegerField(_("times applied"))
    rial = Rial(_("discount (rial)"))
    lines = models.JSONField(
        _("lines"), default=dict, help_text=_("A basket line's number, then the rial it got and the pieces it took.")
    )
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.HELD)
    created_at = models.DateTimeField(_("made"), auto_now_add=True)

    objects = OfferUseQuerySet.as_manager()

    class Meta:
        verbose_name = _("use of a discount offer")
        verbose_name_plural = _("uses of discount offers")
        ordering = ["source", "position"]
        constraints = [
            models.UniqueConstraint(fields=["source", "offer"], name="one_use_an_offer_and_purchase"),
            models.CheckConstraint(condition=Q(times__gt=0, rial__gt=0), name="a_use_gives_something"),
        ]


class Range(AbstractRange):
    """Works that an offer is about."""

    #: Told by `offer.loading`: whether a work is in it, for the works of one basket.
    told: dict[int, bool] | None = None

    def contains_product(self, product) -> bool:
        if self.told is not None and product.pk in self.told:
            return self.told[product.pk]
        return super().contains_product(product)


class KnownKinds:
    """Oscar looks the classes of all kinds up at every call, which takes longer than all deciding."""

    _kinds: dict | None = None

    @property
    def proxy_map(self) -> dict:
        if type(self)._kinds is None:
            type(self)._kinds = super().proxy_map  # type: ignore[misc]
        return type(self)._kinds or {}


class Benefit(KnownKinds, AbstractBenefit):
    value = OscarPrice(_("Value"), null=True, blank=True)


class Condition(KnownKinds, AbstractCondition):
    value = OscarPrice(_("Value"), null=True, blank=True)


from oscar.apps.offer.models import *  # noqa: E402,F403  Oscar's remaining models, after ours
