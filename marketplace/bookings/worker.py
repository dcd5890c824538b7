"""What the worker does every minute about bookings: let go of what nobody paid for, finish cancellations, remind a day before."""

import logging
from collections.abc import Callable
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from marketplace.bookings.models import Booking
from marketplace.bookings.services import call_off, lapse
from marketplace.bookings.told import tell_visitor
from marketplace.core.clock import now

log = logging.getLogger(__name__)
State = Booking.State
#: How often the worker looks, in seconds.
SECONDS = 60
A_DAY = timedelta(days=1)


def look_after() -> tuple[int, int, int]:
    """Bookings lapsed, called off, reminded of. Safe to run at any time and in several processes."""
    return lapse_unpaid(), call_off_the_rest(), remind()


def lapse_unpaid() -> int:
    """Held longer than agreed."""
    return _each(Booking.objects.filter(state=State.HELD, held_until__lte=now()), lapse)


def call_off_the_rest() -> int:
    """Bookings of cancelled sessions that the cancellation itself did not reach."""
    standing = Booking.objects.filter(state__in=(State.HELD, State.CONFIRMED), session__cancelled_at__isnull=False)
    return _each(standing, call_off)


def remind() -> int:
    """Confirmed bookings whose session starts within a day, each once; who booked on the last day is not told again."""
    soon = Booking.objects.filter(
        state=State.CONFIRMED,
        reminded_at__isnull=True,
        session__cancelled_at__isnull=True,
        session__starts_at__gt=now(),
        session__starts_at__lte=now() + A_DAY,
        created_at__lte=F("session__starts_at") - A_DAY,
    )
    return _each(soon.select_related("session"), _reminded)


@transaction.atomic
def _reminded(booking: Booking) -> bool:
    if not Booking.objects.filter(pk=booking.pk, reminded_at__isnull=True).update(reminded_at=now()):
        return False
    tell_visitor(booking, _("Until soon: %(title)s, %(when)s. Your booking is %(number)s."))
    return True


def _each(bookings, act: Callable[[Booking], bool]) -> int:
    done = 0
    for booking in bookings.order_by("pk"):
        try:
            done += act(booking)
        except Exception as error:  # one that fails must not stop the others
            log.warning("booking %s: %s: %s", booking.number, error.__class__.__name__, error)
    return done
