"""Twenty sample seals on product lines of sample makers: sixteen in force, two past, two revoked."""

from datetime import date, timedelta

from authenticity.models import SealGrant, SealScheme
from catalogue.models import ProductLine
from marketplace.core.clock import today
from marketplace.demo.people import demo_number

UNESCO, WCC = "unesco-seal-of-authenticity", "wcc-award-of-excellence"
NATIONAL, QUALITY, STANDARD = "national-seal-of-authenticity", "quality-mark", "national-standard-of-handicrafts"

#: Which schemes are granted, in turn, to the lines that hold most works; UNESCO gave its last in 2012, so those are past.
_IN_FORCE = (WCC, NATIONAL, QUALITY, STANDARD) * 4
_PAST = (UNESCO, UNESCO)
_REVOKED = (NATIONAL, QUALITY)


def make_seals() -> int:
    """Grant the sample seals that are missing. Returns how many."""
    if SealGrant.objects.filter(is_demo=True).exists():
        return 0
    lines = _lines()
    schemes = {scheme.slug: scheme for scheme in SealScheme.objects.all()}
    grants = []
    for place, slug in enumerate(_IN_FORCE + _PAST + _REVOKED):
        line = lines[place]
        first, last, revoked = _dates(place)
        grants.append(
            SealGrant(
                scheme=schemes[slug],
                product_line=line,
                maker=line.maker,
                number=demo_number(300 + place),
                valid_from=first,
                valid_until=last,
                revoked_on=revoked,
                is_demo=True,
            )
        )
    return len(SealGrant.objects.bulk_create(grants))


def _dates(place: int) -> tuple[date, date, date | None]:
    if place < len(_IN_FORCE):
        first = today() - timedelta(days=60 + 17 * place)
        return first, first + timedelta(days=3 * 365), None
    if place < len(_IN_FORCE) + len(_PAST):
        return date(2010, 3, 21), date(2012, 12, 31), None
    return today() - timedelta(days=400), today() + timedelta(days=300), today() - timedelta(days=30)


def _lines() -> list[ProductLine]:
    """Lines of licensed sample makers: of Sirjan first, then those of masters, then by name."""
    lines = ProductLine.objects.filter(maker__is_demo=True, maker__licences__isnull=False).select_related("maker__city")
    ordered = sorted(
        set(lines),
        key=lambda line: (line.maker.city.slug != "sirjan", not line.maker.is_master, line.maker.slug, line.pk),
    )
    sirjan = [line for line in ordered if line.maker.city.slug == "sirjan"][:6]
    return sirjan + [line for line in ordered if line.maker.city.slug != "sirjan"]
