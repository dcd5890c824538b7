"""The limits of offers and vouchers: uses are taken when a buyer goes to pay, given back when they do not, final with the order.

Guarantees: at no moment do counted uses pass a limit, whoever buys at once; uses of a purchase are taken all or none, and given
back once; what was agreed at "pay" is what the order charges. Call within the transaction that holds or gives back stock, after
stock: rows are locked in one order (offers, then vouchers, each by number).
"""

from decimal import Decimal
from typing import Any

from django.db import transaction
from oscar.apps.offer.results import BasketDiscount

from marketplace.offer.models import OfferUse
from marketplace.offer.services import Discount

State = OfferUse.State


@transaction.atomic
def take_uses(*, source: str, discounts: list[Discount], user) -> None:
    """Count what a purchase (by its number) uses, and write down what was agreed. Raises ValidationError and counts nothing."""
    uses = [
        OfferUse(
            source=source,
            position=position,
            offer=discount.offer,
            voucher=discount.voucher,
            user=user,
            times=discount.times,
            rial=discount.rial,
            lines=discount.lines,
        )
        for position, discount in enumerate(discounts)
    ]
    _count(uses)
    OfferUse.objects.bulk_create(uses)


def _count(uses: list[OfferUse]) -> None:
    for use in sorted(uses, key=lambda use: use.offer_id):
        use.offer.take(times=use.times, rial=use.rial, user=use.user)
    for voucher, rial in _vouchers(uses):
        voucher.take(rial=rial, user=uses[0].user)


def _vouchers(uses: list[OfferUse]) -> list[tuple[Any, int]]:
    """Vouchers with the rial that each brought, in the order of their numbers."""
    brought: dict[int, tuple[Any, int]] = {}
    for use in uses:
        if use.voucher:
            before = brought.get(use.voucher.pk, (use.voucher, 0))[1]
            brought[use.voucher.pk] = use.voucher, before + use.rial
    return [brought[number] for number in sorted(brought)]


def _uses(source: str, *states: str) -> list[OfferUse]:
    uses = OfferUse.objects.filter(source=source, state__in=states).order_by("position")
    return list(uses.select_related("offer", "voucher", "user"))


def _moved(uses: list[OfferUse], to: str) -> list[OfferUse]:
    """Those that this call moved, so that nothing is counted back twice."""
    each = [(use, OfferUse.objects.filter(pk=use.pk, state=use.state).update(state=to)) for use in uses]
    return [use for use, was_us in each if was_us]


@transaction.atomic
def give_uses_back(source: str) -> None:
    """Uncount what a purchase held."""
    _uncount(_moved(_uses(source, State.HELD), State.GIVEN_BACK))


@transaction.atomic
def take_uses_again(source: str) -> None:
    """Count anew what a purchase gave back, for its buyer pays after all. Raises ValidationError and counts nothing."""
    uses = _uses(source, State.GIVEN_BACK)
    _count(uses)
    _moved(uses, State.HELD)


@transaction.atomic
def give_order_uses_back(*, source: str, order) -> None:
    """Uncount what an order used that was cancelled whole, once: its buyer may use the offers and vouchers again."""
    uses = _moved(_uses(source, State.FINAL), State.GIVEN_BACK)
    _uncount(uses)
    for voucher, _rial in _vouchers(uses):
        voucher.applications.filter(order=order).delete()


def _uncount(uses: list[OfferUse]) -> None:
    for use in sorted(uses, key=lambda use: use.offer_id):
        use.offer.give_back(times=use.times, rial=use.rial)
    for voucher, rial in _vouchers(uses):
        voucher.give_back(rial=rial)


@transaction.atomic
def settle_uses(*, source: str, order) -> None:
    """Make final what an order uses; what was given back meanwhile is taken anew. Raises ValidationError and changes nothing."""
    uses = _uses(source, State.HELD, State.GIVEN_BACK)
    _count([use for use in uses if use.state == State.GIVEN_BACK])
    uses = _moved(uses, State.FINAL)
    for voucher, _rial in _vouchers(uses):
        voucher.applications.create(order=order, user=order.user)


def apply_agreed(*, basket, source: str) -> bool:
    """Discount the lines of a frozen basket as agreed at "pay", whatever its offers and vouchers say by now; whether anything was.

    Its vouchers are taken out: Oscar's order creator would ask them once more, and their uses are counted here.
    """
    basket.vouchers.clear()
    lines = {line.pk: line for line in basket.all_lines()}
    uses = _uses(source, State.HELD, State.GIVEN_BACK)
    for use in uses:
        use.offer.set_voucher(use.voucher)
        use.offer.named_ids = frozenset()
        for number, (rial, pieces) in use.lines.items():
            lines[int(number)].discount(Decimal(rial), pieces, incl_tax=False, offer=use.offer)
        applications = basket.offer_applications
        applications.add(use.offer, BasketDiscount(Decimal(use.rial)))
        applications.applications[use.offer.pk]["freq"] = use.times
    return bool(uses)
