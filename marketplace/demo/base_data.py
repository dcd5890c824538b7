"""What the market stands on, in production as in the demo: provinces, craft cities, crafts, named venues, seals, materials,
carriers.

Only what is missing is added: an officer may have corrected the rest.
"""

from collections.abc import Callable

from django.db import models, transaction
from django.utils.text import slugify

from authenticity.models import SealScheme
from catalogue.models import Category, Material
from marketplace.bazaars.models import Venue
from marketplace.crafts.models import Craft, CraftGroup
from marketplace.demo.delivery import load_carriers, load_craft_parcels
from marketplace.demo.spots import load_sourced_spots
from marketplace.demo.tables import rows
from marketplace.listing.oscar_parts import category_of, product_class
from marketplace.places.models import City, Province


@transaction.atomic
def load_base_data() -> dict[str, int]:
    """Add the rows that are missing. Returns how many were added, by kind; a second call adds none."""
    steps: dict[str, Callable[[], int]] = {
        "provinces": _provinces,
        "craft groups": _groups,
        "crafts": _crafts,
        "cities": _cities,
        "materials": _materials,
        "venues": _venues,
        "places on the maps": load_sourced_spots,
        "seal schemes": _schemes,
        "categories": _categories,
        "carriers": load_carriers,
        "ways of sending": load_craft_parcels,
    }
    return {name: step() for name, step in steps.items()}


def _add_missing(model: type[models.Model], wanted: dict[str, dict]) -> set[str]:
    """Create the rows whose slug is not there yet. Returns their slugs."""
    there = set(model.objects.filter(slug__in=wanted).values_list("slug", flat=True))
    new = {slug: fields for slug, fields in wanted.items() if slug not in there}
    model.objects.bulk_create([model(slug=slug, **fields) for slug, fields in new.items()])
    return set(new)


def _provinces() -> int:
    wanted = {
        slugify(row["name_en"]): {
            "code": row["iso_3166_2"],
            "name_fa": row["name_fa"],
            "name_en": row["name_en"],
            "latitude": row["lat"],
            "longitude": row["lon"],
        }
        for row in rows("provinces")
    }
    new = _add_missing(Province, wanted)
    if new:
        by_name = {province.name_en: province for province in Province.objects.all()}
        for row in rows("provinces"):
            neighbours = row["neighbours_en"].split(",")
            by_name[row["name_en"]].neighbours.set(by_name[name] for name in neighbours)
    return len(new)


def _groups() -> int:
    names = {row["group"]: row for row in rows("crafts")}
    wanted = {
        slug: {"name_fa": row["group_fa"], "name_en": row["group_en"], "position": place}
        for place, (slug, row) in enumerate(names.items(), 1)
    }
    return len(_add_missing(CraftGroup, wanted))


def _crafts() -> int:
    groups = {group.slug: group for group in CraftGroup.objects.all()}
    wanted = {
        slugify(row["craft_en"]): {
            "name_fa": row["craft_fa"],
            "name_en": row["craft_en"],
            "group": groups[row["group"]],
            "source": row["source"],
        }
        for row in rows("crafts")
    }
    return len(_add_missing(Craft, wanted))


def _cities() -> int:
    provinces = {province.name_en: province for province in Province.objects.all()}
    wanted = {
        slugify(row["place_en"]): {
            "name_fa": row["place_fa"],
            "name_en": row["place_en"],
            "province": provinces[row["province_en"]],
            "kind": row["kind"],
            "rank": row["rank"],
            "rank_year": row["year"] or None,
            "craft_fa": row["craft_fa"],
            "craft_en": row["craft_en"],
            "latitude": row["lat"],
            "longitude": row["lon"],
            "source": row["source"],
        }
        for row in rows("places")
    }
    new = _add_missing(City, wanted)
    if new:
        _link_crafts(new)
    return len(new)


def _link_crafts(slugs: set[str]) -> None:
    """A city's own craft, by the name its source gives it, or by our table where that is another."""
    crafts = list(Craft.objects.all())
    by_fa = {craft.name_fa: craft for craft in crafts}
    by_en = {craft.name_en: craft for craft in crafts}
    by_place = {row["city_en"]: by_en[row["craft_en"]] for row in rows("craft_places")}
    for city in City.objects.filter(slug__in=slugs):
        craft = by_fa.get(city.craft_fa) or by_place.get(city.name_en)
        if craft:
            city.crafts.add(craft)


def _materials() -> int:
    wanted = {
        slugify(row["material_en"]): {"name_fa": row["material_fa"], "name_en": row["material_en"]}
        for row in rows("materials")
    }
    return len(_add_missing(Material, wanted))


def _venues() -> int:
    cities = {city.name_en: city for city in City.objects.all()}
    wanted = {
        slugify(row["venue_en"]): {
            "name_fa": row["venue_fa"],
            "name_en": row["venue_en"],
            "kind": row["kind"],
            "city": cities[row["city_en"]],
            "is_planned": row["is_planned"] == "1",
            "note_fa": row["note_fa"],
            "note_en": row["note_en"],
            "source": row["source"],
        }
        for row in rows("venues")
    }
    return len(_add_missing(Venue, wanted))


def _schemes() -> int:
    plain = ("name_fa", "name_en", "body_fa", "body_en", "text_fa", "text_en")
    wanted = {
        slugify(row["name_en"]): {
            **{field: row[field] for field in plain},
            "first_year": row["first_year"] or None,
            "last_year": row["last_year"] or None,
        }
        for row in rows("seal_schemes")
    }
    made = len(_add_missing(SealScheme, wanted))
    for slug, criteria in _criteria().items():
        SealScheme.objects.filter(slug=slug, criteria=[]).update(criteria=criteria)
    return made


def _criteria() -> dict[str, list[dict]]:
    """Scheme → what a jury gives points for: samples of this market, for no source quotes what the bodies themselves ask."""
    found: dict[str, list[dict]] = {}
    for row in rows("seal_criteria"):
        names = {name: row[name] for name in ("code", "name_fa", "name_en")}
        found.setdefault(slugify(row["scheme_en"]), []).append({**names, "highest": int(row["highest"])})
    return found


def _categories() -> int:
    """Oscar's categories mirror groups and crafts."""
    product_class()
    before = Category.objects.count()
    mirrored = Category.objects.filter(craft__isnull=False).values("craft")
    for craft in Craft.objects.select_related("group").exclude(pk__in=mirrored):
        category_of(craft)
    return Category.objects.count() - before
