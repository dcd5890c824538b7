"""Which events and courses are shown: of a city, of a craft, of both, or the one at an address."""

from django.db.models import Q, QuerySet

from cms.models import CityPage, CoursePage, EventPage, Happening, VisitPage
from marketplace.bookings.models import Session
from marketplace.bookings.queries import next_free
from marketplace.crafts.models import Craft
from marketplace.places.models import City


def happenings(language: str, *, city: City | None = None, craft: Craft | None = None) -> list[Happening]:
    """Public events and courses in a language, each knowing its city. At most six queries, however many there are."""
    above = CityPage.objects.filter(locale__language_code=language).select_related("city__province")
    if city is not None:
        above = above.filter(city=city)
    cities = {page.path: page.city for page in above}
    if not cities:
        return []
    found = [
        *_below(EventPage, language, list(cities), Q(crafts__craft=craft) if craft else Q()),
        *_below(CoursePage, language, list(cities), Q(craft=craft) if craft else Q()),
    ]
    for page in found:
        page.city = cities[page.path[: -page.steplen]]
    return found


def _below(kind: type[Happening], language: str, paths: list[str], wanted: Q) -> QuerySet:
    found = kind.objects.live().public().filter(wanted, locale__language_code=language)
    if len(paths) == 1:
        found = found.filter(path__startswith=paths[0])
    return found.select_related("spot", "locale").order_by("starts_on", "pk")


def visits(language: str, *, city: City) -> list[tuple[VisitPage, Session | None]]:
    """Public visits of a city with the soonest date that has a free place. Three queries, one where there is no city's page."""
    above = CityPage.objects.filter(locale__language_code=language, city=city).first()
    if above is None:
        return []
    pages = VisitPage.objects.child_of(above).live().public().select_related("maker").order_by("title", "pk")
    free = next_free(city)
    return [(page, free.get(page.translation_key)) for page in pages]


def of_address(language: str, city: str, slug: str) -> Happening | None:
    """The public event or course that stands at an address below a city; None where there is none."""
    above = CityPage.objects.filter(locale__language_code=language, city__slug=city).select_related("city").first()
    if above is None:
        return None
    for kind in (EventPage, CoursePage):
        page = kind.objects.child_of(above).live().public().filter(slug=slug).select_related("spot", "locale").first()
        if page is not None:
            page.city = above.city
            return page
    return None
