"""Dates of visits for the next weeks, made from what a page says of its week."""

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError

from cms.models import VisitPage, VisitTime
from marketplace.bookings.models import Session
from marketplace.bookings.recurrence import EachWeekday, days
from marketplace.bookings.services import open_session
from marketplace.core.clock import TEHRAN, now, today

log = logging.getLogger(__name__)
#: How far ahead dates can be booked.
AHEAD = timedelta(weeks=4)
#: How often the worker looks, in seconds.
SECONDS = 3600


def make_sessions() -> int:
    """Add the dates that are missing, of every live visit; returns how many. A date that was called off is not made again."""
    live = VisitPage.objects.live().select_related("locale", "maker__seller").prefetch_related("times").order_by("pk")
    by_subject: dict[Any, list[VisitPage]] = {}
    for page in live:
        by_subject.setdefault(page.translation_key, []).append(page)
    return sum(_make(pages) for pages in by_subject.values())


def make_sessions_of(page: VisitPage) -> int:
    """The same for one page and its translations, as soon as it is published."""
    pages = page.get_translations(inclusive=True).live().select_related("locale", "maker__seller").order_by("pk")
    return _make(list(pages))


def _make(pages: list[VisitPage]) -> int:
    """The page that was written first holds the plan; its translations give their titles."""
    if not pages or pages[0].city is None:
        return 0
    plan, titles = pages[0], _titles(pages)
    Session.objects.coming().filter(subject=plan.translation_key).exclude(**titles).update(**titles)
    moments = dict(_moments(plan))
    there = Session.objects.filter(subject=plan.translation_key, starts_at__in=moments)
    missing = moments.keys() - set(there.values_list("starts_at", flat=True))
    return sum(_open(plan, titles, start, moments[start]) for start in sorted(missing))


def _moments(page: VisitPage) -> Iterator[tuple[datetime, VisitTime]]:
    for time in page.times.all():
        for day in days(EachWeekday(int(time.weekday)), first=today(), last=today() + AHEAD):
            start = datetime.combine(day, time.starts, TEHRAN)
            if start - timedelta(hours=page.closes_hours) > now():
                yield start, time


def _titles(pages: list[VisitPage]) -> dict[str, str]:
    by_language = {page.locale.language_code: page.title for page in pages}
    return {"title_fa": by_language.get("fa", pages[0].title), "title_en": by_language.get("en", "")}


def _open(page: VisitPage, titles: dict[str, str], start: datetime, time: VisitTime) -> bool:
    try:
        open_session(
            kind=Session.Kind.VISIT,
            subject=page.translation_key,
            **titles,
            city=page.city,
            maker=page.maker,
            starts_at=start,
            ends_at=start + page.length,
            places=time.places,
            price_rial=page.price_rial,
            languages=page.languages,
            closes_at=start - timedelta(hours=page.closes_hours),
            cancel_hours=page.cancel_hours,
            is_demo=page.is_demo,
        )
    except ValidationError as error:  # another worker was first, or its host sells no more
        log.warning("visit %s has no date on %s: %s", page.pk, start, " ".join(error.messages))
        return False
    return True
