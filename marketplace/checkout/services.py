"""From a basket to an order: hold stock for minutes, send the buyer to pay, hand over once, or let go.

Guarantees: all pieces of a purchase are held or none; what is held is given back exactly once (the purchase's state decides);
an order exists if and only if its purchase is ORDERED.
"""

import logging
from collections import Counter
from collections.abc import Collection, Mapping
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.basket.gifts import Gift, require_possible, wrap_price
from marketplace.basket.models import Basket, Line, framed, offer_of
from marketplace.basket.rules import require_open_basket
from marketplace.checkout.contact import Contact
from marketplace.checkout.models import Purchase
from marketplace.checkout.sharing import parts_of
from marketplace.core import outbox
from marketplace.core.clock import today
from marketplace.core.models import User
from marketplace.core.numbers import random_number
from marketplace.core.refusals import Refused, keep
from marketplace.core.registry import door, door_named
from marketplace.listing.withdrawals import WORK_CHANGED
from marketplace.offer.services import work_out
from marketplace.offer.uses import give_uses_back, take_uses
from marketplace.order.queries import bought
from marketplace.partner.models import StockRecord, held_doors, take_pieces
from marketplace.partner.rules import (
    piece_is_sold,
    require_lawful_offer,
    require_open_workshop,
    require_sellable,
    sold_out,
)
from marketplace.payments.gateways.base import GatewayRefused, Part, Payer, Redirect
from marketplace.payments.models import reason_of
from marketplace.payments.rules import require_lowest_amount
from marketplace.payments.services import start_attempt
from marketplace.payments.ways import Way, chosen_way
from marketplace.shipping.services import chosen, frozen, options_for
from marketplace.shipping.tables import Tables
from marketplace.stalls.rules import require_none_closed

log = logging.getLogger(__name__)
PAYABLE_KIND = "purchase"
State = Purchase.State


class Unsellable(ValidationError):
    """A rule's refusal, with the line it fell on."""

    def __init__(self, error: ValidationError, line: Line) -> None:
        super().__init__(error)
        self.code, self.line, self.refused = getattr(error, "code", None), line, error


@door("checkout", rule="forbid_foreign_goods")
@transaction.atomic
def start_purchase(
    *,
    basket: Basket,
    user: User | None,
    contact: Contact,
    choices: Mapping[int, str] | None = None,
    seen_rial: int | None = None,
    sellers: Collection[int] = (),
    way: str = "",
    terms_read: str = "",
    tables: Tables | None = None,
) -> Purchase:
    """Hold every piece of a basket for a buyer, and the uses of its discounts, and freeze it, with each seller's delivery as
    chosen (seller → code). `seen_rial` is the total that the buyer agreed to; another one is refused. `sellers` names those who
    are paid now; works of others stay in the basket, open. `way` is the way to pay that the buyer chose, or nothing for the first;
    `terms_read` the version of the terms of sale that was accepted; `tables` the delivery tables that this request has read.

    Raises ValidationError; then nothing is held.
    """
    terms = chosen_way(way).gateway.terms
    person = user if user is not None and user.is_authenticated else None
    # the condition makes one purchase of ten posts of the same basket
    require_open_basket(bool(Basket.objects.filter(pk=basket.pk, status=Basket.OPEN).update(status=Basket.FROZEN)))
    every = sorted(lines_of(basket.pk), key=lambda line: (line.stockrecord_id, line.pk))
    lines = [line for line in every if not sellers or line.stockrecord.partner_id in sellers]
    if not lines:
        raise ValidationError(_("Your basket is empty."), code="basket_empty")
    _require_open_stalls(lines)
    _hold_doors(lines)
    _hold(lines)
    discounts = work_out(basket=basket, lines=sorted(lines, key=lambda line: line.pk), user=person)
    paid = basket if len(lines) == len(every) else _taken_out(basket, lines)
    goods = sum(int(line.stockrecord.price) * line.quantity + line.wrap_total_rial for line in lines)
    total = goods - sum(each.rial for each in discounts)
    options = options_for(lines, contact, tables)
    delivery = {str(seller): frozen(quote) for seller, quote in chosen(options, choices or {}).items()}
    delivery_rial = sum(kept["price_rial"] for kept in delivery.values())
    if seen_rial is not None and seen_rial != total + delivery_rial:
        raise ValidationError(_("The total changed since you saw it; please look once more."), code="total_changed")
    require_lowest_amount(total + delivery_rial, lowest_rial=terms.lowest_rial)
    purchase = Purchase.objects.create(
        number=random_number("RST"),
        basket_id=paid.pk,
        user=person,
        email=contact.email,
        mobile=contact.mobile,
        address=contact.as_dict(),
        delivery_rial=delivery_rial,
        delivery=delivery,
        total_rial=total + delivery_rial,
        terms=terms_read,
        held=_pieces_of(lines),
        held_until=timezone.now() + timedelta(minutes=settings.RESERVATION_MINUTES),
    )
    take_uses(source=purchase.number, discounts=discounts, user=person)
    purchase.just_held = lines
    basket.status = Basket.FROZEN if paid is basket else Basket.OPEN
    outbox.post_many(WORK_CHANGED, {line.product.parent_id or line.product_id for line in lines})
    return purchase


def _pieces_of(lines: list[Line]) -> list[list[int]]:
    """Pairs of an offer and its pieces, in the order of the lines; several lines may be of one offer."""
    pieces: Counter[int] = Counter()
    for line in lines:
        pieces[line.stockrecord_id] += line.quantity
    return [[offer, count] for offer, count in pieces.items()]


def lines_of(basket_id: int) -> QuerySet[Line]:
    """With what the rules read, in no order: to put so wide a row in order takes Django longer than to read it."""
    return framed(Line.objects.filter(basket=basket_id)).order_by()


def _taken_out(basket: Basket, lines: list[Line]) -> Basket:
    """A frozen basket of its own for lines whose rules were just asked; what is left in the first can be bought after."""
    paid = Basket.objects.create(owner=basket.owner, status=Basket.FROZEN)
    paid.vouchers.add(*basket.vouchers.all())
    Line.objects.filter(pk__in=[line.pk for line in lines]).update(basket=paid)
    Basket.objects.filter(pk=basket.pk).update(status=Basket.OPEN)
    basket.reset_offer_applications()
    return paid


def _require_open_stalls(lines: list[Line]) -> None:
    """No line is sold at a stall that is closed today. Raises Unsellable."""
    try:
        require_none_closed([offer_of(line) for line in lines], on=today())
    except Refused as error:
        raise Unsellable(error, next(line for line in lines if line.product == error.subject)) from None


def _hold_doors(lines: list[Line]) -> None:
    """Before anything is taken: a piece of which there is one is locked at all its doors, and was sold at none. Raises Unsellable."""
    single = [line for line in lines if line.product.is_single_piece]
    if not single:
        return
    held_doors(offer_of(line) for line in lines)
    sold = bought(line.product_id for line in single)
    for line in single:
        if line.product_id in sold:
            raise Unsellable(piece_is_sold(offer_of(line)), line)


def _hold(lines: list[Line]) -> None:
    """Ask the rules once more, take the pieces, and write down the prices that are agreed on. Raises Unsellable."""
    for line in lines:
        try:
            require_sellable(offer_of(line), line.quantity, on=today())
            require_possible(Gift.of(line), line.product)
        except ValidationError as error:
            raise Unsellable(error, line) from None
    _take(lines)
    for line in lines:
        _agree(line)


def _take(lines: list[Line]) -> None:
    """Take the pieces of all lines, or raise Unsellable for the first whose pieces are gone; the caller's transaction goes with it."""
    short = take_pieces((offer_of(line), line.quantity) for line in lines)
    for line in lines:
        if line.stockrecord_id == short:
            offer = offer_of(line)
            offer.refresh_from_db(fields=["num_in_stock", "num_allocated"])
            raise Unsellable(sold_out(offer), line)


def _agree(line: Line) -> None:
    offer = line.stockrecord
    wrap = wrap_price(Gift.of(line), line.product)
    if (line.price_incl_tax, line.wrap_rial) != (offer.price, wrap):
        line.wrap_rial = wrap
        Line.objects.filter(pk=line.pk).update(price_excl_tax=offer.price, price_incl_tax=offer.price, wrap_rial=wrap)


def take_again(basket: Basket) -> None:
    """The pieces of a purchase whose time was over, for a payment that came all the same: all, in the order in which everybody
    takes them, or none. Raises ValidationError with code `sold_out`."""
    lines = sorted(lines_of(basket.pk), key=lambda line: (line.stockrecord_id, line.pk))
    _hold_doors(lines)
    _take(lines)


def send_to_gateway(
    *, purchase: Purchase, callback_url: str, way: str = "", asked: Collection[Line] | None = None
) -> Redirect:
    """A new payment attempt for a purchase that still holds its stock, by the way that the buyer chose or the first.

    `asked` are its lines where `start_purchase` asked their rules within the same request; else they are read and asked anew.

    A purchase that a rule no longer lets become an order is closed here, before its buyer can pay. Raises ValidationError,
    GatewayDown, GatewayRefused.
    """
    if purchase.state != State.RESERVED or purchase.held_until <= timezone.now():
        raise ValidationError(_("The time for paying has passed; nothing was taken."), code="not_held")
    chosen_by_buyer = chosen_way(way)
    require_lowest_amount(purchase.total_rial, lowest_rial=chosen_by_buyer.gateway.terms.lowest_rial)
    lines = sorted(asked or lines_of(purchase.basket_id), key=lambda line: line.pk)
    try:
        if not asked:
            _require_still_lawful(lines)
    except ValidationError as error:
        refuse_purchase(purchase, error)
        keep(error, door=door_named("checkout"), user=purchase.user)
        raise
    parts = parts_of(purchase, lines, chosen_by_buyer.gateway.terms)
    try:
        return _asked(purchase, callback_url, chosen_by_buyer, parts)
    except GatewayRefused as error:
        if not (parts and error.is_about_split):
            raise
        log.error("purchase %s is not split (%s): its makers are paid by Sheba file", purchase.number, error.code)
        return _asked(purchase, callback_url, chosen_by_buyer, [])


def _asked(purchase: Purchase, callback_url: str, way: Way, parts: list[Part]) -> Redirect:
    return start_attempt(
        payable_kind=PAYABLE_KIND,
        payable_id=purchase.pk,
        amount_rial=purchase.total_rial,
        callback_url=callback_url,
        description=_("Order %(number)s at Rasteh") % {"number": purchase.number},
        payer=Payer(mobile=purchase.mobile, email=purchase.email),
        split=parts,
        gateway_name=way.gateway.name,
        currency=way.currency,
        buyer=way.buyer,
    )


def _require_still_lawful(lines: list[Line]) -> None:
    require_none_closed([offer_of(line) for line in lines], on=today())
    for line in lines:
        require_lawful_offer(offer_of(line), on=today())
        require_open_workshop(offer_of(line), on=today())


def refuse_purchase(purchase: Purchase, error: ValidationError, *, froms: tuple[str, ...] = (State.RESERVED,)) -> bool:
    """Close a purchase that may not become an order, keep the sentence that says why; whether this call was the one that did."""
    with transaction.atomic():
        if not give_back(purchase, State.REFUSED, froms=froms):
            return False
        said = reason_of(error)
        Purchase.objects.filter(pk=purchase.pk).update(refusal_fa=said["reason_fa"], refusal_en=said["reason_en"])
    purchase.refresh_from_db()
    return True


def give_back(purchase: Purchase, to: str, *, froms: tuple[str, ...] = (State.RESERVED,)) -> bool:
    """Move a purchase to a state without stock, giving back what it holds; whether this call was the one that did."""
    with transaction.atomic():
        kept = Purchase.objects.select_for_update().get(pk=purchase.pk)
        if kept.state not in froms or not Purchase.objects.filter(pk=kept.pk, state=kept.state).update(state=to):
            return False
        if kept.state == State.RESERVED:
            _let_go(kept)
            give_uses_back(kept.number)
    purchase.refresh_from_db()
    return True


def _let_go(purchase: Purchase) -> None:
    """Give back what is held, in the order in which it was taken."""
    pieces = dict(map(tuple, purchase.held))
    found = StockRecord.objects.filter(pk__in=pieces).select_related("product__product_class", "product__parent")
    offers = list(found.order_by("pk"))
    held_doors(offers)
    for offer in offers:
        offer.cancel_allocation(pieces[offer.pk])
        outbox.post(WORK_CHANGED, offer.product.parent_id or offer.product_id)


def release_expired() -> int:
    """Give back what purchases held longer than agreed; how many there were. One that fails waits, and stops no other."""
    late = Purchase.objects.filter(state=State.RESERVED, held_until__lte=timezone.now())
    return sum(_released(purchase) for purchase in late)


def _released(purchase: Purchase) -> bool:
    try:
        return give_back(purchase, State.RELEASED)
    except Exception as error:
        log.warning("purchase %s is not released: %s: %s", purchase.number, error.__class__.__name__, error)
        return False
