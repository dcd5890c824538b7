"""Rules of one offer (still on sale, enough pieces left; `require_sellable` asks every rule of a sale in order) and of a seller's IBAN."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from schwifty import IBAN
from schwifty.exceptions import SchwiftyException

from catalogue.rules import require_import_permit
from marketplace.bazaars.rules import forbid_foreign_goods, require_open_venue
from marketplace.core.dbrules import DatabaseRule, Guard, declare
from marketplace.core.persian import to_latin_digits
from marketplace.makers.rules import require_maker_at_work
from marketplace.partner.models import StockRecord

#: Whoever changes a seller's IBAN takes its proof away in the same statement.
VERIFIED_IBAN_STAYS = declare(
    DatabaseRule(
        "verified_iban_stays",
        (
            Guard(
                "partner_partner",
                "NEW.iban_verified_on IS NOT NULL AND (NEW.iban <> OLD.iban OR NEW.iban_owner <> OLD.iban_owner)",
                events=("UPDATE",),
                columns=("iban", "iban_owner"),
            ),
        ),
    )
)

#: What the rules read of a work that is sold, and of its offer: joined where many are asked.
ASKED_OF_WORKS = ("maker", "product_class", "import_permit", "parent", "parent__import_permit")
ASKED_OF_OFFERS = ("venue", *(f"product__{name}" for name in ASKED_OF_WORKS))


def require_active_offer(offer: StockRecord) -> None:
    """Raises ValidationError with code `offer_withdrawn` for an offer that was taken back, is hidden or has no price."""
    if offer.withdrawn_at is None and offer.product.is_public and offer.price:
        return
    raise ValidationError(
        _("“%(work)s” is no longer offered here."), code="offer_withdrawn", params={"work": offer.product.name}
    )


def require_open_workshop(offer: StockRecord, *, on: date) -> None:
    """Raises ValidationError with code `maker_rests` for an offer that rests with its maker on a day."""
    require_maker_at_work(offer.product.maker, on=on, in_venue=offer.venue_id is not None)


def sold_out(offer: StockRecord) -> ValidationError:
    """The sentence for a work with too few pieces left (code `sold_out`)."""
    left = max(0, offer.net_stock_level)
    if left == 0:
        return piece_is_sold(offer)
    return ValidationError(
        _("Fewer pieces of “%(work)s” are left than you asked for: %(left)s."),
        code="sold_out",
        params={"work": offer.product.name, "left": left},
    )


def piece_is_sold(offer: StockRecord) -> ValidationError:
    """The sentence for a single piece that somebody has bought, whatever the stock says (code `sold_out`)."""
    return ValidationError(
        _("“%(work)s” is sold out."), code="sold_out", params={"work": offer.product.name, "left": 0}
    )


def require_pieces_left(offer: StockRecord, quantity: int) -> None:
    """Raises ValidationError with code `sold_out`. Only `allocate` decides a race; this is for telling early."""
    if offer.net_stock_level < quantity:
        raise sold_out(offer)


def require_lawful_offer(offer: StockRecord, *, on: date) -> None:
    """What the law and the venue's licence say of selling this offer on a day.

    Raises Refused with code `foreign_goods`, `venue_closed` or `no_import_permit`. `ASKED_OF_OFFERS` is what it reads.
    """
    forbid_foreign_goods(offer.product, offer.venue, on=on)
    require_open_venue(offer.venue, on=on, work=offer.product)
    require_import_permit(offer.product)


def require_sellable(offer: StockRecord, quantity: int, *, on: date) -> None:
    """Every rule of selling so many pieces of an offer on a day; the law speaks before stock."""
    require_lawful_offer(offer, on=on)
    require_active_offer(offer)
    require_open_workshop(offer, on=on)
    require_pieces_left(offer, quantity)


def require_iban(text: str) -> str:
    """A typed Sheba number, in any digits and with or without its IR, as it is stored.

    Raises ValidationError with code `bad_iban` for one whose length or check digits are wrong, or of another country.
    """
    typed = "".join(to_latin_digits(text).upper().split()).replace("-", "")
    try:
        iban = IBAN(typed if typed[:2].isalpha() else f"IR{typed}")
    except SchwiftyException:
        iban = None
    if iban is None or iban.country_code != "IR":
        raise ValidationError(
            _("This is no Sheba number: write IR and 24 digits as your bank gives them."), code="bad_iban"
        )
    return iban.compact


def require_same_iban(same: bool) -> None:
    """What is verified is what was looked at. Raises ValidationError with code `iban_changed`."""
    if not same:
        raise ValidationError(
            _("The Sheba number was changed meanwhile. Compare it with the paper again."), code="iban_changed"
        )
