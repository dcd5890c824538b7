"""A host's desk: own sessions alone, who comes, who is here, and what does not take place."""

import pytest

from marketplace.bookings.models import Booking
from marketplace.core import clock
from tests.bookings.visits import booked, host, session_of, taken, visit  # noqa: F401
from tests.cast import DAY

State = Booking.State


@pytest.fixture
def on_the_day(visit):  # noqa: F811
    clock.set_today(visit.starts_at.astimezone(clock.TEHRAN).date())
    yield visit
    clock.set_today(DAY)


def test_a_host_sees_own_sessions_and_visitors(client, artisan, visit, coppersmith):  # noqa: F811
    session_of(coppersmith, hour=12, title_fa="مس", title_en="Copper")
    booking = booked(visit, party=2)
    client.force_login(artisan)
    html = client.get("/en/desk/visits/").content.decode()
    assert ("Visit to a kilim workshop" in html, "Copper" in html, "2 of 3" in html) == (True, False, True)
    html = client.get(f"/en/desk/visits/{visit.pk}/").content.decode()
    assert (booking.number in html, "مینا کرمانی" in html, booking.code in html) == (True, True, False)


@pytest.mark.parametrize("way", ["", "cancel/"])
def test_another_hosts_session_does_not_exist(way, client, other_artisan, coppersmith, visit):  # noqa: F811
    booked(visit)
    client.force_login(other_artisan)
    address = f"/desk/visits/{visit.pk}/{way}"
    assert client.get(address).status_code == 404
    if way:
        assert client.post(address, {"reason": "نه"}).status_code == 404
    visit.refresh_from_db()
    assert (visit.cancelled_at, taken(visit)) == (None, 1)


def test_another_host_lets_nobody_in(client, other_artisan, coppersmith, on_the_day):
    booking = booked_before(on_the_day)
    client.force_login(other_artisan)
    assert client.get(f"/desk/visits/in/{booking.code}/").status_code == 404
    answer = client.post("/en/desk/visits/let-in/", {"code": booking.code})
    assert (answer.status_code, "No booking of your sessions has this code." in answer.content.decode()) == (422, True)
    booking.refresh_from_db()
    assert booking.state == State.CONFIRMED


def booked_before(session) -> Booking:
    clock.set_today(DAY)
    booking = booked(session)
    clock.set_today(session.starts_at.astimezone(clock.TEHRAN).date())
    return booking


def test_a_visitor_and_a_buyer_have_no_such_desk(client, buyer, visit):  # noqa: F811
    assert client.get("/desk/visits/").headers["Location"].startswith("/sign-in/")
    client.force_login(buyer)
    assert client.get("/desk/visits/").headers["Location"] == "/desk/"
    assert client.get(f"/desk/visits/{visit.pk}/").headers["Location"] == "/desk/"


@pytest.mark.parametrize("typed", ["{code}", "{number}", "https://rasteh.example/desk/visits/in/{code}/"])
def test_a_scanned_or_typed_code_lets_in_once(typed, client, artisan, on_the_day):
    booking = booked_before(on_the_day)
    client.force_login(artisan)
    shown = client.get(f"/en/desk/visits/in/{booking.code}/").content.decode()
    assert (booking.number in shown, f'value="{booking.code}"' in shown) == (True, True)
    code = typed.format(code=booking.code, number=booking.number)
    answer = client.post("/en/desk/visits/let-in/", {"code": code})
    assert answer.headers["Location"] == f"/en/desk/visits/{on_the_day.pk}/"
    booking.refresh_from_db()
    assert (booking.state, booking.steps.last().by) == (State.ATTENDED, artisan)
    again = client.post("/en/desk/visits/let-in/", {"code": code})
    assert (again.status_code, "checked in already" in again.content.decode()) == (422, True)


def test_a_host_calls_a_session_off_with_a_reason_and_not_without(client, artisan, visit):  # noqa: F811
    booking = booked(visit)
    client.force_login(artisan)
    assert client.post(f"/desk/visits/{visit.pk}/cancel/", {"reason": ""}).status_code == 422
    booking.refresh_from_db()
    assert booking.state == State.CONFIRMED
    client.post(f"/desk/visits/{visit.pk}/cancel/", {"reason": "سیل آمده است"})
    booking.refresh_from_db()
    assert (booking.state, taken(visit)) == (State.CANCELLED, 0)
    assert "سیل آمده است" in client.get(f"/desk/visits/{visit.pk}/").content.decode()


def test_more_visitors_cost_no_query(client, artisan, visit, django_assert_max_num_queries):  # noqa: F811
    booked(visit)
    client.force_login(artisan)
    address = f"/desk/visits/{visit.pk}/"
    client.get(address)
    with django_assert_max_num_queries(20) as few:
        client.get(address)
    booked(visit)
    booked(visit)
    with django_assert_max_num_queries(len(few)):
        client.get(address)
