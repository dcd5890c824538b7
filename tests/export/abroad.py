"""An exporter with a draft to Germany: two kilims by number, one piece by its label."""

from datetime import date

import pytest

from authenticity.passports import make_labels
from marketplace.core.models import User
from marketplace.export.filling import pack
from marketplace.export.models import Collection, Consignment, Exporter, ForeignCarrier
from marketplace.export.papers.facts import digest_of, facts_of
from marketplace.export.services import (
    accept,
    add_line,
    collect,
    measure_line,
    offer,
    open_consignment,
    record_payment,
    say_ready,
    start_collecting,
)
from tests.cast import PASSWORD

TERMS = {
    "origin": "request",
    "buyer_name": "Muster Teppiche GmbH",
    "buyer_address": "Musterweg 1\n20095 Hamburg",
    "buyer_country": "DE",
    "currency": "EUR",
    "incoterm": "DAP",
    "place": "Hamburg",
    "valid_until": date(2026, 12, 22),
    "freight_minor": 12_050,
    "insurance_minor": 0,
    "eu_responsible": "Muster GPSR GmbH, Hamburg",
    "point": "انبار کرمان",
}


def exporter_named(name: str, mobile: str) -> Exporter:
    user = User.objects.create_user(name, f"{name}@example.org", PASSWORD, mobile=mobile)
    return Exporter.objects.create(
        user=user,
        name_fa="صادرات نمونه",
        name_en="Sample Export",
        address_fa="کرمان، خیابان نمونه",
        address_en="1 Sample St, Kerman",
        phone="+98 34 0000 0000",
    )


@pytest.fixture
def exporter(day):
    return exporter_named("exporter", "+989131110003")


@pytest.fixture
def other_exporter(day):
    return exporter_named("other-exporter", "+989131110013")


@pytest.fixture
def labelled(kilim, licence):
    """A passport of one kilim."""
    licence.pieces_a_year = 20
    licence.save()
    _sheet, labels = make_labels(work=kilim, count=1)
    return labels[0].passport


@pytest.fixture
def draft(exporter):
    return open_consignment(exporter=exporter, by=exporter.user, **TERMS)


@pytest.fixture
def filled(draft, kilim, labelled):
    """Two kilims at 1,200.50 and the labelled one at 1,500: 3,901.00, with freight 4,021.50."""
    add_line(consignment=draft, work=kilim, quantity=2, unit_minor=120_050)
    add_line(consignment=draft, work=kilim, passport=labelled, unit_minor=150_000)
    return draft


TOTAL = 2 * 120_050 + 150_000 + 12_050


def accepted(consignment: Consignment) -> Consignment:
    offer(consignment=consignment, by=consignment.exporter.user)
    return accept(consignment=consignment, name="Erika Muster", seen=digest_of(facts_of(consignment)))


def collecting(consignment: Consignment) -> Consignment:
    """Accepted, paid, and its makers asked."""
    accepted(consignment)
    record_payment(
        consignment=consignment,
        paid_on=date(2026, 11, 22),
        reference="TT-1",
        amount_minor=facts_of(consignment).total_minor,
        by=consignment.exporter.user,
    )
    return start_collecting(consignment=consignment, by=consignment.exporter.user)


@pytest.fixture
def carrier(day):
    """A courier that takes 20 kg and 1.2 m, ÷5000."""
    return ForeignCarrier.objects.create(
        code="courier",
        name_fa="پیک نمونه",
        name_en="Sample courier",
        kind="courier",
        max_grams=20_000,
        max_side_mm=1_200,
        divisor=5_000,
        limits_source="test",
    )


@pytest.fixture
def cartons(exporter):
    """One size: 90 × 50 × 40 cm inside, 900 g itself, 8 kg when full."""
    return exporter.cartons.create(
        name="A",
        inner_length_mm=900,
        inner_width_mm=500,
        inner_height_mm=400,
        tare_grams=900,
        greatest_gross_grams=8_000,
    )


def gathered(consignment: Consignment) -> Consignment:
    """Collected, and measured as it is wrapped: 80 × 40 × 10 cm, 3.4 kg a piece."""
    collecting(consignment)
    for leg in Collection.objects.filter(consignment=consignment):
        say_ready(collection=leg, by=None)
        collect(collection=leg, by=None)
    for line in consignment.lines.all():
        measure_line(line=line, length_mm=800, width_mm=400, height_mm=100, weight_grams=3_400, hs_code="5702.10")
    consignment.refresh_from_db()
    return consignment


@pytest.fixture
def packed(filled, cartons, carrier):
    """Three pieces of 3.4 kg in cartons of 8 kg: two in the first, one in the second."""
    gathered(filled)
    pack(consignment=filled, carrier=carrier, by=filled.exporter.user)
    filled.refresh_from_db()
    return filled
