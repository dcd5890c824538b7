"""Papers as plain sheets of words and figures, which PDF and XLSX are written from: both say what the facts say."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from marketplace.core.jalali import jalali_long
from marketplace.core.measures import size_text, weight_text
from marketplace.core.persian import set_apart, to_persian_digits
from marketplace.export.currencies import amount_text, money_text
from marketplace.export.papers.facts import Facts, Item, Parcel, Party

#: (label, text)
Fact = tuple[str, str]


@dataclass(frozen=True)
class Paper:
    """One paper in one language. `rows` are under `heads`; `numbers` are the columns that stand at the end of theirs."""

    kind: str
    title: str
    language: str
    number: str
    parties: tuple[tuple[str, tuple[str, ...]], ...]
    facts: tuple[Fact, ...]
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: frozenset[int]
    totals: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]


TITLES = {
    "proforma": gettext_lazy("Proforma invoice"),
    "invoice": gettext_lazy("Commercial invoice"),
    "packing-list": gettext_lazy("Packing list"),
    "cn23": gettext_lazy("Customs declaration CN23: what to write"),
    "origin-request": gettext_lazy("Request for a certificate of origin"),
    "carpet": gettext_lazy("Carpet certificate: what to write"),
}


def paper(kind: str, facts: Facts, *, language: str) -> Paper:
    """A paper of this kind. Raises KeyError for a kind that there is not."""
    write = _WRITERS[kind]
    with override(language):
        return write(kind, facts, language)


def _sheet(
    kind: str,
    facts: Facts,
    language: str,
    *,
    told: list[Fact],
    heads: list[str],
    rows: list[list[str]],
    numbers: set[int],
    totals: list[tuple[str, str]],
    notes: list[str],
) -> Paper:
    sample = [_("A sample of the demo: nobody sells or sends these goods.")] if facts.is_demo else []
    return Paper(
        kind=kind,
        title=str(TITLES[kind]),
        language=language,
        number=facts.number,
        parties=(
            (_("Exporter"), _party(facts.seller, language)),
            (_("Buyer"), _party(facts.buyer, language)),
        ),
        facts=tuple(told),
        heads=tuple(heads),
        rows=tuple(tuple(row) for row in rows),
        numbers=frozenset(numbers),
        totals=tuple(totals),
        notes=(*sample, *notes),
    )


def _party(party: Party, language: str) -> tuple[str, ...]:
    address = party.address.of(language).splitlines()
    number = _("Commercial card %(number)s") % {"number": party.number} if party.number else ""
    lines = (party.name.of(language), *address, party.country.of(language), party.phone, party.email, number)
    return tuple(line.strip() for line in lines if line.strip())


def _digits(number: object, language: str) -> str:
    return to_persian_digits(number) if language == "fa" else str(number)


def _day(facts: Facts, language: str) -> str:
    return _said_day(facts.issued_on, language)


def _said_day(day: Any, language: str) -> str:
    return jalali_long(day) if language == "fa" else f"{day:%-d %B %Y}"


def _terms(facts: Facts, language: str) -> list[Fact]:
    return [
        (_("Number"), facts.number),
        (_("Date"), _day(facts, language)),
        (_("Delivery term"), f"{facts.incoterm} {facts.place} (Incoterms 2020)"),
        (_("Currency"), facts.currency),
        (_("Origin"), _("Iran")),
    ]


def _sums(facts: Facts, language: str) -> list[tuple[str, str]]:
    def said(minor: int) -> str:
        return money_text(minor, facts.currency, language=language)

    rows = [(_("Pieces"), _digits(facts.pieces, language)), (_("Goods"), said(facts.goods_minor))]
    rows += [(_("Freight"), said(facts.freight_minor))] if facts.freight_minor else []
    rows += [(_("Insurance"), said(facts.insurance_minor))] if facts.insurance_minor else []
    return [*rows, (_("Total"), said(facts.total_minor))]


def _weights(facts: Facts, language: str) -> list[tuple[str, str]]:
    rows = [
        (_("Cartons"), _digits(len(facts.parcels), language)),
        (_("Net weight, pieces as wrapped"), weight_text(facts.net_grams, language=language)),
        (_("Gross weight"), weight_text(facts.gross_grams, language=language)),
    ]
    if facts.divisor:
        rows.append((_("Chargeable weight"), weight_text(facts.chargeable_grams, language=language)))
    return rows


def _priced(kind: str, facts: Facts, language: str) -> Paper:
    told = _terms(facts, language)
    if kind == "proforma":
        told.append((_("Valid until"), _said_day(facts.valid_until, language)))
    rows = [
        [
            _digits(item.position, language),
            _described(item.title.of(language), _code(item.serial), *item.seals),
            _made_by(item, language),
            item.hs_code or "—",
            _digits(item.quantity, language),
            amount_text(item.unit_minor, facts.currency, language=language),
            amount_text(item.total_minor, facts.currency, language=language),
        ]
        for item in facts.items
    ]
    heads = [_("No."), _("Work"), _("Maker"), _("HS code"), _("Pieces"), _("Price of one"), _("Total")]
    note = {
        "proforma": _(
            "This proforma is no invoice. Payment goes to the exporter; the market takes no foreign currency."
        ),
        "invoice": _("The exporter declares that the goods are handmade in Iran and that prices are as agreed."),
    }[kind]
    totals = _sums(facts, language) + (_weights(facts, language) if kind == "invoice" and facts.parcels else [])
    return _sheet(
        kind, facts, language, told=told, heads=heads, rows=rows, numbers={4, 5, 6}, totals=totals, notes=[note]
    )


def _made_by(item: Item, language: str) -> str:
    return _(", ").join((item.maker.of(language), item.city.of(language)))


def _code(serial: str) -> str:
    return set_apart(serial) if serial else ""


def _described(*words: str) -> str:
    return " · ".join(word for word in words if word)


def _packing_list(kind: str, facts: Facts, language: str) -> Paper:
    rows = [
        [
            _digits(parcel.number, language),
            _contents(parcel, facts, language),
            _digits(parcel.pieces, language),
            size_text(*parcel.outer_mm, language=language),
            weight_text(parcel.net_grams, language=language),
            weight_text(parcel.gross_grams, language=language),
        ]
        for parcel in facts.parcels
    ]
    heads = [_("Carton"), _("Contents"), _("Pieces"), _("Outside"), _("Net weight"), _("Gross weight")]
    totals = [(_("Pieces"), _digits(facts.pieces, language)), *_weights(facts, language)]
    told = [*_terms(facts, language)[:3], (_("Carrier"), facts.carrier.of(language))]
    return _sheet(
        kind, facts, language, told=told, heads=heads, rows=rows, numbers={2, 3, 4, 5}, totals=totals, notes=[]
    )


def _contents(parcel: Parcel, facts: Facts, language: str) -> str:
    return "; ".join(
        f"{_digits(pieces, language)} × {_described(facts.item(position).title.of(language), _code(facts.item(position).serial))}"
        for position, pieces in parcel.contents
    )


def _cn23(kind: str, facts: Facts, language: str) -> Paper:
    rows = []
    for parcel in facts.parcels:
        for position, pieces in parcel.contents:
            item = facts.item(position)
            rows.append(
                [
                    _digits(parcel.number, language),
                    item.title.of(language),
                    _digits(pieces, language),
                    weight_text(item.net_grams // item.quantity * pieces, language=language),
                    amount_text(item.unit_minor * pieces, facts.currency, language=language),
                    item.hs_code or "—",
                    "IR",
                ]
            )
    heads = [_("Carton"), _("Contents"), _("Pieces"), _("Net weight"), _("Value"), _("HS code"), _("Origin")]
    notes = [
        _(
            "This sheet holds what each parcel's form asks for; the post's own form is filled from it and signed by the sender."
        ),
        _(
            "CN23 is taken for every parcel: the value in SDR, up to which CN22 suffices, depends on a rate that is not known here."
        ),
    ]
    return _sheet(
        kind, facts, language, told=_terms(facts, language), heads=heads, rows=rows, numbers={2, 3, 4},
        totals=[*_sums(facts, language)[:2], *_weights(facts, language)], notes=notes,
    )  # fmt: skip


def _origin_request(kind: str, facts: Facts, language: str) -> Paper:
    rows = [
        [
            _digits(item.position, language),
            _described(item.title.of(language), item.materials.of(language)),
            _made_by(item, language),
            item.hs_code or "—",
            _digits(item.quantity, language),
            amount_text(item.total_minor, facts.currency, language=language),
        ]
        for item in facts.items
    ]
    heads = [_("No."), _("Goods"), _("Made by"), _("HS code"), _("Pieces"), _("Value")]
    notes = [
        _(
            "To the chamber of commerce: please certify that these goods are of Iranian origin. The request is the exporter's; "
            "the market certifies nothing."
        )
    ]
    return _sheet(
        kind, facts, language, told=_terms(facts, language), heads=heads, rows=rows, numbers={4, 5},
        totals=_sums(facts, language)[:2] + _weights(facts, language), notes=notes,
    )  # fmt: skip


def _carpets(kind: str, facts: Facts, language: str) -> Paper:
    """What is known of each knotted carpet and kilim; the columns that only an eye on the piece can fill are left open."""
    rows = [
        [
            _digits(item.position, language),
            _described(item.title.of(language), _code(item.serial)),
            _made_by(item, language),
            _described(item.technique.of(language), item.materials.of(language)) or "—",
            size_text(*item.size_mm, language=language) or "—",
            _digits(item.quantity, language),
            OPEN,
            OPEN,
            OPEN,
        ]
        for item in carpets(facts)
    ]
    heads = [_("No."), _("Design"), _("Made by"), _("Technique and materials"), _("Length and width"), _("Pieces")]
    heads += [_("Warp, weft, pile; knots"), _("Thickness and edge"), _("Colour fastness")]
    pieces = _digits(sum(item.quantity for item in carpets(facts)), language)
    notes = [
        _(
            "Open columns are filled by who examines the piece, with its photo and the day; the market certifies nothing."
        )
    ]
    return _sheet(
        kind, facts, language, told=_terms(facts, language)[:2], heads=heads, rows=rows, numbers={5},
        totals=[(_("Pieces"), pieces)], notes=notes,
    )  # fmt: skip


def carpets(facts: Facts) -> list[Item]:
    """Lines of knotted carpets and of kilims."""
    return [item for item in facts.items if item.group in CARPET_GROUPS]


#: A column that is filled by hand, and the groups of crafts of carpets and kilims.
OPEN, CARPET_GROUPS = "…………", ("carpet", "flatweave")
_WRITERS: dict[str, Callable[[str, Facts, str], Paper]] = {
    "proforma": _priced,
    "invoice": _priced,
    "packing-list": _packing_list,
    "cn23": _cn23,
    "origin-request": _origin_request,
    "carpet": _carpets,
}
#: Papers that speak of cartons, and are there once these are filled.
OF_CARTONS = ("packing-list", "cn23")
KINDS = tuple(_WRITERS)


def is_there(kind: str, facts: Facts) -> bool:
    """Whether there is anything for a paper of this kind to say."""
    if kind == "carpet":
        return bool(carpets(facts))
    return kind in KINDS and (bool(facts.parcels) or kind not in OF_CARTONS)
