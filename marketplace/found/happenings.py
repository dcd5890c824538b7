"""Visits, events and courses as schema.org's Event and Course, with the places that can be booked."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from marketplace.bookings.models import Session
from marketplace.core.clock import TEHRAN
from marketplace.found.addresses import whole
from marketplace.found.selling import CURRENCY, Node, maker_node
from marketplace.found.structured import city_node, told
from marketplace.places.models import City, Spot

SCHEMA = "https://schema.org/"


@dataclass(frozen=True)
class Occasion:
    """What is known of the next time: `starts` and `ends` are ISO days or moments, `address` and `picture` are paths, `session` is what
    can be booked of it."""

    name: str
    text: str
    address: str
    starts: str
    ends: str
    place: str
    spot: Spot | None
    city: City | None
    is_called_off: bool = False
    is_free: bool = False
    picture: str = ""
    session: Session | None = None


def event_node(occasion: Occasion, *, base: str, organiser: str = "") -> Node:
    """The next time of an event. A Jalali repetition has no form there, so it is not said."""
    return _dated("Event", occasion, base=base) | told(
        {
            "description": occasion.text,
            "url": whole(base, occasion.address),
            "image": whole(base, occasion.picture) if occasion.picture else "",
            "eventAttendanceMode": f"{SCHEMA}OfflineEventAttendanceMode",
            "isAccessibleForFree": occasion.is_free or None,
            "organizer": {"@type": "Organization", "name": organiser} if organiser else None,
        }
    )


def visit_node(occasion: Occasion, *, base: str) -> Node:
    """One date of a visit: its host, its languages, and its places. The occasion names its session."""
    session = occasion.session
    assert session is not None
    host = {"organizer": maker_node(session.maker, base=base)} if session.maker else {}
    return event_node(occasion, base=base) | told({"inLanguage": list(session.languages)}) | host


def places_of(session: Session, *, base: str) -> Node:
    """How many places there are, how many are free, and the offer of one. What takes no more bookings is offered no more."""
    places: Node = {"maximumAttendeeCapacity": session.places, "remainingAttendeeCapacity": session.free_places}
    if session.cancelled_at is not None or not (session.is_bookable or session.free_places == 0):
        return places
    offer: Node = {
        "@type": "Offer",
        "url": whole(base, reverse("bookings:session", args=[session.pk])),
        "price": str(int(session.price_rial)),
        "priceCurrency": CURRENCY,
        "availability": SCHEMA + ("InStock" if session.free_places else "SoldOut"),
        "validThrough": session.closes_at.astimezone(TEHRAN).isoformat(),
    }
    if session.maker is not None:
        offer["seller"] = maker_node(session.maker, base=base)
    return places | {"offers": offer}


def course_node(
    occasion: Occasion, *, base: str, span: tuple[date, date | None], teacher: str = "", places: int | None = None
) -> Node:
    """A course with the one time that it is held."""
    first, last = span
    held = _dated("CourseInstance", occasion, base=base) | told(
        {
            "courseMode": "onsite",
            "startDate": first.isoformat(),
            "endDate": last.isoformat() if last else "",
            "instructor": {"@type": "Person", "name": teacher} if teacher else None,
            "maximumAttendeeCapacity": places,
        }
    )
    return told(
        {
            "@type": "Course",
            "name": occasion.name,
            "description": occasion.text,
            "url": whole(base, occasion.address),
            "isAccessibleForFree": occasion.is_free or None,
            "hasCourseInstance": held,
        }
    )


def _dated(kind: str, occasion: Occasion, *, base: str) -> Node:
    status = "EventCancelled" if occasion.is_called_off else "EventScheduled"
    places = places_of(occasion.session, base=base) if occasion.session else {}
    return places | told(
        {
            "@type": kind,
            "name": occasion.name,
            "startDate": occasion.starts,
            "endDate": occasion.ends,
            "eventStatus": f"{SCHEMA}{status}",
            "location": _location(occasion, base),
        }
    )


def _location(occasion: Occasion, base: str) -> Node:
    spot = occasion.spot
    placed = spot is not None and spot.is_placed
    return told(
        {
            "@type": "Place",
            "name": occasion.place,
            "address": occasion.city.name if occasion.city else "",
            "geo": {"@type": "GeoCoordinates", "latitude": str(spot.latitude), "longitude": str(spot.longitude)}
            if spot is not None and placed
            else None,
            "containedInPlace": city_node(occasion.city, base=base) if occasion.city else None,
        }
    )
