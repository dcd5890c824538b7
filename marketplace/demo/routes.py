"""The demo's routes: made up, marked as such, in both languages."""

from wagtail.models import Locale

from cms.models import CityPage, RoutePage, RouteStop
from marketplace.demo.tables import rows
from marketplace.places.models import Spot


def make_routes() -> int:
    """Publish the sample routes that are missing below their cities' pages. Returns how many pages were added."""
    return sum(_make(row, language) for row in rows("demo_routes") for language in ("fa", "en"))


def _make(row: dict[str, str], language: str) -> int:
    city = CityPage.objects.filter(city__name_en=row["city_en"], locale__language_code=language).first()
    if city is None or RoutePage.objects.child_of(city).filter(slug=row["slug"]).exists():
        return 0
    page = RoutePage(
        title=row[f"title_{language}"],
        slug=row["slug"],
        lead=row[f"lead_{language}"],
        locale=Locale.objects.get(language_code=language),
        is_demo=True,
    )
    other = RoutePage.objects.filter(slug=row["slug"]).first()
    if other is not None:
        page.translation_key = other.translation_key
    page.stops = _stops(row["slug"])
    city.add_child(instance=page)
    page.save_revision(changed=False).publish()
    return 1


def _stops(route: str) -> list[RouteStop]:
    spots = {spot.slug: spot for spot in Spot.objects.all()}
    return [
        RouteStop(
            sort_order=order,
            spot=spots[row["spot"]] if row["spot"] else None,
            name_fa=row["name_fa"],
            name_en=row["name_en"],
            latitude=row["lat"] or None,
            longitude=row["lon"] or None,
            minutes=int(row["minutes"]),
            way=row["way"],
        )
        for order, row in enumerate(row for row in rows("demo_route_stops") if row["route"] == route)
    ]
