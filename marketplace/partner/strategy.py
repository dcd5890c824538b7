"""Which offer of a work is sold, at what price, and whether it may be sold. Oscar looks for `Selector` under this name."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from oscar.apps.partner import strategy as oscar_strategy
from oscar.apps.partner.availability import StockRequired, Unavailable
from oscar.apps.partner.prices import FixedPrice
from oscar.apps.partner.prices import Unavailable as NoPrice

from marketplace.core.clock import today
from marketplace.partner.models import StockRecord
from marketplace.partner.rules import (
    require_active_offer,
    require_lawful_offer,
    require_open_workshop,
    require_sellable,
)

NO_TAX = Decimal("0.00")


class Refused(Unavailable):
    """Not for sale, with the rule's own sentence."""

    code = "refused"

    def __init__(self, error: ValidationError) -> None:
        self.error = error

    @property
    def message(self) -> str:  # type: ignore[override]
        return " ".join(self.error.messages)

    def is_purchase_permitted(self, quantity: int) -> tuple[bool, str]:
        return False, self.message


def refusal(offer: StockRecord, quantity: int = 1) -> ValidationError | None:
    """Why so many pieces of an offer cannot be sold today; None when they can."""
    try:
        require_sellable(offer, quantity, on=today())
    except ValidationError as error:
        return error
    return None


class CheapestLawfulOffer(oscar_strategy.StockRequired, oscar_strategy.NoTax, oscar_strategy.Structured):
    """The cheapest offer that may be sold today; when none may, the cheapest one, so that its refusal can be read.

    Prices are rial and bear no tax. Join `maker` and prefetch `stockrecords__venue` where many works are asked.
    """

    def select_stockrecord(self, product):
        offers = list(product.stockrecords.all())
        for offer in offers:
            offer.product = product
        offers.sort(
            key=lambda offer: (refusal(offer) is not None, offer.withdrawn_at is not None, offer.price or 0, offer.pk)
        )
        return offers[0] if offers else None

    def fetch_for_line(self, line, stockrecord=None):
        """A line keeps the offer it was made with; Oscar's own forgets it and prices by another. The two sell one work, read once."""
        line.stockrecord.product = line.product
        return self.fetch_for_product(line.product, line.stockrecord)

    def pricing_policy(self, product, stockrecord):
        if stockrecord is None or stockrecord.price is None:
            return NoPrice()
        return FixedPrice(currency=stockrecord.price_currency, excl_tax=stockrecord.price, tax=NO_TAX)

    def availability_policy(self, product, stockrecord):
        if stockrecord is None:
            return Unavailable()
        try:
            require_lawful_offer(stockrecord, on=today())
            require_active_offer(stockrecord)
            require_open_workshop(stockrecord, on=today())
        except ValidationError as error:
            return Refused(error)
        return StockRequired(stockrecord.net_stock_level)


class AgreedPrices(CheapestLawfulOffer):
    """For a frozen basket: what the buyer agreed to pay, whatever the offer says by now."""

    def fetch_for_line(self, line, stockrecord=None):
        info = super().fetch_for_line(line, stockrecord)
        return info._replace(price=FixedPrice(currency=line.price_currency, excl_tax=line.price_excl_tax, tax=NO_TAX))


class Selector(oscar_strategy.Selector):
    """One strategy for everyone."""

    def strategy(self, request=None, user=None, **kwargs) -> CheapestLawfulOffer:
        return CheapestLawfulOffer(request)
