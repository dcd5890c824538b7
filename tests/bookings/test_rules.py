"""Rules of bookings, as truth tables."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from marketplace.bookings import rules

START = datetime(2026, 12, 1, 7, tzinfo=UTC)
HOUR = timedelta(hours=1)


def _session(**more):
    facts = {
        "starts_at": START,
        "ends_at": START + 2 * HOUR,
        "closes_at": START - HOUR,
        "cancelled_at": None,
        "cancel_hours": 24,
        "price_rial": 0,
    }
    return SimpleNamespace(**(facts | more))


def _code(rule, *args, **more) -> str:
    try:
        rule(*args, **more)
    except ValidationError as error:
        return error.code or ""
    return ""


@pytest.mark.parametrize(
    ("before", "cancelled", "code"),
    [(2 * HOUR, None, ""), (HOUR, None, "session_closed"), (2 * HOUR, START, "session_cancelled")],
)
def test_a_session_takes_bookings_until_it_closes(before, cancelled, code):
    assert _code(rules.require_open_session, _session(cancelled_at=cancelled), at=START - before) == code


@pytest.mark.parametrize(("people", "code"), [(0, "party_size"), (1, ""), (12, ""), (13, "party_size")])
def test_a_booking_is_for_somebody_and_for_no_crowd(people, code):
    assert _code(rules.require_party, people) == code


@pytest.mark.parametrize(
    ("state", "hours", "code"),
    [
        ("confirmed", 25, ""),
        ("confirmed", 24, ""),
        ("confirmed", 23, "too_late"),
        ("held", 25, ""),
        ("cancelled", 25, "booking_closed"),
        ("attended", 25, "booking_closed"),
        ("lapsed", 25, "booking_closed"),
    ],
)
def test_a_visitor_cancels_in_time(state, hours, code):
    assert _code(rules.require_cancellable, _session(), state, at=START - hours * HOUR) == code


@pytest.mark.parametrize(
    ("state", "after", "code"),
    [
        ("confirmed", 0, ""),
        ("confirmed", -13, "not_today"),
        ("confirmed", 15, "not_today"),
        ("attended", 0, "already_in"),
        ("held", 0, "not_confirmed"),
        ("cancelled", 0, "not_confirmed"),
    ],
)
def test_the_door_opens_to_confirmed_bookings_on_their_day(state, after, code):
    assert _code(rules.require_at_the_door, _session(), state, at=START + after * HOUR) == code


@pytest.mark.parametrize(
    ("sells", "price", "code"), [(True, 5, ""), (False, 0, ""), (False, 5, "no_seller"), (True, 0, "")]
)
def test_a_price_is_owed_to_somebody(sells, price, code):
    assert _code(rules.require_seller, sells, price) == code


def test_what_is_free_is_said_with_its_number():
    assert rules.no_places(0).code == "no_places"
    with override("en"):
        assert rules.no_places(2).messages == ["Only 2 places of this session are free."]
    assert str(rules.no_places(2).params["free"]) == "۲"
