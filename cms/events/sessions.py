"""Sessions to book for events and courses, kept in step with the days their pages say.

An event has a session for each of its times within AHEAD, a course one for all its lessons. The page that was written first holds
the plan; its translations give their titles. A session whose time the page says no more is called off, and its visitors are told.
"""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import override

from cms.events.plan import DAY, MIDNIGHT, TEHRAN, Occurrence
from cms.models import CoursePage, EventPage, Happening
from marketplace.bookings.models import Session
from marketplace.bookings.queries import sessions_of
from marketplace.bookings.services import cancel_session, open_session
from marketplace.core.clock import now, today

log = logging.getLogger(__name__)
#: How far ahead times can be booked.
AHEAD = timedelta(weeks=26)
#: How often the worker looks, in seconds.
SECONDS = 3600

Span = tuple[datetime, datetime]


def settle_all() -> int:
    """Add the sessions that are missing, of every live event and course; returns how many."""
    found = 0
    for kind in (EventPage, CoursePage):
        live = kind.objects.live().filter(takes_bookings=True).select_related("locale").order_by("pk")
        firsts: dict[Any, Happening] = {}
        for page in live:
            firsts.setdefault(page.translation_key, page)
        found += sum(settle(page) for page in firsts.values())
    return found


def settle(page: Happening) -> int:
    """The same for one page, as soon as it is published; sessions that it says no more are called off.

    A page that is taken away leaves its sessions to its host: an editor may put it back in a minute.
    """
    live = list(page.get_translations(inclusive=True).live().select_related("locale").order_by("pk"))
    if not live or live[0].city is None:
        return 0
    plan = live[0]
    wanted = planned(plan) if plan.takes_bookings else {}
    _call_off(plan, wanted)
    there = set(Session.objects.filter(subject=plan.translation_key).values_list("starts_at", flat=True))
    titles = {one.locale.language_code: one.title for one in live}
    return sum(_open(plan, titles, span) for start, span in sorted(wanted.items()) if start not in there)


def planned(page: Happening) -> dict[datetime, Span]:
    """Start → start and end of what can be booked from now on."""
    if isinstance(page, CoursePage):
        lessons = [time for time in page.plan.between(page.starts_on, page.ends_on or page.starts_on) if _stands(time)]
        spans = [(lessons[0].starts, _end(lessons[-1]))] if lessons else []
    else:
        times = page.plan.between(today(), today() + AHEAD)
        spans = [(time.starts, _end(time)) for time in times if _stands(time)]
    return {span[0]: span for span in spans if span[0] > now()}


def _stands(time: Occurrence) -> bool:
    return not time.is_called_off


def _end(time: Occurrence) -> datetime:
    """Where no hour is known, the end of its last day."""
    return time.ends or datetime.combine(time.last_day + DAY, MIDNIGHT, TEHRAN)


def _call_off(page: Happening, wanted: Iterable[datetime]) -> None:
    kept, reasons = set(wanted), page.off_days
    for session in sessions_of(page.translation_key).filter(starts_at__gt=now()):
        if session.starts_at in kept:
            continue
        with override(page.locale.language_code):
            said = reasons.get(session.starts_at.astimezone(TEHRAN).date()) or _("It was moved or called off.")
        try:
            cancel_session(session=session, reason=said)
        except ValidationError as error:  # the host was first
            log.warning("session %s is not called off: %s", session.pk, " ".join(error.messages))


def _open(page: Happening, titles: dict[str, str], span: Span) -> bool:
    start, end = span
    try:
        open_session(
            kind=Session.Kind.COURSE if isinstance(page, CoursePage) else Session.Kind.EVENT,
            subject=page.translation_key,
            title_fa=titles.get("fa", page.title),
            title_en=titles.get("en", ""),
            city=page.city,
            maker=page.host_maker,
            starts_at=start,
            ends_at=end,
            places=page.places,
            price_rial=page.price_rial,
            languages=sorted(titles, reverse=True),
            closes_at=start,
            is_demo=page.is_demo,
        )
    except ValidationError as error:  # another worker was first, or its host sells no more
        log.warning("event %s has no session on %s: %s", page.pk, start, " ".join(error.messages))
        return False
    return True
