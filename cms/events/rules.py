"""What an event or a course must say of its days before it is kept."""

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:  # the models ask these rules
    from cms.models.events import EventPage, Happening

#: The shortest time between two times of an event, in days: a week, a Jalali month (Esfand of a common year), a Jalali year.
STEPS = {"weekly": 7, "monthly": 29, "yearly": 365}
#: What stands at this address below a city: the list of its events.
LIST_SLUG = "events"


def require_order(page: "Happening") -> None:
    """The last day is not before the first, and on one day the end is after the start."""
    if page.ends_on and page.starts_on and page.ends_on < page.starts_on:
        raise _refused("ends_on", _("The last day is before the first."), "ends_before_start")


def require_hours(page: "EventPage") -> None:
    """An end has a start, and on one day comes after it."""
    if page.ends_at is None:
        return
    if page.starts_at is None:
        raise _refused("starts_at", _("Give the hour it starts too."), "end_without_start")
    if page.length == 1 and page.ends_at <= page.starts_at:
        raise _refused("ends_at", _("It ends before it starts."), "ends_before_start")


def require_whole_repetition(page: "EventPage") -> None:
    """What repeats is over before it comes again; only what repeats has an end of its repetition, and not before it began."""
    if page.repeats == page.Repeats.NEVER:
        if page.until is not None:
            raise _refused("until", _("It does not repeat: leave this day out."), "until_without_repetition")
        return
    if page.until is not None and page.until < page.starts_on:
        raise _refused("until", _("The last day is before the first."), "until_before_start")
    if page.length > STEPS[page.repeats] * page.step:
        raise _refused("ends_on", _("It comes again before it is over."), "overlaps_itself")


def require_place(page: "Happening") -> None:
    """Visitors are told where: a place of the map, or words."""
    if page.spot_id is None and not page.place:
        raise _refused("place", _("Choose a place of the map, or say where it is."), "no_place_told")


def forbid_price_of_free(page: "Happening") -> None:
    """What is free has no price."""
    if page.is_free and page.price:
        raise _refused("price", _("It is free: leave the price out."), "free_with_price")


def forbid_list_address(page: "Happening") -> None:
    """The city's list of events keeps its address."""
    if page.slug == LIST_SLUG:
        raise _refused("slug", _("The list of the city’s events stands at this address."), "address_of_list")


def require_what_is_booked(page: "Happening") -> None:
    """A booking is for one of so many places, and says what is paid: nothing, or a sum."""
    if page.is_free and page.price_rial:
        raise _refused("price_rial", _("It is free: leave the price out."), "free_with_price")
    if not page.takes_bookings:
        return
    if not page.places:
        raise _refused("places", _("Say how many places can be booked."), "bookings_without_places")
    if not page.is_free and not page.price_rial:
        raise _refused("price_rial", _("Mark it as free, or give the price of a place."), "bookings_without_price")


def require_last_day(page: Any) -> None:
    """A course ends on a day that is known."""
    if page.ends_on is None:
        raise _refused("ends_on", _("Give the last day of the course."), "no_last_day")


def require_lessons(page: Any) -> None:
    """A course has a day of the week at least."""
    if not len(page.lessons):
        raise _refused("lessons", _("Give at least one day of the week."), "no_lessons")


def _refused(field: str, words: Any, code: str) -> ValidationError:
    return ValidationError({field: ValidationError(words, code=code)})
