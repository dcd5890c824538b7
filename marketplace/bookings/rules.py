"""Rules of bookings. Each reads objects and the moment it is given, and raises ValidationError with a code."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Protocol

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from marketplace.bookings.words import shown

#: People one booking may bring; larger groups call the host.
MOST_PEOPLE = 12
#: Before its start a session's door opens by so much.
DOOR_OPENS = timedelta(hours=12)
#: So far ahead a host makes dates.
FARTHEST = timedelta(days=365)


class Dated(Protocol):
    """What the rules need to know of a session."""

    starts_at: datetime
    ends_at: datetime
    closes_at: datetime
    cancelled_at: datetime | None
    cancel_hours: int
    price_rial: int


class Bookable(Dated, Protocol):
    """And of one that its host wants to change."""

    places: int
    taken: int
    languages: list[str]


def require_open_session(session: Dated, *, at: datetime) -> None:
    """A session takes bookings until it closes. Raises ValidationError: `session_cancelled`, `session_closed`."""
    if session.cancelled_at is not None:
        raise ValidationError(_("This session was cancelled."), code="session_cancelled")
    if session.closes_at <= at:
        raise ValidationError(_("Bookings for this session are closed."), code="session_closed")


def require_party(people: int) -> None:
    """One booking brings one person or a small group. Raises ValidationError with code `party_size`."""
    if not 1 <= people <= MOST_PEOPLE:
        raise ValidationError(
            _("One booking is for 1 to %(most)s people."), code="party_size", params={"most": shown(MOST_PEOPLE)}
        )


def no_places(free: int) -> ValidationError:
    """The refusal when fewer places are free than people come (code `no_places`)."""
    if free <= 0:
        return ValidationError(_("Every place of this session is taken."), code="no_places")
    return ValidationError(
        ngettext_lazy(
            "Only one place of this session is free.", "Only %(free)s places of this session are free.", free
        ),
        code="no_places",
        params={"free": shown(free)},
    )


def last_moment_to_cancel(session: Dated) -> datetime:
    """Until when a visitor may cancel."""
    return session.starts_at - timedelta(hours=session.cancel_hours)


def require_cancellable(session: Dated, state: str, *, at: datetime) -> None:
    """A visitor gives places back while others can still take them. Raises ValidationError: `booking_closed`, `too_late`."""
    require_standing(state)
    if at > last_moment_to_cancel(session):
        raise ValidationError(
            _("A booking can be cancelled until %(hours)s hours before the start; please call your host."),
            code="too_late",
            params={"hours": shown(session.cancel_hours)},
        )


def require_standing(state: str) -> None:
    """What ended stays ended. Raises ValidationError with code `booking_closed`."""
    if state not in ("held", "confirmed"):
        raise ValidationError(_("This booking has ended already."), code="booking_closed")


def require_reason(reason: str) -> None:
    """Visitors are told why their session is cancelled. Raises ValidationError with code `reason_required`."""
    if not reason.strip():
        raise ValidationError(_("Say why: your visitors are told."), code="reason_required")


def require_not_over(session: Dated, *, at: datetime) -> None:
    """A host cancels what is still to come, once. Raises ValidationError: `session_cancelled`, `session_over`."""
    if session.cancelled_at is not None:
        raise ValidationError(_("This session was cancelled."), code="session_cancelled")
    if session.starts_at <= at:
        raise ValidationError(_("This session has begun; it cannot be cancelled any more."), code="session_over")


def require_still_to_come(session: Dated, *, at: datetime) -> None:
    """What began or was called off is not changed any more. Raises ValidationError: `session_cancelled`, `session_begun`."""
    if session.cancelled_at is not None:
        raise ValidationError(_("This session was cancelled."), code="session_cancelled")
    if session.starts_at <= at:
        raise ValidationError(_("This session has begun; it stays as it is."), code="session_begun")


def require_harmless_change(session: Bookable, *, places: int, price_rial: int, languages: Iterable[str]) -> None:
    """Who has booked keeps what they booked: a session with visitors may get more places, and nothing else changes.

    `price_rial` in rial. Raises ValidationError: `price_stands`, `languages_stand`, `fewer_places`.
    """
    if not session.taken:
        return
    if price_rial != session.price_rial:
        raise ValidationError(_("Visitors have booked at this price; it stays."), code="price_stands")
    if sorted(languages) != sorted(session.languages):
        raise ValidationError(_("Visitors have booked for these languages; they stay."), code="languages_stand")
    if places < session.places:
        raise ValidationError(
            _("Visitors have booked: places can be added, not taken away. You may cancel the session instead."),
            code="fewer_places",
        )


def require_time_to_book(starts_at: datetime, closes_at: datetime, *, at: datetime) -> None:
    """A date is made while somebody can still book it, and not years ahead. Raises ValidationError: `too_soon`, `too_far`."""
    if closes_at <= at:
        raise ValidationError(
            _("This is too soon: bookings for it would be closed already. Choose a later day or hour."), code="too_soon"
        )
    if starts_at > at + FARTHEST:
        raise ValidationError(_("A date can be made for the next twelve months."), code="too_far")


def require_free_hour(others: Iterable[Dated]) -> None:
    """A host receives one group at a time; an hour that was called off stays called off, for its visitors were told.

    `others` are the host's sessions that fall into the hours of the new one. Raises ValidationError: `called_off`, `hour_taken`.
    """
    for other in others:
        if other.cancelled_at is not None:
            raise ValidationError(_("This hour was called off before. Choose another hour."), code="called_off")
        raise ValidationError(_("You receive visitors at this hour already."), code="hour_taken")


def require_each_time_once(times: Iterable[tuple[int, time]]) -> None:
    """A plan of a week names an hour once. `times` are weekdays with hours. Raises ValidationError with code `time_twice`."""
    told = list(times)
    if len(set(told)) < len(told):
        raise ValidationError(_("The same day and hour stands in your plan twice."), code="time_twice")


def price_changed() -> ValidationError:
    """The refusal of a booking whose price became another while its visitor read the page (code `price_changed`)."""
    return ValidationError(
        _("The host has changed this session meanwhile. Look at it once more."), code="price_changed"
    )


def require_at_the_door(session: Dated, state: str, *, at: datetime) -> None:
    """Who has a confirmed booking is let in, once, on the day. Raises ValidationError: `already_in`, `not_confirmed`, `not_today`."""
    if state == "attended":
        raise ValidationError(_("This booking is checked in already."), code="already_in")
    if state != "confirmed":
        raise ValidationError(_("This booking is not confirmed; it lets nobody in."), code="not_confirmed")
    if not session.starts_at - DOOR_OPENS <= at <= session.ends_at + DOOR_OPENS:
        raise ValidationError(_("This booking is for another day."), code="not_today")


def require_payable(state: str, held_until: datetime | None, *, at: datetime) -> None:
    """A booking is paid while its places are held. Raises ValidationError with code `not_held`."""
    if state != "held" or held_until is None or held_until <= at:
        raise ValidationError(_("The time for paying has passed; nothing was taken."), code="not_held")


def require_unowned(owner_id: int | None, reader_id: int) -> None:
    """A booking that stands in one person's room goes into no other. Raises ValidationError with code `owned`."""
    if owner_id is not None and owner_id != reader_id:
        raise ValidationError(_("This booking belongs to another account."), code="owned")


def require_seller(has_seller: bool, price_rial: int) -> None:
    """What visitors pay is owed to somebody. `price_rial` in rial. Raises ValidationError with code `no_seller`."""
    if price_rial and not has_seller:
        raise ValidationError(_("A session with a price needs a host who sells in this market."), code="no_seller")


def not_yours() -> ValidationError:
    """The refusal of a check-in code that belongs to no session of this host (code `unknown_code`)."""
    return ValidationError(_("No booking of your sessions has this code."), code="unknown_code")


def session_gone() -> ValidationError:
    """The refusal of a payment for places that were given up (code `booking_closed`)."""
    return ValidationError(_("This booking was cancelled; the money goes back the way it came."), code="booking_closed")
