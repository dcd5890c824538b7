"""The verbs of a basket: add an offer, change a line, put a given-up purchase's works back."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from marketplace.basket.models import Basket, Line
from marketplace.core.clock import today
from marketplace.core.models import User
from marketplace.core.refusals import record_refusal
from marketplace.core.registry import door as door_of
from marketplace.partner.models import StockRecord
from marketplace.partner.rules import RULE_OF_CODE, require_sellable

#: Pieces in one basket; more is a mistake or an attack.
MOST_PIECES = 50


def offer_to_sell(offer_id: int) -> StockRecord:
    """An offer with all that the rules read. Raises StockRecord.DoesNotExist."""
    return StockRecord.objects.select_related(
        "venue", "product__maker", "product__product_class", "product__parent"
    ).get(pk=offer_id)


def keep_refusal(error: ValidationError, *, door: str, user: User | None, offer: StockRecord) -> None:
    """Record what a rule refused; a work that is merely sold out is no refusal."""
    rule = RULE_OF_CODE.get(getattr(error, "code", "") or "")
    if rule:
        record_refusal(error, rule=rule, door=door, user=user, subject=offer.product, place=offer.venue)


def _require_sane_quantity(quantity: int, others: int) -> None:
    if quantity < 1:
        raise ValidationError(_("Choose one piece or more."), code="quantity")
    if quantity + others > MOST_PIECES:
        raise ValidationError(
            _("A basket holds %(most)s pieces at most."), code="quantity", params={"most": MOST_PIECES}
        )


@door_of("basket_add", rule="forbid_foreign_goods")
def add_to_basket(*, basket: Basket, offer: StockRecord, quantity: int = 1, door: str = "basket_add") -> Line:
    """Put pieces of an offer into a basket, saving the basket when it is new. Raises ValidationError and adds nothing."""
    try:
        with transaction.atomic():
            return _add(basket, offer, quantity)
    except ValidationError as error:
        keep_refusal(error, door=door, user=basket.owner, offer=offer)
        raise


def _add(basket: Basket, offer: StockRecord, quantity: int) -> Line:
    reference = basket._create_line_reference(offer.product, offer, None)
    lines = {line.line_reference: line for line in basket.lines.all()} if basket.id else {}
    line = lines.get(reference)
    wanted = quantity + (line.quantity if line else 0)
    _require_sane_quantity(quantity, sum(other.quantity for other in lines.values()))
    require_sellable(offer, wanted, on=today())
    if not basket.id:
        basket.save()
    if line is None:
        line = Line(basket=basket, line_reference=reference)
    line.product, line.stockrecord, line.quantity = offer.product, offer, wanted
    line.price_currency, line.price_excl_tax, line.price_incl_tax = offer.price_currency, offer.price, offer.price
    line.save()
    basket.reset_offer_applications()
    return line


@door_of("basket_change", rule="forbid_foreign_goods")
def change_quantity(*, basket: Basket, line: Line, quantity: int) -> None:
    """Set the pieces of a line; 0 takes it out, which no rule forbids. Raises ValidationError and changes nothing."""
    if quantity <= 0:
        line.delete()
        basket.reset_offer_applications()
        return
    offer = line.stockrecord
    try:
        _require_sane_quantity(quantity, basket.num_items - line.quantity)
        require_sellable(offer, quantity, on=today())
    except ValidationError as error:
        keep_refusal(error, door="basket_change", user=basket.owner, offer=offer)
        raise
    line.quantity = quantity
    line.price_currency, line.price_excl_tax, line.price_incl_tax = offer.price_currency, offer.price, offer.price
    line.save()
    basket.reset_offer_applications()


def put_back(*, into: Basket, frozen: Basket) -> list[ValidationError]:
    """Add what a frozen basket held to an open one; what the rules refuse by now is left out, with its sentences returned."""
    refused = []
    for line in frozen.all_lines():
        try:
            add_to_basket(basket=into, offer=line.stockrecord, quantity=line.quantity, door="basket_put_back")
        except ValidationError as error:
            refused.append(error)
    return refused
