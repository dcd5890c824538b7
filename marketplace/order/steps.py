"""A seller order on its way: confirmed, made, sent, arrived; or cancelled, whole or in part. Each step is kept and told.

Guarantees: steps of one seller order come one after the other (its row is the lock); pieces that are cancelled go back to the shelf
and their money is promised in the same transaction; every piece leaves the stock once.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from authenticity.models import Passport
from authenticity.passports import tie_to_line
from marketplace.core import outbox
from marketplace.core.clock import now, today
from marketplace.core.notices import notify
from marketplace.listing.withdrawals import WORK_CHANGED
from marketplace.offer.uses import give_order_uses_back
from marketplace.order import rules
from marketplace.order.giving_back import give_back
from marketplace.order.models import Line, MoneyBack, Order, SellerOrder, SellerOrderStep
from marketplace.order.queries import in_reader_language
from marketplace.order.seals import lost_since_sale
from marketplace.order.told import tell_buyer
from marketplace.partner.models import StockRecord, held_doors

State = SellerOrder.State
_TOLD = {
    State.CONFIRMED: _("%(maker)s confirmed your order %(number)s."),
    State.MAKING: _("%(maker)s is making what you ordered (%(number)s)."),
    State.READY: _("Your order %(number)s is ready at %(maker)s."),
    State.DELIVERED: _("Your order %(number)s has arrived. You can give it back within the days its page names."),
}


def locked(part: SellerOrder) -> SellerOrder:
    """The seller order as it is now, its row held until the transaction ends."""
    return (
        SellerOrder.objects.select_for_update(of=("self",))
        .select_related("order__user", "seller__maker__owner")
        .get(pk=part.pk)
    )


@transaction.atomic
def advance(*, part: SellerOrder, to: str, who: str, by: Any, note: str = "") -> SellerOrder:
    """The next step that needs nothing more. Raises ValidationError with code `wrong_step`; then nothing changed."""
    mine = locked(part)
    rules.require_step(mine, to, who=who)
    if to == State.DELIVERED:
        mine.delivered_at = now()
    step(mine, to, by=by, note=note)
    tell_buyer(mine.order, _TOLD[State(to)], named(mine))
    if to == State.DELIVERED and who != rules.SELLER:
        tell_maker(mine, _("Your order %(number)s has arrived."))
    return mine


@transaction.atomic
def dispatch(
    *, part: SellerOrder, by: Any, carrier: str, tracking: str = "", passports: Iterable[tuple[Passport, Line]] = ()
) -> SellerOrder:
    """Send what stands: pieces leave the stock, passports are tied to their lines. Raises ValidationError, changing nothing."""
    mine = locked(part)
    rules.require_step(mine, State.DISPATCHED, who=rules.SELLER)
    for passport, line in passports:
        tie_to_line(passport=passport, line=line)
    taken = mine.lines.select_related("stockrecord__product__product_class", "stockrecord__product__parent")
    lines = list(taken.order_by("stockrecord_id", "pk"))
    held_doors(line.stockrecord for line in lines if line.stockrecord is not None)
    for line in lines:
        if line.stockrecord is not None and line.standing:
            line.stockrecord.consume_allocation(line.standing)
    mine.carrier, mine.tracking, mine.dispatched_at = carrier, tracking, now()
    step(mine, State.DISPATCHED, by=by, note=" ".join(filter(None, (carrier, tracking))))
    tell_buyer(
        mine.order,
        _("%(maker)s sent your order %(number)s by %(carrier)s. Tracking number: %(tracking)s")
        if tracking
        else _("%(maker)s sent your order %(number)s by %(carrier)s."),
        {**named(mine), "carrier": carrier, "tracking": tracking},
    )
    _tell_of_lost_seals(mine)
    return mine


def _tell_of_lost_seals(part: SellerOrder) -> None:
    """The buyer hears of seals that a piece lost since it was sold, from the market itself, as it leaves."""
    lines = {line.pk: line for line in part.lines.select_related("product__parent").order_by("pk") if line.standing}
    for pk, seals in lost_since_sale(lines.values(), on=today()).items():
        for seal in seals:
            tell_buyer(
                part.order,
                _(
                    "“%(work)s” of your order %(number)s is on its way, but the seal “%(seal)s” under which you bought it is no longer "
                    "in force. The page of your order says how it can be given back."
                ),
                {
                    **named(part),
                    "work": lambda line=lines[pk]: line.product.name,
                    "seal": lambda seal=seal: in_reader_language(seal["scheme"]),
                },
            )


@transaction.atomic
def cancel_pieces(*, part: SellerOrder, pieces: Mapping[int, int], who: str, by: Any, reason: str = "") -> MoneyBack:
    """Take pieces (line → count) out before they are sent; their stock is free again, their money is promised to the buyer.

    Raises ValidationError with code `too_late`, `no_pieces` or `too_many_pieces`; then nothing changed.
    """
    mine = locked(part)
    rules.require_cancellable(mine, who=who, on=today())
    if who == rules.SELLER:
        rules.require_answer(reason)
    lines = {line.pk: line for line in mine.lines.select_for_update().order_by("pk")}
    rules.require_pieces(lines, pieces)
    # before the money: a sale too takes the stock first, then the offers, and the makers' accounts after them
    _free(lines, pieces)
    gone = all(line.standing == pieces.get(line.pk, 0) for line in lines.values())
    if gone:
        _give_uses_back(mine)
    back = give_back(mine, lines, pieces, column="cancelled")
    step(mine, State.CANCELLED if gone else mine.state, by=by, note=reason)
    tell_buyer(mine.order, _cancelled(who, back), {**named(mine), "reason": reason})
    if who == rules.BUYER:
        tell_maker(mine, _("The buyer cancelled pieces of your order %(number)s."))
    return back


def _cancelled(who: str, back: MoneyBack) -> Any:
    """What the buyer reads; of money that their bank gave them, nothing is promised again."""
    if back.taken_rial and not back.refunded_rial:
        return (
            _("%(maker)s cancelled pieces of your order %(number)s: %(reason)s Your bank gave you the money before.")
            if who == rules.SELLER
            else _("You cancelled pieces of your order %(number)s at %(maker)s. Your bank gave you the money before.")
        )
    return (
        _("%(maker)s cancelled pieces of your order %(number)s: %(reason)s The money goes back the way it came.")
        if who == rules.SELLER
        else _("You cancelled pieces of your order %(number)s at %(maker)s. The money goes back the way it came.")
    )


def _give_uses_back(last: SellerOrder) -> None:
    """Of an order whose other seller orders are all cancelled: its offers and vouchers were not used. The order's row is the lock,
    so that of two that are cancelled at once the second sees the first."""
    order = Order.objects.select_for_update(no_key=True).get(pk=last.order_id)
    if not order.seller_orders.exclude(pk=last.pk).exclude(state=State.CANCELLED).exists():
        give_order_uses_back(source=order.number, order=order)


def _free(lines: Mapping[int, Line], pieces: Mapping[int, int]) -> None:
    """Put pieces back on the shelf; stock rows in the order in which everybody takes them."""
    taken: Counter[int | None] = Counter()
    for line_id, count in pieces.items():
        taken[lines[line_id].stockrecord_id] += count
    found = StockRecord.objects.filter(pk__in=[pk for pk, count in taken.items() if pk and count])
    offers = list(found.select_related("product__product_class", "product__parent").order_by("pk"))
    held_doors(offers)
    for offer in offers:
        offer.cancel_allocation(taken[offer.pk])
        outbox.post(WORK_CHANGED, offer.product.parent_id or offer.product_id)


def step(part: SellerOrder, to: str, *, by: Any, note: str = "") -> None:
    """Write a step down; the row is held by the caller."""
    part.state = to
    part.save()
    SellerOrderStep.objects.create(seller_order=part, state=to, by=by, note=note[:500])


def named(part: SellerOrder) -> dict[str, Any]:
    """What every letter names."""
    maker = part.seller.maker
    return {"number": part.number, "maker": (lambda: maker.name) if maker else part.seller.name}


def tell_maker(part: SellerOrder, sentence: Any) -> None:
    """A message on the desk of whose order it is."""
    maker = part.seller.maker
    if maker is not None:
        notify(
            users=[maker.owner],
            kind="order",
            sentence=sentence,
            params={"number": part.number},
            link=reverse("desks:order", args=[part.number]),
        )
