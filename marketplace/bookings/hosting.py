"""What a host does with the dates of their own visits: one more date, another plan of the week, another number of places.

Guarantees: a session that somebody booked keeps its price, its languages and its hour, and loses no place; it can be called off, with a
reason. Every session that is changed is locked first, and a booking takes places at the price it read or not at all.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.bookings import rules
from marketplace.bookings.models import HostPlan, HostTime, Session
from marketplace.bookings.plans import Plan, WeekTime, make_dates, open_date
from marketplace.bookings.services import SESSION_CHANGED, sells
from marketplace.core.clock import TEHRAN, now
from marketplace.core.models import User
from marketplace.core.registry import tell


@dataclass(frozen=True)
class Outcome:
    """What a new plan did: dates made, dates that follow it now, dates taken out, dates that stay because somebody booked them."""

    made: int
    changed: int
    removed: int
    booked: int


@transaction.atomic
def add_date(*, plan: Plan, starts_at: datetime, places: int) -> Session:
    """One more date of a visit, beside its week.

    Raises ValidationError: `too_soon`, `too_far`, `called_off`, `hour_taken`, `no_seller`.
    """
    rules.require_time_to_book(starts_at, plan.closes(starts_at), at=now())
    meanwhile = Session.objects.filter(maker=plan.maker, starts_at__lt=starts_at + plan.length, ends_at__gt=starts_at)
    same = meanwhile.filter(subject=plan.subject, starts_at=starts_at)
    rules.require_free_hour([*meanwhile.filter(cancelled_at__isnull=True), *same])
    return open_date(plan, starts_at, places, single=True)


@transaction.atomic
def change_date(*, session: Session, places: int, price_rial: int, languages: Iterable[str]) -> Session:
    """Other facts of one date; from then on it stands for itself.

    Raises ValidationError: `session_cancelled`, `session_begun`, `price_stands`, `languages_stand`, `fewer_places`, `no_seller`.
    """
    kept = Session.objects.select_for_update().get(pk=session.pk)
    rules.require_still_to_come(kept, at=now())
    rules.require_harmless_change(kept, places=places, price_rial=price_rial, languages=languages)
    rules.require_seller(sells(kept.maker), price_rial)
    kept.places, kept.price_rial, kept.languages, kept.single = places, price_rial, list(languages), True
    _keep(kept, "single")
    return kept


def _keep(session: Session, *more: str) -> None:
    session.full_clean(validate_unique=False)
    session.save(update_fields=["places", "price_rial", "languages", *more])
    tell(SESSION_CHANGED, session=session)


@transaction.atomic
def change_plan(
    *, plan: Plan, times: Iterable[WeekTime], price_rial: int, languages: Iterable[str], by: User | None
) -> Outcome:
    """Another plan of the week: it holds for dates to come that nobody booked. Those with visitors stay, or get more places.

    Raises ValidationError: `time_twice`, `no_seller`; nothing is changed then.
    """
    wanted = tuple(times)
    rules.require_each_time_once((one.weekday, one.starts) for one in wanted)
    rules.require_seller(sells(plan.maker), price_rial)
    new = replace(plan, times=wanted, price_rial=price_rial, languages=tuple(languages), by_host=True)
    _write_down(new, by)
    coming = Session.objects.coming().filter(subject=plan.subject, maker=plan.maker, single=False, starts_at__gt=now())
    follow = [_follow(session, new) for session in coming.select_for_update()]
    return Outcome(make_dates(new), follow.count("changed"), follow.count("removed"), follow.count("booked"))


def _write_down(plan: Plan, by: User | None) -> None:
    facts = {"maker": plan.maker, "price_rial": plan.price_rial, "languages": list(plan.languages), "by": by}
    told, _made = HostPlan.objects.update_or_create(subject=plan.subject, defaults=facts)
    told.times.all().delete()
    HostTime.objects.bulk_create(
        HostTime(plan=told, weekday=one.weekday, starts=one.starts, places=one.places) for one in plan.times
    )


def _follow(session: Session, plan: Plan) -> str:
    """What becomes of one date under the new plan."""
    start = session.starts_at.astimezone(TEHRAN)
    here = {(one.weekday, one.starts): one.places for one in plan.times}.get((start.weekday(), start.time()))
    if session.taken:
        if here is not None and here > session.places:
            session.places = here
            _keep(session)
        return "booked"
    if here is None:
        _take_out(session)
        return "removed"
    session.places, session.price_rial, session.languages = here, plan.price_rial, list(plan.languages)
    _keep(session)
    return "changed"


def _take_out(session: Session) -> None:
    """Nobody comes on this date: it goes, or stands called off where somebody had booked once."""
    if session.bookings.exists():
        reason = _("The host has changed the plan of the week.")
        Session.objects.filter(pk=session.pk).update(cancelled_at=now(), cancel_reason=reason)
    else:
        Session.objects.filter(pk=session.pk).delete()
    tell(SESSION_CHANGED, session=session)
