"""A visitor books, pays, finds the booking again and cancels: without a script, in both languages, and nobody else sees it."""

import pytest
from django.test import Client

from marketplace.bookings.models import Booking
from tests.bookings.visits import GUEST, booked, session_of, taken

TYPED = {"name": "مینا کرمانی", "mobile": "۰۹۱۳۱۱۱۰۰۰۲", "email": "mina@example.org", "party": "2"}
State = Booking.State


def test_a_visitor_books_and_is_shown_the_ticket(client, visit):
    page = client.get(f"/visit/session/{visit.pk}/")
    assert (page.status_code, page.context["holiday"]) == (200, "")
    answer = client.post(f"/visit/session/{visit.pk}/", TYPED)
    booking = Booking.objects.get()
    assert answer.headers["Location"] == f"/visit/booking/{booking.number}/"
    assert (booking.name, booking.mobile, booking.party, booking.language) == ("مینا کرمانی", "+989131110002", 2, "fa")
    html = client.get(answer.headers["Location"]).content.decode()
    assert ('class="qr"' in html, booking.number in html, "style=" in html) == (True, True, False)
    assert f"/visit/booking/{booking.number}/cancel/" in html


def test_an_error_keeps_what_was_typed_and_takes_nothing(client, visit):
    answer = client.post(f"/en/visit/session/{visit.pk}/", TYPED | {"mobile": "12"})
    html = answer.content.decode()
    assert (answer.status_code, 'value="mina@example.org"' in html, 'value="2" selected' in html) == (422, True, True)
    assert (taken(visit), Booking.objects.count()) == (0, 0)


def test_places_that_are_gone_meanwhile_are_said_and_what_was_typed_stays(client, visit):
    booked(visit, party=2)
    answer = client.post(f"/en/visit/session/{visit.pk}/", TYPED)
    html = answer.content.decode()
    assert (answer.status_code, "Only one place of this session is free." in html) == (422, True)
    assert 'value="مینا کرمانی"' in html
    assert taken(visit) == 2


def test_a_full_session_has_no_form(client, visit):
    booked(visit, party=3)
    html = client.get(f"/en/visit/session/{visit.pk}/").content.decode()
    assert "Every place of this session is taken." in html
    assert "Book your places" not in html


@pytest.mark.parametrize("way", ["", "pay/", "cancel/"])
def test_a_strangers_booking_is_not_opened_by_its_number(way, visit):
    booking = booked(visit)
    stranger = Client()
    address = f"/en/visit/booking/{booking.number}/{way}"
    answer = stranger.post(address) if way else stranger.get(address)
    assert (answer.status_code, answer.headers.get("Location")) == ((404, None) if way else (302, "/en/visit/booking/"))
    booking.refresh_from_db()
    assert booking.state == State.CONFIRMED


def test_a_guest_finds_a_booking_by_number_and_mobile_only(client, visit):
    booking = booked(visit)
    wrong = client.post("/en/visit/booking/", {"number": booking.number, "mobile": "09131110009"})
    assert (wrong.status_code, client.get(f"/en/visit/booking/{booking.number}/").status_code) == (422, 302)
    right = client.post("/en/visit/booking/", {"number": booking.number.lower(), "mobile": GUEST["mobile"]})
    assert right.headers["Location"] == f"/en/visit/booking/{booking.number}/"
    assert client.get(right.headers["Location"]).status_code == 200


def test_finding_is_throttled(client, visit):
    asked = {"number": "VIS-0000-0000-0000", "mobile": GUEST["mobile"]}
    codes = [client.post("/visit/booking/", asked, REMOTE_ADDR="192.0.2.78").status_code for _ in range(21)]
    assert (codes[:20], codes[20]) == ([422] * 20, 429)


def test_the_owner_sees_and_cancels_a_booking(client, visit, buyer):
    booking = booked(visit, user=buyer)
    client.force_login(buyer)
    assert client.get(f"/visit/booking/{booking.number}/").status_code == 200
    client.post(f"/visit/booking/{booking.number}/cancel/")
    booking.refresh_from_db()
    assert (booking.state, taken(visit)) == (State.CANCELLED, 0)
    html = client.get(f"/en/visit/booking/{booking.number}/").content.decode()
    assert ("This booking is cancelled." in html, 'class="qr"' in html) == (True, False)


def test_too_late_to_cancel_has_no_button(client, weaver, buyer):
    booking = booked(session_of(weaver, days=1, cancel_hours=72), user=buyer)
    client.force_login(buyer)
    assert "/cancel/" not in client.get(f"/visit/booking/{booking.number}/").content.decode()


def test_a_priced_booking_is_paid_and_then_shown_as_a_ticket(client, paid_visit, gateway):
    booked_at = client.post(f"/en/visit/session/{paid_visit.pk}/", TYPED).headers["Location"]
    html = client.get(booked_at).content.decode()
    assert ('class="qr"' in html, "Go to the payment gateway" in html) == (False, True)
    to_gateway = client.post(f"{booked_at}pay/").headers["Location"]
    back = client.get(gateway.press(to_gateway, "OK"))
    assert back.headers["Location"] == booked_at
    html = client.get(booked_at).content.decode()
    assert ('class="qr"' in html, "Confirmed" in html) == (True, True)


def test_who_turns_back_at_the_gateway_may_pay_once_more(client, paid_visit, gateway):
    booked_at = client.post(f"/en/visit/session/{paid_visit.pk}/", TYPED).headers["Location"]
    client.get(gateway.press(client.post(f"{booked_at}pay/").headers["Location"], "NOK"))
    assert "Go to the payment gateway" in client.get(booked_at).content.decode()
    assert taken(paid_visit) == 2
