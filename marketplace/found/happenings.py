"""Events and courses as schema.org's Event and Course."""

from dataclasses import dataclass
from datetime import date

from marketplace.found.addresses import whole
from marketplace.found.selling import Node
from marketplace.found.structured import city_node, told
from marketplace.places.models import City, Spot

SCHEMA = "https://schema.org/"


@dataclass(frozen=True)
class Occasion:
    """What is known of the next time: `starts` and `ends` are ISO days or moments, `address` and `picture` are paths."""

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
    return told(
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
