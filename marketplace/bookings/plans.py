"""The week of a visit: what its page says, its host's word over it, and the dates that are made from it for the next weeks."""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from uuid import UUID

from django.core.exceptions import ValidationError

from marketplace.bookings.models import HostPlan, Session
from marketplace.bookings.recurrence import EachWeekday, days
from marketplace.bookings.services import open_session
from marketplace.core.clock import TEHRAN, now, today
from marketplace.makers.models import Maker
from marketplace.places.models import City

log = logging.getLogger(__name__)
#: How far ahead dates can be booked.
AHEAD = timedelta(weeks=4)


@dataclass(frozen=True)
class WeekTime:
    """A day of the week (Python's: Monday is 0), an hour of Tehran, and the places of it."""

    weekday: int
    starts: time
    places: int


@dataclass(frozen=True)
class Plan:
    """What dates of a visit are made from. `price_rial` in rial, `closes_hours` and `cancel_hours` before the start."""

    subject: UUID
    title_fa: str
    title_en: str
    city: City
    maker: Maker
    length: timedelta
    price_rial: int
    languages: tuple[str, ...]
    closes_hours: int
    cancel_hours: int
    times: tuple[WeekTime, ...] = ()
    is_demo: bool = False
    by_host: bool = False

    def closes(self, start: datetime) -> datetime:
        """When bookings for a date end."""
        return start - timedelta(hours=self.closes_hours)


_visits_of: list[Callable[[Maker], list[Plan]]] = []


def register_visits(visits: Callable[[Maker], list[Plan]]) -> None:
    """Who knows the visits of a host as their pages say them (called from a room's `ready()`; the last one stands)."""
    _visits_of[:] = [visits]


def visits_of(maker: Maker) -> list[Plan]:
    """The visits of a host that readers see, each with its host's word over the page's. Two queries more than the pages need."""
    return with_hosts_word([plan for visits in _visits_of for plan in visits(maker)])


def host_plan(subject: UUID, maker_id: int | None) -> HostPlan | None:
    """What a visit's host changed themselves, if they did. One query."""
    return HostPlan.objects.filter(subject=subject, maker=maker_id).first()


def with_hosts_word(plans: list[Plan]) -> list[Plan]:
    """What hosts changed themselves stands over what the pages say, as long as the host is the same. Two queries."""
    told = HostPlan.objects.filter(subject__in=[plan.subject for plan in plans]).prefetch_related("times")
    by_subject = {(one.subject, one.maker_id): one for one in told}
    return [_changed(plan, by_subject.get((plan.subject, plan.maker.pk))) for plan in plans]


def _changed(plan: Plan, told: HostPlan | None) -> Plan:
    if told is None:
        return plan
    times = tuple(WeekTime(one.weekday, one.starts, one.places) for one in told.times.all())
    return replace(plan, times=times, price_rial=int(told.price_rial), languages=tuple(told.languages), by_host=True)


def make_dates(plan: Plan) -> int:
    """Open the dates that are missing; returns how many. A date that was called off is not made again."""
    moments = dict(_moments(plan))
    there = Session.objects.filter(subject=plan.subject, starts_at__in=moments)
    missing = moments.keys() - set(there.values_list("starts_at", flat=True))
    return sum(_made(plan, start, moments[start]) for start in sorted(missing))


def _moments(plan: Plan) -> Iterator[tuple[datetime, int]]:
    for one in plan.times:
        for day in days(EachWeekday(one.weekday), first=today(), last=today() + AHEAD):
            start = datetime.combine(day, one.starts, TEHRAN)
            if plan.closes(start) > now():
                yield start, one.places


def _made(plan: Plan, start: datetime, places: int) -> bool:
    try:
        open_date(plan, start, places)
    except ValidationError as error:  # another worker was first, or its host sells no more
        log.warning("visit %s has no date on %s: %s", plan.subject, start, " ".join(error.messages))
        return False
    return True


def open_date(plan: Plan, start: datetime, places: int, *, single: bool = False) -> Session:
    """One date of a visit. Raises ValidationError as `open_session` does."""
    return open_session(
        kind=Session.Kind.VISIT,
        subject=plan.subject,
        title_fa=plan.title_fa,
        title_en=plan.title_en,
        city=plan.city,
        maker=plan.maker,
        starts_at=start,
        ends_at=start + plan.length,
        places=places,
        price_rial=plan.price_rial,
        languages=list(plan.languages),
        closes_at=plan.closes(start),
        cancel_hours=plan.cancel_hours,
        single=single,
        is_demo=plan.is_demo,
    )
