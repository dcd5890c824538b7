"""Rules of listing that need a work and a seller together."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from catalogue.models import Product
from marketplace.partner.models import Partner

#: Rial. Below it a price was surely typed in the wrong unit; above it, it does not fit a card payment or a table.
LOWEST_PRICE, HIGHEST_PRICE = 10_000, 10**14


def require_sane_price(price_rial: int) -> None:
    """Raises ValidationError with code `price` for a price (rial) that cannot be meant."""
    if not LOWEST_PRICE <= price_rial <= HIGHEST_PRICE:
        raise ValidationError(_("This price cannot be right; check the number and its unit."), code="price")


def require_own_work(*, work: Product, seller: Partner) -> None:
    """A maker offers their own works only. Raises ValidationError with code `other_makers_work`."""
    if seller.maker_id != work.maker_id:
        raise ValidationError(_("This work belongs to another maker."), code="other_makers_work")
