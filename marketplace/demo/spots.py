"""Places on the maps: the few that the sources name, and the demo's, which exist nowhere."""

from typing import Any

from marketplace.demo.tables import rows
from marketplace.makers.models import Maker
from marketplace.places.models import City, Spot

_PLAIN = ("kind", "name_fa", "name_en", "note_fa", "note_en")


def load_sourced_spots() -> int:
    """Add the named places that are missing; no source gives their position. Returns how many."""
    cities = {city.name_en: city for city in City.objects.all()}
    return _add(
        {
            row["slug"]: {
                **{field: row[field] for field in _PLAIN},
                "city": cities[row["city_en"]],
                "source": row["source"],
                "source_date": row["source_date"],
            }
            for row in rows("spots")
        }
    )


def make_demo_spots() -> int:
    """Add the demo's places that are missing; a workshop is that of a sample maker of its city. Returns how many."""
    cities = {city.name_en: city for city in City.objects.all()}
    return _add({row["slug"]: _demo_fields(row, cities[row["city_en"]]) for row in rows("demo_spots")})


def _demo_fields(row: dict[str, str], city: City) -> dict[str, Any]:
    fields = {field: row[field] for field in (*_PLAIN, "opening_fa", "opening_en")}
    return {
        **fields,
        "city": city,
        "latitude": row["lat"],
        "longitude": row["lon"],
        "maker": _sample_maker(city, row["maker"]),
        "is_demo": True,
    }


def _sample_maker(city: City, word: str) -> Maker | None:
    if not word:
        return None
    return Maker.objects.filter(city=city, is_demo=True, name_en__icontains=word).order_by("slug").first()


def _add(wanted: dict[str, dict[str, Any]]) -> int:
    there = set(Spot.objects.filter(slug__in=wanted).values_list("slug", flat=True))
    new = [Spot(slug=slug, **fields) for slug, fields in wanted.items() if slug not in there]
    return len(Spot.objects.bulk_create(new))
