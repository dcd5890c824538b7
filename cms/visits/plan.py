"""Visits as their pages say them, and the worker that makes their dates for the next weeks."""

from typing import Any

from cms.models import CityPage, VisitPage
from marketplace.bookings.models import Session
from marketplace.bookings.plans import Plan, WeekTime, make_dates, with_hosts_word
from marketplace.makers.models import Maker
from marketplace.places.models import City

#: How often the worker looks, in seconds.
SECONDS = 3600
_LIVE = VisitPage.objects.live().select_related("locale", "maker__seller").prefetch_related("times").order_by("pk")


def make_sessions() -> int:
    """Add the dates that are missing, of every live visit; returns how many. A date that was called off is not made again."""
    return _make(_LIVE.all())


def make_sessions_of(page: VisitPage) -> int:
    """The same for one page and its translations, as soon as it is published."""
    return _make(_LIVE.filter(translation_key=page.translation_key))


def visits_of(maker: Maker) -> list[Plan]:
    """What the pages say of a host's visits. Four queries, however many there are."""
    own = VisitPage.objects.live().filter(maker=maker).values("translation_key")
    return [plan for plan in _plans(_LIVE.filter(translation_key__in=own)) if plan.maker == maker]


def _make(pages: Any) -> int:
    plans = with_hosts_word(_plans(pages))
    for plan in plans:
        titles = {"title_fa": plan.title_fa, "title_en": plan.title_en}
        Session.objects.coming().filter(subject=plan.subject).exclude(**titles).update(**titles)
    return sum(make_dates(plan) for plan in plans)


def _plans(pages: Any) -> list[Plan]:
    by_subject: dict[Any, list[VisitPage]] = {}
    for page in pages:
        by_subject.setdefault(page.translation_key, []).append(page)
    above = {_above(same[0]) for same in by_subject.values()}
    cities = {page.path: page.city for page in CityPage.objects.filter(path__in=above).select_related("city")}
    return [plan_of(same, cities[_above(same[0])]) for same in by_subject.values() if _above(same[0]) in cities]


def _above(page: VisitPage) -> str:
    """The path of the page above."""
    return page.path[: -page.steplen]


def plan_of(pages: list[VisitPage], city: City) -> Plan:
    """The page that was written first holds the plan; its translations give their titles."""
    page = pages[0]
    titles = {one.locale.language_code: one.title for one in pages}
    return Plan(
        subject=page.translation_key,
        title_fa=titles.get("fa", page.title),
        title_en=titles.get("en", ""),
        city=city,
        maker=page.maker,
        length=page.length,
        price_rial=int(page.price_rial),
        languages=tuple(page.languages),
        closes_hours=page.closes_hours,
        cancel_hours=page.cancel_hours,
        times=tuple(WeekTime(int(one.weekday), one.starts, one.places) for one in page.times.all()),
        is_demo=page.is_demo,
    )
