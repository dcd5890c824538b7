"""What every paper of a consignment says. One set of facts; sums are worked out here alone, so no two papers can differ.

Amounts are minor units of the currency, weights grams, lengths millimetres. Texts stand in both languages.
"""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from babel import Locale

from marketplace.core.clock import today
from marketplace.export.models import Consignment, ConsignmentLine
from marketplace.export.packing import pieces_by_carton, stored_packing
from marketplace.export.queries import lines_of, maker_of_line, newest_packing
from marketplace.packing.model import Packing

LANGUAGES = ("fa", "en")


@dataclass(frozen=True)
class Said:
    """A text in both languages."""

    fa: str
    en: str

    def of(self, language: str) -> str:
        """In one of them, else in the other."""
        mine, other = (self.en, self.fa) if language == "en" else (self.fa, self.en)
        return mine or other


@dataclass(frozen=True)
class Item:
    """A line. `net_grams` is of all its pieces as they are wrapped, without cartons."""

    position: int
    title: Said
    maker: Said
    city: Said
    materials: Said
    craft: Said
    group: str
    technique: Said
    size_mm: tuple[int, int, int]
    hs_code: str
    serial: str
    seals: tuple[str, ...]
    quantity: int
    unit_minor: int
    net_grams: int
    line: int

    @property
    def total_minor(self) -> int:
        """What the line costs."""
        return self.unit_minor * self.quantity


@dataclass(frozen=True)
class Parcel:
    """A carton: `contents` are (position of the line, pieces)."""

    number: int
    name: str
    outer_mm: tuple[int, int, int]
    net_grams: int
    gross_grams: int
    chargeable_grams: int
    contents: tuple[tuple[int, int], ...]

    @property
    def pieces(self) -> int:
        """How many lie in it."""
        return sum(pieces for _position, pieces in self.contents)


@dataclass(frozen=True)
class Party:
    """Who sells, or who buys."""

    name: Said
    address: Said
    country: Said
    phone: str
    email: str
    number: str = ""


@dataclass(frozen=True)
class Facts:
    """A consignment as its papers tell it."""

    number: str
    issued_on: date
    valid_until: date
    seller: Party
    buyer: Party
    country_code: str
    currency: str
    incoterm: str
    place: str
    point: str
    carrier: Said
    divisor: int
    items: tuple[Item, ...]
    parcels: tuple[Parcel, ...]
    freight_minor: int
    insurance_minor: int
    is_demo: bool

    @property
    def goods_minor(self) -> int:
        """All lines."""
        return sum(item.total_minor for item in self.items)

    @property
    def total_minor(self) -> int:
        """Goods with freight and insurance."""
        return self.goods_minor + self.freight_minor + self.insurance_minor

    @property
    def pieces(self) -> int:
        """Of all lines."""
        return sum(item.quantity for item in self.items)

    @property
    def net_grams(self) -> int:
        """Pieces as they are wrapped."""
        return sum(item.net_grams for item in self.items)

    @property
    def gross_grams(self) -> int:
        """With cartons; 0 until it is packed."""
        return sum(parcel.gross_grams for parcel in self.parcels)

    @property
    def chargeable_grams(self) -> int:
        """What the carrier charges for, each carton by itself."""
        return sum(parcel.chargeable_grams for parcel in self.parcels)

    def item(self, position: int) -> Item:
        """The line of a position."""
        return self.items[position - 1]


def facts_of(consignment: Consignment) -> Facts:
    """The facts as they stand now; seven queries."""
    lines = lines_of(consignment)
    stored = newest_packing(consignment)
    packing = stored_packing(stored, lines) if stored else None
    exporter = consignment.exporter
    return Facts(
        number=consignment.number,
        issued_on=today(),
        valid_until=consignment.valid_until,
        seller=Party(
            Said(exporter.name_fa, exporter.name_en),
            Said(exporter.address_fa, exporter.address_en),
            country_said("IR"),
            exporter.phone,
            exporter.email,
            exporter.card_number,
        ),
        buyer=Party(
            Said(consignment.buyer_name, consignment.buyer_name),
            Said(consignment.buyer_address, consignment.buyer_address),
            country_said(consignment.buyer_country),
            consignment.buyer_phone,
            consignment.buyer_email,
        ),
        country_code=consignment.buyer_country,
        currency=consignment.currency,
        incoterm=consignment.incoterm,
        place=consignment.place,
        point=consignment.point,
        carrier=Said(consignment.carrier.name_fa, consignment.carrier.name_en) if consignment.carrier else Said("", ""),
        divisor=(packing.carrier.volumetric_divisor or 0) if packing else 0,
        items=tuple(_item(position, line) for position, line in enumerate(lines, 1)),
        parcels=_parcels(packing, lines) if packing else (),
        freight_minor=consignment.freight_minor,
        insurance_minor=consignment.insurance_minor,
        is_demo=consignment.is_demo,
    )


def country_said(code: str) -> Said:
    """A country's name in both languages, by Unicode."""
    return Said(*(Locale(language).territories.get(code, code) for language in LANGUAGES))


def _item(position: int, line: ConsignmentLine) -> Item:
    work, maker = line.work, maker_of_line(line)
    materials = list(work.materials.all())
    city = maker.city
    return Item(
        position=position,
        title=Said(work.get_title(), work.title_en or (work.parent.title_en if work.parent else "")),
        maker=Said(maker.name_fa, maker.name_en),
        city=Said(city.name_fa, city.name_en),
        materials=Said("، ".join(one.name_fa for one in materials), ", ".join(one.name_en for one in materials)),
        craft=Said(work.craft.name_fa, work.craft.name_en) if work.craft else Said("", ""),
        group=work.craft.group.slug if work.craft else "",
        technique=Said(work.technique_fa, work.technique_en),
        size_mm=(work.length_mm or 0, work.width_mm or 0, work.height_mm or 0),
        hs_code=line.hs_code,
        serial=line.passport.serial if line.passport else "",
        seals=tuple(name for _grant, name in line.seals),
        quantity=line.quantity,
        unit_minor=line.unit_minor or 0,
        net_grams=(line.weight_grams or 0) * line.quantity,
        line=line.pk,
    )


def _parcels(packing: Packing, lines: list[ConsignmentLine]) -> tuple[Parcel, ...]:
    positions = {line.pk: position for position, line in enumerate(lines, 1)}
    inside = pieces_by_carton(packing)
    return tuple(
        Parcel(
            number=carton.number,
            name=carton.kind.id,
            outer_mm=carton.kind.outer,
            net_grams=carton.gross - carton.kind.tare,
            gross_grams=carton.gross,
            chargeable_grams=packing.carrier.chargeable(carton.kind, carton.gross),
            contents=tuple(sorted((positions[line], pieces) for line, pieces in inside[carton.number].items())),
        )
        for carton in packing.cartons
    )


def as_data(facts: Facts) -> dict[str, Any]:
    """The facts with their sums, as plain data for JSON."""
    data = asdict(facts)
    for item, told in zip(facts.items, data["items"], strict=True):
        told["total_minor"] = item.total_minor
        del told["line"]
    data["totals"] = {
        name: getattr(facts, name)
        for name in ("goods_minor", "total_minor", "pieces", "net_grams", "gross_grams", "chargeable_grams")
    }
    return data


def digest_of(facts: Facts) -> str:
    """What the buyer saw, in a few letters: the same until a word or a figure changes, whatever the day."""
    data = as_data(facts)
    del data["issued_on"]
    told = json.dumps(data, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(told.encode()).hexdigest()[:32]
