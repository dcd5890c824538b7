"""The demo's venues: sample shops beside the venues that the sources name, and sample licences that bind them."""

from datetime import timedelta

from django.utils.text import slugify

from marketplace.bazaars.models import LicenceEvent, Venue, VenueLicence
from marketplace.core.clock import today
from marketplace.demo.accounts import MANAGER, user_of
from marketplace.demo.people import demo_number
from marketplace.demo.tables import rows
from marketplace.listing.licences import record_licence_event
from marketplace.places.models import City

#: The demo's manager runs this bazaar.
MANAGED = "qaleh-mahmoud-bazaar"
_FAIR_DAYS, _LICENCE_DAYS = 45, 540


def make_venues() -> int:
    """Add the sample venues and licences that are missing. Returns how many rows were added."""
    added = 0
    cities = {city.name_en: city for city in City.objects.all()}
    for row in rows("demo_venues"):
        _venue, new = Venue.objects.get_or_create(
            slug=slugify(row["venue_en"]),
            defaults={
                "name_fa": row["venue_fa"],
                "name_en": row["venue_en"],
                "kind": row["kind"],
                "city": cities[row["city_en"]],
                "is_demo": True,
            },
        )
        added += new
    return added + _license()


def _licensed_slugs() -> list[str]:
    """Every named venue that is open, and the sample ones that say so."""
    named = [slugify(row["venue_en"]) for row in rows("venues") if row["is_planned"] == "0"]
    return named + [slugify(row["venue_en"]) for row in rows("demo_venues") if row["is_licensed"] == "1"]


def _license() -> int:
    added = 0
    for number, slug in enumerate(_licensed_slugs(), 1):
        venue = Venue.objects.get(slug=slug)
        if venue.licences.exists():
            continue
        days = _FAIR_DAYS if venue.kind == Venue.Kind.FAIR else _LICENCE_DAYS
        licence = VenueLicence.objects.create(
            venue=venue,
            number=demo_number(500 + number),
            issuer_fa=f"اداره کل میراث فرهنگی، گردشگری و صنایع دستی استان {venue.city.province.name_fa} (نمونه)",
            issuer_en=f"Cultural Heritage, Tourism and Handicrafts directorate of {venue.city.province.name_en} (sample)",
            issued_on=today() - timedelta(days=180),
            expires_on=today() + timedelta(days=days),
            is_demo=True,
        )
        record_licence_event(licence=licence, kind=LicenceEvent.Kind.GRANTED, on=licence.issued_on, note="demo")
        added += 1
    manager = user_of(MANAGER)
    if not manager.venues.exists():
        manager.venues.add(Venue.objects.get(slug=MANAGED))
    return added
