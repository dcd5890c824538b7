"""Events and courses as an iCalendar file (RFC 5545), for calendars that subscribe.

A repetition by the Jalali calendar is no RRULE: RFC 5545 knows the Gregorian calendar, and the few programs that read
`RSCALE` (RFC 7529) know `PERSIAN` by no means all. So every time stands on its own, from PAST before the day to AHEAD after it,
and a subscriber gets later ones with the next fetch.

What a calendar recognises a time by (UID) is the page's own key, the same in both languages, and for what repeats the day: an
event that takes place once keeps its UID when it is moved. SEQUENCE grows with each publication, DTSTAMP and LAST-MODIFIED say
when that was, so the same events give the same bytes.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from icalendar import Calendar, Event, Timezone

from cms.events import words
from cms.events.plan import DAY, TEHRAN, Occurrence
from cms.models import EventPage, Happening
from marketplace.core.clock import today
from marketplace.found.addresses import whole

CONTENT_TYPE = "text/calendar; charset=utf-8"
PAST, AHEAD = timedelta(days=31), timedelta(days=731)
#: How soon a subscriber should ask again.
ASK_AGAIN = timedelta(hours=6)


def calendar_of(pages: Iterable[Happening], *, name: str, address: str, base: str, language: str) -> bytes:
    """The file. `address` is the path it stands at, `base` scheme and host."""
    calendar = Calendar()
    calendar.add("prodid", f"-//Rasteh//Events//{language.upper()}")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", TEHRAN.key)
    calendar.add("url", whole(base, address))
    calendar.add("refresh-interval", ASK_AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT6H")
    first, last = span()
    for page in pages:
        for time in page.plan.between(first, last):
            calendar.add_component(_event(page, time, base=base, language=language))
    if calendar.events:
        calendar.subcomponents.insert(0, _zone(first.year - 1, last.year + 1))
    return calendar.to_ical()


def span() -> tuple[date, date]:
    """The days of which a file holds the times."""
    day = today()
    return day - PAST, day + AHEAD


def modified(page: Happening) -> datetime:
    """When a page was last published, in UTC."""
    moment = page.last_published_at or page.first_published_at or page.latest_revision_created_at
    return (moment or datetime(2026, 1, 1, tzinfo=UTC)).astimezone(UTC).replace(microsecond=0)


def last_modified(pages: Iterable[Happening]) -> datetime:
    """When a file last became another: a page changed, or a new day let its span move on."""
    midnight = datetime.combine(today(), datetime.min.time(), TEHRAN).astimezone(UTC)
    return max([midnight, *(modified(page) for page in pages)])


def uid_of(page: Happening, time: Occurrence) -> str:
    """What a time is recognised by."""
    key = str(page.translation_key)
    if isinstance(page, EventPage) and page.repeats == EventPage.Repeats.NEVER:
        return key
    nth = f"-{time.nth}" if time.nth else ""
    return f"{key}-{time.day:%Y%m%d}{nth}"


@lru_cache(maxsize=4)
def _zone(first: int, last: int) -> Timezone:
    """Tehran's offsets over these years; to read them off takes longer than the rest of a file."""
    return Timezone.from_tzid(TEHRAN.key, first_date=date(first, 1, 1), last_date=date(last, 1, 1))


def _event(page: Happening, time: Occurrence, *, base: str, language: str) -> Event:
    event, moment = Event(), modified(page)
    event.add("uid", uid_of(page, time))
    event.add("dtstamp", moment)
    event.add("last-modified", moment)
    event.add("sequence", page.sequence)
    event.add("status", "CANCELLED" if time.is_called_off else "CONFIRMED")
    event.add("summary", _summary(page), parameters={"LANGUAGE": language})
    event.add("description", _description(page, time), parameters={"LANGUAGE": language})
    event.add("location", _location(page), parameters={"LANGUAGE": language})
    if page.spot is not None and page.spot.is_placed:
        event.add("geo", (float(page.spot.latitude), float(page.spot.longitude)))
    event.add("url", whole(base, page.get_url() or "/"))
    _add_hours(event, time)
    return event


def _add_hours(event: Event, time: Occurrence) -> None:
    if time.hours.starts is None:
        event.add("dtstart", time.day)
        event.add("dtend", time.last_day + DAY)
        event.add("transp", "TRANSPARENT")
        return
    event.add("dtstart", time.starts)
    if time.ends is not None:
        event.add("dtend", time.ends)


def _summary(page: Happening) -> str:
    return f"{page.title} ({words.demo_word()})" if page.is_demo else page.title


def _description(page: Happening, time: Occurrence) -> str:
    lines = [page.lead, page.when_words, words.price_words(page.is_free, page.price), time.called_off or ""]
    return "\n".join(line for line in lines if line)


def _location(page: Happening) -> str:
    city = page.city.name if page.city is not None else ""
    return words.joined([page.where, city])
