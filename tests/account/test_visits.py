"""A visitor's bookings in their own room: to come, past, cancelled; another person's never, a guest's once it was proved."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from marketplace.bookings.models import Booking
from marketplace.bookings.services import cancel, keep_in_room
from marketplace.core import clock
from marketplace.core.clock import TEHRAN
from tests.bookings.visits import GUEST, booked, host, paid_visit, session_of, visit  # noqa: F401
from tests.cast import DAY, PASSWORD
from tests.payments.sandbox import gateway  # noqa: F401

ROOM = "/en/account/visits/"
CLOSE = "/en/account/data/close/"


def numbers(client, which: str = "") -> list[str]:
    page = client.get(ROOM, {"which": which}).context["page"]
    return [booking.number for booking in page.object_list]


@pytest.fixture
def after_it(visit):  # noqa: F811
    """Moves the market's day behind the visit."""

    def move() -> None:
        clock.set_today(visit.ends_at.astimezone(TEHRAN).date() + timedelta(days=1))

    yield move
    clock.set_today(DAY)


def test_a_guest_signs_in_first(client, day):
    assert client.get("/account/visits/").headers["Location"] == "/sign-in/?next=/account/visits/"


def test_bookings_stand_by_whether_they_come_are_over_or_were_cancelled(client, buyer, visit, weaver, after_it):  # noqa: F811
    gone, later = (booked(visit, user=buyer), booked(session_of(weaver, days=20), user=buyer))
    dropped = cancel(booking=booked(session_of(weaver, days=9), user=buyer), by=buyer)
    client.force_login(buyer)
    assert (numbers(client), numbers(client, "past")) == ([gone.number, later.number], [])
    after_it()
    assert (numbers(client), numbers(client, "past")) == ([later.number], [gone.number])
    assert (numbers(client, "cancelled"), numbers(client, "no-such-list")) == ([dropped.number], [later.number])
    assert client.get(ROOM).context["tabs"] == [
        ("coming", "To come", 1),
        ("past", "Past", 1),
        ("cancelled", "Cancelled", 1),
    ]


def test_each_leads_to_its_page_with_qr_cancel_and_no_receipt_of_what_cost_nothing(client, buyer, visit):  # noqa: F811
    booking = booked(visit, user=buyer)
    client.force_login(buyer)
    html = client.get(ROOM).content.decode()
    assert (f'href="/en/visit/booking/{booking.number}/"' in html, "receipt.pdf" in html) == (True, False)
    page = client.get(f"/en/visit/booking/{booking.number}/").content.decode()
    assert ('class="qr"' in page, f"/{booking.number}/cancel/" in page) == (True, True)
    assert client.get(f"/en/visit/booking/{booking.number}/receipt.pdf").status_code == 404


def test_a_paid_booking_has_a_receipt_for_its_owner_alone(client, buyer, stranger, paid_visit, gateway):  # noqa: F811
    client.force_login(buyer)
    typed = {"name": "مینا", "mobile": GUEST["mobile"], "email": "", "party": "2"}
    at = client.post(f"/en/visit/session/{paid_visit.pk}/", typed).headers["Location"]
    client.get(gateway.press(client.post(f"{at}pay/").headers["Location"], "OK"))
    assert f'href="{at}receipt.pdf"' in client.get(ROOM).content.decode()
    for address in (f"{at}receipt.pdf", f"{at}receipt.pdf".removeprefix("/en")):
        paper = client.get(address)
        assert (paper.headers["Content-Type"], paper.content[:5]) == ("application/pdf", b"%PDF-")
    client.force_login(stranger)
    assert client.get(f"{at}receipt.pdf").status_code == 404


@pytest.mark.parametrize("way", ["", "pay/", "cancel/", "keep/", "receipt.pdf"])
def test_another_persons_booking_does_not_exist(way, client, buyer, stranger, visit):  # noqa: F811
    booking = booked(visit, user=buyer)
    client.force_login(stranger)
    address = f"/visit/booking/{booking.number}/{way}"
    answer = client.post(address) if way.endswith("/") else client.get(address)
    booking.refresh_from_db()
    assert (answer.status_code, booking.state, booking.user) == (404, "confirmed", buyer)
    assert numbers(client) == []


def test_a_guests_booking_by_the_same_mail_and_mobile_is_not_shown(client, buyer, visit):  # noqa: F811
    booked(visit, email=buyer.email, mobile=buyer.mobile)
    client.force_login(buyer)
    assert (numbers(client), client.get("/en/account/data/my-data.json").json().get("bookings.Booking")) == ([], None)


def test_a_guests_booking_is_kept_once_number_and_mobile_were_shown(client, buyer, visit):  # noqa: F811
    booking = booked(visit)
    client.force_login(buyer)
    at = f"/en/visit/booking/{booking.number}/"
    assert (client.post(f"{at}keep/").status_code, numbers(client)) == (404, [])
    client.post("/en/visit/booking/", {"number": booking.number, "mobile": GUEST["mobile"]})
    assert f'action="{at}keep/"' in client.get(at).content.decode()
    assert client.post(f"{at}keep/").headers["Location"] == at
    assert numbers(client) == [booking.number]
    assert f'action="{at}keep/"' not in client.get(at).content.decode()


def test_what_stands_in_one_room_goes_into_no_other(buyer, stranger, visit):  # noqa: F811
    booking = booked(visit, user=buyer)
    with pytest.raises(ValidationError) as refused:
        keep_in_room(booking=booking, user=stranger)
    booking.refresh_from_db()
    assert (refused.value.code, booking.user) == ("owned", buyer)


def test_an_account_with_places_booked_stays_open_until_they_are_given_back(client, buyer, visit):  # noqa: F811
    booking = booked(visit, user=buyer)
    client.force_login(buyer)
    page = client.post(CLOSE, {"password": PASSWORD}, follow=True).content.decode()
    buyer.refresh_from_db()
    assert (f"You have places booked: {booking.number}." in page, buyer.is_active) == (True, True)
    cancel(booking=booking, by=buyer)
    client.post(CLOSE, {"password": PASSWORD})
    buyer.refresh_from_db()
    assert (buyer.is_active, Booking.objects.get().name) == (False, "")


def test_the_page_asks_as_much_for_many_bookings_as_for_one(client, buyer, weaver, django_assert_max_num_queries):
    booked(session_of(weaver, days=3), user=buyer)
    client.force_login(buyer)
    client.get(ROOM)
    with django_assert_max_num_queries(12) as few:
        client.get(ROOM)
    for days in range(4, 16):
        booked(session_of(weaver, days=days), user=buyer)
    with django_assert_max_num_queries(len(few)):
        assert len(client.get(ROOM).context["page"].object_list) == 13
