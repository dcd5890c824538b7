"""Licences that end soon: their holders hear of it 90, 60, 30 and 7 days before, and once more when it is over."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from marketplace.bazaars.models import Venue
from marketplace.core.clock import today
from marketplace.core.jalali import day_in_words
from marketplace.core.reminders import LATELY, Due, Words, remind
from marketplace.makers.models import ProductionLicence

STEPS = (90, 60, 30, 7)
SECONDS = 3600.0

_VENUE_SOON = _(
    "The licence of %(venue)s ends on %(day)s. From the next day nothing can be sold there until a renewal is recorded: send it in now."
)
_VENUE_OVER = _(
    "The licence of %(venue)s ended on %(day)s, and nothing can be sold there. Send its renewal in; once an officer has recorded it, "
    "the offers there can be bought again as they are."
)
_MAKER_SOON = _(
    "Your production licence %(number)s ends on %(day)s. From the next day it no longer shows the Iranian origin of your works, "
    "and places licensed by Cultural Heritage cannot sell them: send its renewal in now."
)
_MAKER_OVER = _(
    "Your production licence %(number)s ended on %(day)s, so it no longer shows the Iranian origin of your works. Send its renewal in."
)


def remind_of_licences() -> int:
    """What the worker does every hour. Returns how many reminders were given."""
    day = today()
    return sum(remind(things, kind="licence_due", steps=STEPS, on=day) for things in (_venues(day), _makers(day)))


def _venues(day: date) -> Iterator[Due]:
    near = Venue.objects.filter(open_until__gte=day - LATELY, open_until__lte=day + timedelta(days=max(STEPS)))
    for venue in near.prefetch_related("managers"):
        assert venue.open_until
        yield Due(f"venue:{venue.pk}", venue.open_until, partial(_venue_words, venue))


def _venue_words(venue: Venue, left: int) -> Words:
    assert venue.open_until
    ends = venue.open_until
    params: dict[str, Any] = {"venue": lambda: venue.name, "day": lambda: day_in_words(ends)}
    link = reverse("desks:venue-licence", args=[venue.slug])
    return Words(venue.managers.all(), _VENUE_SOON if left >= 0 else _VENUE_OVER, params, link)


def _makers(day: date) -> Iterator[Due]:
    """The last licence of each craft group; one that a later one follows is nobody's worry."""
    near = ProductionLicence.objects.filter(
        revoked_on=None, expires_on__gte=day - LATELY, expires_on__lte=day + timedelta(days=max(STEPS))
    )
    for licence in near.select_related("maker__owner"):
        later = licence.maker.licences.filter(
            craft_group=licence.craft_group_id, revoked_on=None, expires_on__gt=licence.expires_on
        )
        if not later.exists():
            yield Due(f"licence:{licence.pk}", licence.expires_on, partial(_maker_words, licence))


def _maker_words(licence: ProductionLicence, left: int) -> Words:
    params: dict[str, Any] = {"number": licence.number, "day": lambda: day_in_words(licence.expires_on)}
    link = reverse("desks:licence-send")
    return Words([licence.maker.owner], _MAKER_SOON if left >= 0 else _MAKER_OVER, params, link)
