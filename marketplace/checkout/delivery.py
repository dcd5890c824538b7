"""How each maker's works come to the buyer: what the page offers, and what was chosen on it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from marketplace.basket.models import Line
from marketplace.checkout.contact import Contact
from marketplace.shipping.quotes import AT_THE_DOOR, Quote
from marketplace.shipping.rules import require_offered
from marketplace.shipping.services import Options, allowed, chosen, frozen, name_of, options_for, tables_for
from marketplace.shipping.tables import Tables
from marketplace.shipping.words import Words, words_of

_FIELD = "delivery-"


@dataclass(frozen=True)
class Way:
    """One way for one maker's works. Without `words` it cannot be had, for the reason in `excluded_because`."""

    code: str
    name: str
    is_chosen: bool
    words: Words | None
    excluded_because: str


@dataclass(frozen=True)
class SellerGroup:
    """One maker's works, and the ways they can come; `field` is what the choice is called in the form."""

    field: str
    seller: str
    works: list[str]
    ways: list[Way]


@dataclass(frozen=True)
class Delivery:
    """`total_rial` is paid with the works; `at_the_door` says that a carrier is paid besides, on arrival.

    `lost` is the sentence about a choice that cannot be had any more, and was left for the first choice. `tables` are what it was
    worked out from, so that whoever goes on within the same request need not read them again.
    """

    groups: list[SellerGroup]
    choices: dict[int, str]
    prices: dict[int, int]
    total_rial: int
    at_the_door: bool
    lost: ValidationError | None
    tables: Tables


def typed_choices(sent: Mapping[str, str]) -> dict[int, str]:
    """Seller → code, from the fields of a form; what is not a number was not written by our page."""
    return {
        int(name.removeprefix(_FIELD)): str(code)
        for name, code in sent.items()
        if name.startswith(_FIELD) and name.removeprefix(_FIELD).isascii() and name.removeprefix(_FIELD).isdigit()
    }


def delivery_of(lines: Iterable[Line], contact: Contact, choices: Mapping[int, str]) -> Delivery:
    """The ways of a basket's works to an address, in four queries. A choice that cannot be had any more is left."""
    lines = list(lines)
    tables = tables_for(lines, contact)
    options = options_for(lines, contact, tables)
    stand, lost = _standing(options, choices)
    taken = chosen(options, stand)
    return Delivery(
        groups=[_group(seller, quotes, taken[seller], lines) for seller, quotes in options.items()],
        choices={seller: quote.code for seller, quote in taken.items()},
        prices={seller: quote.price_rial or 0 for seller, quote in taken.items()},
        total_rial=sum(quote.price_rial or 0 for quote in taken.values()),
        at_the_door=any(quote.kind == AT_THE_DOOR for quote in taken.values()),
        lost=lost,
        tables=tables,
    )


def _standing(options: Options, choices: Mapping[int, str]) -> tuple[dict[int, str], ValidationError | None]:
    """The choices that can be had, and the sentence about one that cannot."""
    stand, lost = {}, None
    for seller in options.keys() & choices.keys():
        try:
            require_offered(choices[seller], allowed(options[seller]))
            stand[seller] = choices[seller]
        except ValidationError as error:
            lost = error
    return stand, lost


def _group(seller: int, quotes: list[Quote], taken: Quote, lines: list[Line]) -> SellerGroup:
    own = [line for line in lines if line.stockrecord.partner_id == seller]
    maker = own[0].product.maker
    return SellerGroup(
        field=f"{_FIELD}{seller}",
        seller=maker.name if maker else own[0].stockrecord.partner.name,
        works=[line.product.name for line in own],
        ways=[_way(quote, is_chosen=quote is taken) for quote in quotes],
    )


def _way(quote: Quote, *, is_chosen: bool) -> Way:
    words = None if quote.excluded else words_of(frozen(quote))
    return Way(quote.code, name_of(quote), is_chosen, words, quote.excluded_because)
