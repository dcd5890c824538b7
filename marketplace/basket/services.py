"""The verbs of a basket: add an offer, change a line, put a given-up purchase's works back."""

from collections.abc import Iterable, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from catalogue.models import Product
from marketplace.basket.gifts import PLAIN, Gift, reference_of, require_possible
from marketplace.basket.models import Basket, Line, offer_of
from marketplace.basket.rules import require_open_basket
from marketplace.core.clock import today
from marketplace.core.refusals import keep, kept
from marketplace.core.registry import door, door_named
from marketplace.partner.models import StockRecord
from marketplace.partner.rules import ASKED_OF_OFFERS, require_sellable
from marketplace.partner.strategy import refusal
from marketplace.stalls.rules import require_not_closed
from marketplace.wishlists.services import carry_gifts

#: Pieces in one basket; more is a mistake or an attack.
MOST_PIECES = 50


def offer_to_sell(offer_id: int) -> StockRecord:
    """An offer with all that the rules read. Raises StockRecord.DoesNotExist."""
    return StockRecord.objects.select_related(*ASKED_OF_OFFERS).get(pk=offer_id)


def _require_sane_quantity(quantity: int, others: int) -> None:
    if quantity < 1:
        raise ValidationError(_("Choose one piece or more."), code="quantity")
    if quantity + others > MOST_PIECES:
        raise ValidationError(
            _("A basket holds %(most)s pieces at most."), code="quantity", params={"most": MOST_PIECES}
        )


def _held_lines(basket: Basket, line: Line | None = None) -> list[Line]:
    """A basket's lines, its own row held until the transaction ends, as whoever pays for it holds it: what is paid for is not changed.

    One query; a basket without lines is not held, because nobody pays for it. Raises ValidationError with code `basket_frozen`, also
    when `line` has left the basket to be paid for alone.
    """
    every = Line.objects.filter(basket=basket.pk).select_related("basket").order_by("pk")
    lines = list(every.select_for_update(of=("basket",), no_key=True))
    require_open_basket(all(each.basket.can_be_edited for each in lines))
    require_open_basket(line is None or line.pk in {each.pk for each in lines})
    return lines


@door("basket_add", rule="forbid_foreign_goods")
@transaction.atomic
def add_to_basket(
    *, basket: Basket, offer: StockRecord, quantity: int = 1, seals: list[int] | None = None, gift: Gift = PLAIN
) -> Line:
    """Put pieces of an offer into a basket, saving the basket when it is new. Raises ValidationError and adds nothing.

    `seals`: ids of the grants that a new line was promised with; by default those in force today. Pieces with other words than
    a line of the same offer become a line of their own; together they are no more than are left.
    """
    lines = {line.line_reference: line for line in (_held_lines(basket) if basket.id else ())}
    reference = reference_of(basket, offer, gift)
    line = lines.get(reference)
    wanted = quantity + (line.quantity if line else 0)
    _require_sane_quantity(quantity, sum(other.quantity for other in lines.values()))
    require_sellable(offer, quantity + _pieces_of(offer, lines.values()), on=today())
    require_not_closed(offer.product, offer.venue, on=today())
    require_possible(gift, offer.product)
    if not basket.id:
        basket.save()
    if line is None:
        line = Line(basket=basket, line_reference=reference, seals=seals)
        gift.write_to(line)
    line.product, line.stockrecord, line.quantity = offer.product, offer, wanted
    line.price_currency, line.price_excl_tax, line.price_incl_tax = offer.price_currency, offer.price, offer.price
    line.save()
    basket.reset_offer_applications()
    return line


def _pieces_of(offer: StockRecord, lines: Iterable[Line]) -> int:
    return sum(line.quantity for line in lines if line.stockrecord_id == offer.pk)


@door("basket_change", rule="forbid_foreign_goods")
@transaction.atomic
def change_quantity(*, basket: Basket, line: Line, quantity: int) -> None:
    """Set the pieces of a line; 0 takes it out, which no rule of selling forbids. Raises ValidationError and changes nothing."""
    lines = _held_lines(basket, line)
    if quantity <= 0:
        line.delete()
        basket.reset_offer_applications()
        return
    offer = line.stockrecord
    others = [other for other in lines if other.pk != line.pk]
    _require_sane_quantity(quantity, sum(other.quantity for other in others))
    require_sellable(offer, quantity + _pieces_of(offer, others), on=today())
    require_not_closed(offer.product, offer.venue, on=today())
    line.quantity = quantity
    line.price_currency, line.price_excl_tax, line.price_incl_tax = offer.price_currency, offer.price, offer.price
    line.save()
    basket.reset_offer_applications()


@transaction.atomic
def set_gift(*, basket: Basket, line: Line, gift: Gift) -> Line:
    """Have a line wrapped, with a note and a text of the buyer's. It joins a line of the basket that has the same words by now.

    Raises ValidationError and changes nothing.
    """
    lines = _held_lines(basket, line)
    require_possible(gift, line.product)
    reference = reference_of(basket, offer_of(line), gift)
    twin = next((other for other in lines if other.line_reference == reference and other.pk != line.pk), None)
    if twin is not None:
        twin.quantity += line.quantity
        twin.save()
        line.delete()
    else:
        gift.write_to(line)
        line.line_reference = reference
        line.save()
    basket.reset_offer_applications()
    return twin or line


@kept
@transaction.atomic
def swap_offer(*, basket: Basket, line: Line, offer: StockRecord) -> Line:
    """Put another offer of the same work in a line's place, with the line's words. Raises ValidationError and changes nothing when
    a rule says no."""
    if offer.product_id != line.product_id:
        raise ValidationError(_("Choose another offer of the same work."), code="other_work")
    quantity = min(line.quantity, max(1, offer.net_stock_level))
    _held_lines(basket, line)
    line.delete()
    return add_to_basket(basket=basket, offer=offer, quantity=quantity, gift=Gift.of(line))


@door("basket_put_back", rule="forbid_foreign_goods")
def put_back(*, into: Basket, frozen: Basket) -> list[ValidationError]:
    """Add what a frozen basket held to an open one, and its vouchers; what the rules refuse by now is left out, its sentences returned."""
    wanted = [(offer_of(line), line.quantity, line.seals, Gift.of(line)) for line in frozen.all_lines()]
    refused = _add_what_may(into, wanted, through="basket_put_back")
    if into.id:
        into.vouchers.add(*frozen.vouchers.all())
        carry_gifts(out_of=frozen, into=into)
    return refused


@door("reorder", rule="forbid_foreign_goods")
def reorder(*, into: Basket, order) -> list[ValidationError]:
    """Add an earlier order's pieces to a basket, each from the offer it was bought from; what the rules refuse is left out, and said."""
    lines = list(order.lines.select_related(*(f"stockrecord__{name}" for name in ASKED_OF_OFFERS)).order_by("pk"))
    wanted = [(line.stockrecord, line.quantity, None, Gift.of(line)) for line in lines if line.stockrecord is not None]
    gone = [
        ValidationError(_("“%(work)s” is not offered now."), code="not_offered", params={"work": line.title})
        for line in lines
        if line.stockrecord is None
    ]
    return [*_add_what_may(into, wanted, through="reorder"), *gone]


def _add_what_may(
    into: Basket, wanted: Sequence[tuple[StockRecord, int, list[int] | None, Gift]], *, through: str
) -> list[ValidationError]:
    """Words that the maker does not take any more are left out and said; the work itself goes in."""
    refused = []
    for offer, quantity, seals, gift in wanted:
        try:
            require_possible(gift, offer.product)
        except ValidationError as error:
            refused.append(_without_words(error, offer.product))
            gift = PLAIN
        try:
            add_to_basket(basket=into, offer=offer, quantity=quantity, seals=seals, gift=gift)
        except ValidationError as error:
            keep(error, door=door_named(through))
            refused.append(error)
    return refused


def _without_words(error: ValidationError, work: Product) -> ValidationError:
    return ValidationError(
        _("“%(work)s” is without its gift wrap, note and text: the maker does not offer them as they were."),
        code=error.code,
        params={"work": work.name},
    )


@door("wish_to_basket", rule="forbid_foreign_goods")
def wish_to_basket(*, basket: Basket, work: Product) -> Line:
    """Put a work that was kept for later into the basket, from its cheapest lawful offer. Raises ValidationError and adds nothing."""
    offers = list(work.stockrecords.select_related(*ASKED_OF_OFFERS))
    lawful = (
        [offer for offer in offers if refusal(offer) is None] or [o for o in offers if o.withdrawn_at is None] or offers
    )
    if not lawful:
        raise ValidationError(_("“%(work)s” is not offered now."), code="not_offered", params={"work": work.name})
    return add_to_basket(basket=basket, offer=min(lawful, key=lambda offer: (offer.price or 0, offer.pk)))
