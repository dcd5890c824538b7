"""The demo's exporter: head of papers, cartons, sample carriers, and consignments at several steps. All of it is marked as demo."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction

from authenticity.models import Passport
from catalogue.models import Product
from marketplace.core.clock import today
from marketplace.demo.accounts import EXPORTER, user_of
from marketplace.export import services
from marketplace.export.filling import pack
from marketplace.export.models import CartonSize, Collection, Consignment, Exporter, ForeignCarrier, ForeignTariff
from marketplace.export.papers.facts import digest_of, facts_of

HEAD = {
    "name_fa": "صادرات نمونه",
    "name_en": "Sample Export",
    "address_fa": "کرمان، خیابان نمونه، پلاک ۱",
    "address_en": "1 Sample Street, Kerman",
    "phone": "+98 900 000 0003",
    "email": EXPORTER.email,
}
#: Name, inner sides in mm, own weight and heaviest gross in g.
CARTONS = (
    ("A", (600, 400, 400), 900, 30_000),
    ("B", (400, 300, 300), 500, 20_000),
    ("C", (1000, 300, 300), 1_100, 30_000),
)
#: Buyers that exist nowhere: country, name, place, currency, delivery term.
BUYERS = (
    ("DE", "Sample Buyer Hamburg", "Hamburg", "EUR", "DAP"),
    ("AE", "Sample Buyer Dubai", "Dubai", "AED", "CPT"),
    ("JP", "Sample Buyer Kyoto", "Kyoto", "JPY", "FCA"),
    ("OM", "Sample Buyer Muscat", "Muscat", "OMR", "CIP"),
)
#: Sample carriers: kind, names, heaviest carton g, longest side mm, length and girth mm, divisor.
CARRIERS = (
    ("post", "پست نمونه", "Sample post", 30_000, 1_100, 3_000, None),
    ("courier", "پیک نمونه", "Sample courier", 70_000, 1_200, None, 5_000),
    ("air", "بار هوایی نمونه", "Sample air freight", None, None, None, 6_000),
)
ZONES = {"1": ["AE", "OM", "IQ", "TR"], "2": ["DE", "FR", "IT", "AT"], "3": ["JP", "CN", "CA", "AU"]}
#: Rial a kilogram in each zone, for the sample tables alone.
A_KILOGRAM = {"1": 3_000_000, "2": 5_000_000, "3": 6_500_000}
UP_TO = (1_000, 2_000, 5_000, 10_000, 20_000, 30_000, 70_000)


@transaction.atomic
def make_consignments() -> int:
    """Add the exporter with four consignments: a draft, one offered, one being collected, one packed. Nothing where the exporter is."""
    user = user_of(EXPORTER)
    if Exporter.objects.filter(user=user).exists():
        return 0
    exporter = Exporter.objects.create(user=user, is_demo=True, **HEAD)
    for name, (length, width, height), tare, gross in CARTONS:
        CartonSize.objects.create(
            exporter=exporter,
            name=name,
            inner_length_mm=length,
            inner_width_mm=width,
            inner_height_mm=height,
            tare_grams=tare,
            greatest_gross_grams=gross,
            is_demo=True,
        )
    _carriers()
    made = [_consignment(exporter, buyer) for buyer in BUYERS]
    works, passports = _works(), _passports()
    for nth, consignment in enumerate(made):
        _fill(consignment, works[nth::4][:3], passports[nth::4][:1])
    for consignment in made[1:]:
        if consignment.lines.exists():  # a demo of few works has nothing for it
            services.offer(consignment=consignment, by=user)
    if made[2].lines.exists():
        _collect(made[2])
    if made[3].lines.exists():
        _pack(made[3])
    return 1 + len(made)


def _consignment(exporter: Exporter, buyer: tuple[str, str, str, str, str]) -> Consignment:
    country, name, place, currency, incoterm = buyer
    terms: dict[str, Any] = {
        "origin": Consignment.Origin.REQUEST,
        "buyer_name": name,
        "buyer_address": f"1 Sample Street, {place}",
        "buyer_country": country,
        "currency": currency,
        "incoterm": incoterm,
        "place": place,
        "valid_until": today() + timedelta(days=30),
        "freight_minor": 0,
        "insurance_minor": 0,
        "point": "انبار نمونه، کرمان",
    }
    return services.open_consignment(exporter=exporter, by=exporter.user, is_demo=True, **terms)


def _works() -> list[Product]:
    """Demo works of Iranian origin that fit into a carton as they are, the artisan's first."""
    fitting = Product.objects.domestic_on(today()).filter(is_demo=True, weight_grams__lte=6_000, parent__isnull=True)
    small = fitting.filter(length_mm__lte=380, structure=Product.STANDALONE)
    return list(small.order_by("-maker__owner", "pk")[:12])


def _passports() -> list[Passport]:
    """Labels in force of the demo's works that left with nobody."""
    unused = Passport.objects.filter(
        is_demo=True, dispatched_at=None, revoked_on=None, suspended_on=None, voided_on=None, pieces=1
    )
    day: date = today()
    standing = [one for one in unused.select_related("work").order_by("pk")[:30] if one.work.is_domestic_on(day)]
    return [one for one in standing if one.valid_until is None or one.valid_until >= day][:4]


def _fill(consignment: Consignment, works: list[Product], passports: list[Passport]) -> None:
    for nth, work in enumerate(works, 1):
        line = services.add_line(consignment=consignment, work=work, quantity=4 * nth, unit_minor=9_000 + 500 * nth)
        _measure(line)
    for passport in passports:
        line = services.add_line(consignment=consignment, work=passport.work, passport=passport, unit_minor=45_000)
        _measure(line)


def _measure(line: Any) -> None:
    """As it would be measured once it is wrapped; a textile is folded."""
    services.measure_line(
        line=line,
        length_mm=min(line.work.length_mm or 300, 380),
        width_mm=min(line.work.width_mm or 200, 280),
        height_mm=min(line.work.height_mm or 60, 280),
        weight_grams=min(line.work.weight_grams or 900, 6_000),
    )


def _collect(consignment: Consignment) -> None:
    services.accept(consignment=consignment, name="Sample Buyer", seen=digest_of(facts_of(consignment)))
    services.record_payment(
        consignment=consignment,
        paid_on=today(),
        reference="SAMPLE-1",
        amount_minor=facts_of(consignment).total_minor,
        by=consignment.exporter.user,
    )
    services.start_collecting(consignment=consignment, by=consignment.exporter.user)


def _carriers() -> None:
    """Carriers and tables of rates that exist nowhere."""
    source = "ارقام نمونه، برای نشان‌دادن / sample figures"
    for kind, name_fa, name_en, grams, side, girth, divisor in CARRIERS:
        carrier, new = ForeignCarrier.objects.get_or_create(
            code=f"sample-{kind}",
            defaults={
                "kind": kind,
                "name_fa": name_fa,
                "name_en": name_en,
                "max_grams": grams,
                "max_side_mm": side,
                "max_girth_mm": girth,
                "divisor": divisor,
                "limits_source": source,
                "is_demo": True,
            },
        )
        if new:
            steps = {zone: [[most, most // 1_000 * rial] for most in UP_TO] for zone, rial in A_KILOGRAM.items()}
            ForeignTariff.objects.create(
                carrier=carrier, valid_from=date(2026, 3, 21), zones=ZONES, steps=steps, source=source, is_demo=True
            )


def _pack(consignment: Consignment) -> None:
    _collect(consignment)
    by = consignment.exporter.user
    for leg in Collection.objects.filter(consignment=consignment):
        services.say_ready(collection=leg, by=leg.maker.owner)
        services.collect(collection=leg, by=by)
    carrier = ForeignCarrier.objects.get(code="sample-courier")
    pack(consignment=consignment, carrier=carrier, by=by)
