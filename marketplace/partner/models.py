"""The seller, and an offer of a work in a place: the maker's workshop, or a venue."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from oscar.apps.partner.abstract_models import AbstractPartner, AbstractStockRecord

from marketplace.bazaars.models import Venue
from marketplace.core.clock import today
from marketplace.core.fields import OscarPrice
from marketplace.makers.holidays import Break
from marketplace.makers.models import Maker


class OutOfStock(Exception):
    """Fewer pieces are left than were asked for."""


class Partner(AbstractPartner):
    """The seller: a maker trading."""

    maker = models.OneToOneField(Maker, null=True, blank=True, on_delete=models.PROTECT, related_name="seller")
    iban = models.CharField(_("Sheba (IBAN)"), max_length=34, blank=True)
    iban_owner = models.CharField(_("holder of the account"), max_length=120, blank=True)
    iban_verified_on = models.DateField(_("Sheba compared with its paper on"), null=True, blank=True)

    class Meta(AbstractPartner.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(iban_verified_on__isnull=True) | ~(Q(iban="") | Q(iban_owner="")),
                name="only_an_iban_is_verified",
            ),
        ]

    @property
    def paid_to(self) -> str:
        """The IBAN that money may be sent to: one that a person compared with its paper; else nothing."""
        return self.iban if self.iban_verified_on else ""


class OfferQuerySet(models.QuerySet):
    def active(self):
        """Offers that were not withdrawn."""
        return self.filter(withdrawn_at__isnull=True)

    def lawful_on(self, day: date):
        """Active offers in open places that keep the foreign-goods rule on a day."""
        bound = Q(venue__bound_since__lte=day) & (Q(venue__bound_until__isnull=True) | Q(venue__bound_until__gt=day))
        open_ = Q(venue__is_planned=False) & (Q(venue__open_until__isnull=True) | Q(venue__open_until__gte=day))
        domestic = Q(product__parent__isnull=True, product__domestic_until__gte=day) | Q(
            product__parent__domestic_until__gte=day
        )
        return self.active().filter(Q(venue__isnull=True) | (open_ & (~bound | domestic)))


class StockRecord(AbstractStockRecord):
    """An offer of a work: in the maker's workshop (no venue) or in a venue. Price in rial."""

    price = OscarPrice(_("Price"), blank=True, null=True)
    venue = models.ForeignKey(
        Venue, null=True, blank=True, on_delete=models.PROTECT, related_name="offers", verbose_name=_("venue")
    )
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    withdrawn_because = models.CharField(_("why it was withdrawn"), max_length=64, blank=True)

    objects = OfferQuerySet.as_manager()

    class Meta(AbstractStockRecord.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(num_allocated__isnull=True) | Q(num_allocated__gte=0), name="no_negative_allocation"
            ),
            models.CheckConstraint(condition=Q(price__isnull=True) | Q(price__gte=0), name="no_negative_price"),
        ]
        indexes = [models.Index(fields=["venue", "withdrawn_at"], name="offer_venue_active")]

    @property
    def rest_today(self) -> Break | None:
        """The break of its maker in which it rests today, or None."""
        maker = self.product.maker
        return maker.break_on(today(), in_venue=self.venue_id is not None) if maker is not None else None

    @property
    def is_closed_today(self) -> bool:
        """Whether it cannot be bought today because its maker rests."""
        rest = self.rest_today
        return rest is not None and rest.is_closed

    def days_to_leave(self, on: date) -> int:
        """Days from a day until a piece is made or prepared, what is left of its maker's break among them."""
        maker = self.product.maker
        begins = maker.back_at_work(on, in_venue=self.venue_id is not None) if maker is not None else on
        return (begins - on).days + self.product.origin_work.lead_days

    def other_doors(self) -> "OfferQuerySet":
        """Other offers of the same single piece: what is held, sold or freed at one door is so at each. Nothing for any other work."""
        return (
            type(self)
            .objects.filter(product=self.product_id if self.product.is_single_piece else None)
            .exclude(pk=self.pk)
        )

    def allocate(self, quantity: int) -> None:
        """Take pieces out of what can be sold, in one conditional statement; Oscar's own has no condition and oversells.

        A single piece is taken at all its doors; call `held_doors` first.

        Raises OutOfStock and changes nothing when fewer are left. The object counts on from what it knew; Oscar would read
        the row again, and look for an alert of low stock also where no threshold was set: two statements more for each line.
        """
        if not self.can_track_allocations:
            return
        with_these = Coalesce(F("num_allocated"), 0) + quantity
        taken = type(self).objects.filter(pk=self.pk, num_in_stock__gte=with_these).update(num_allocated=with_these)
        if not taken:
            raise OutOfStock(self.pk)
        if self.product.is_single_piece:
            self.other_doors().filter(num_in_stock__gte=with_these).update(num_allocated=with_these)
        self.num_allocated = (self.num_allocated or 0) + quantity
        if self.low_stock_threshold is not None:
            self.refresh_from_db(fields=["num_allocated"])
            self.post_save_signal()

    allocate.alters_data = True

    def cancel_allocation(self, quantity: int) -> None:
        """Pieces can be sold again; a single one at all its doors."""
        super().cancel_allocation(quantity)
        if self.product.is_single_piece:
            held = self.other_doors().filter(num_allocated__gte=quantity)
            held.update(num_allocated=F("num_allocated") - quantity)

    cancel_allocation.alters_data = True

    def consume_allocation(self, quantity: int) -> None:
        """Pieces leave the stock; a single one leaves all its doors."""
        super().consume_allocation(quantity)
        if self.product.is_single_piece:
            held = self.other_doors().filter(num_allocated__gte=quantity, num_in_stock__gte=quantity)
            held.update(num_allocated=F("num_allocated") - quantity, num_in_stock=F("num_in_stock") - quantity)

    consume_allocation.alters_data = True


def take_pieces(wanted: Iterable[tuple[StockRecord, int]]) -> int | None:
    """Take pieces of several offers out of what can be sold: None, or the number of an offer that has too few.

    In that case the caller's transaction must end with a refusal. All rows are locked first, in the order of their numbers. What
    there is many of is then taken in one conditional statement for each quantity instead of one for each offer; single pieces, and
    offers that watch for a low stock, go through `allocate`. Call `held_doors` before.
    """
    tracked = [(offer, quantity) for offer, quantity in wanted if offer.can_track_allocations]
    free = _locked(sorted({offer.pk for offer, _quantity in tracked}))
    together: Counter[int] = Counter()
    for offer, quantity in tracked:
        free[offer.pk] = free.get(offer.pk, 0) - quantity
        if free[offer.pk] < 0:
            return offer.pk
        if offer.product.is_single_piece or offer.low_stock_threshold is not None:
            try:
                offer.allocate(quantity)
            except OutOfStock:
                return offer.pk
        else:
            together[offer.pk] += quantity
            offer.num_allocated = (offer.num_allocated or 0) + quantity
    return _taken(together)


def _locked(numbers: list[int]) -> dict[int, int]:
    """Lock offers until the transaction ends: pieces of each that can be sold.

    The lock lets in what only refers to an offer: an order writes its lines in the basket's order, and a lock that kept those
    out would wait for it while it waits for the lock.
    """
    rows = StockRecord.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=numbers).order_by("pk")
    counts = rows.values_list("pk", "num_in_stock", "num_allocated")
    return {pk: (in_stock or 0) - (allocated or 0) for pk, in_stock, allocated in counts}


def _taken(wanted: Mapping[int, int]) -> int | None:
    """One statement for all offers of which as many pieces are wanted. The condition holds where rows cannot be locked, too."""
    for quantity in sorted(set(wanted.values())):
        numbers = [pk for pk, pieces in wanted.items() if pieces == quantity]
        with_these = Coalesce(F("num_allocated"), 0) + quantity
        offers = StockRecord.objects.filter(pk__in=numbers, num_in_stock__gte=with_these)
        if offers.update(num_allocated=with_these) < len(numbers):
            return numbers[0]
    return None


def held_doors(offers: Iterable[StockRecord]) -> None:
    """Lock offers and the other doors of their single pieces, in the order of their numbers, until the transaction ends.

    Offers are read with their product. Asks nothing where no work is a single piece: then each is taken in its turn.
    """
    wanted = list(offers)
    single = [offer.product_id for offer in wanted if offer.product.is_single_piece]
    if single:
        every = StockRecord.objects.filter(Q(pk__in=[offer.pk for offer in wanted]) | Q(product__in=single))
        list(every.select_for_update(of=("self",), no_key=True).order_by("pk").values_list("pk", flat=True))


from oscar.apps.partner.models import *  # noqa: E402,F403  Oscar's remaining models, after ours
