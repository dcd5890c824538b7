"""A manager's floor: the plan, leases and rent of own venues alone; a tenant sees the own stall alone."""

from datetime import date, timedelta

import pytest

from marketplace.core.clock import set_today
from marketplace.desks.floor import State, floor_of
from marketplace.rents.models import Rent
from marketplace.rents.services import charge_every
from marketplace.stalls.models import Lease, Stall
from marketplace.stalls.services import put_stall
from tests.stalls.floor import FIRST, LAST, RENT, lease, next_stall, stall, stall_at  # noqa: F401

AGREED = {
    "starts_on": "۱۴۰۵/۹/۱",
    "agreed_until": "۱۴۰۶/۸/۳۰",
    "rent_rial": "۳٬۰۰۰٬۰۰۰",
    "due_day": "۵",
}


@pytest.fixture
def at_desk(client, manager, bazaar):
    client.force_login(manager)
    return client


@pytest.fixture
def tenant_of_another(next_stall, lease, free_shop, other_artisan):  # noqa: F811
    """The manager of another venue."""
    free_shop.managers.add(other_artisan)
    return other_artisan


def test_the_plan_names_every_stall_and_its_state(at_desk, lease, next_stall):  # noqa: F811
    html = at_desk.get("/en/desk/venues/qaleh-mahmoud/stalls/").content.decode()
    assert 'aria-label="Stall 1: Let, Kilim workshop"' in html
    assert 'aria-label="Stall 2: Free"' in html
    assert "6 m²" in html


def test_an_empty_plan_says_what_to_do(at_desk):
    assert "No stall is on the plan yet" in at_desk.get("/en/desk/venues/qaleh-mahmoud/stalls/").content.decode()


@pytest.mark.parametrize(
    ("on", "state"),
    [
        (FIRST, State.LET),
        (FIRST + timedelta(days=4), State.LET),
        (FIRST + timedelta(days=5), State.LATE),
    ],
)
def test_rent_is_late_the_day_after_it_was_due(lease, on, state):  # noqa: F811
    place = floor_of(lease.stall.venue, on=on).places[0]
    assert (place.state, place.owed_rial) == (state, RENT if state == State.LATE else 0)


@pytest.mark.parametrize(
    ("on", "state"),
    [
        (LAST - timedelta(days=61), State.LET),
        (LAST - timedelta(days=60), State.ENDING),
        (LAST, State.ENDING),
        (LAST + timedelta(days=1), State.FREE),
    ],
)
def test_a_lease_that_ends_within_sixty_days_is_told_apart(lease, on, state):  # noqa: F811
    Rent.objects.update(amount_rial=0)
    assert floor_of(lease.stall.venue, on=on).places[0].state == state


def test_the_first_stall_of_the_entrance_is_drawn_below_on_the_right(stall, next_stall, bazaar):  # noqa: F811
    put_stall(stall_at(bazaar, "3", front=200, depth=100))
    floor = floor_of(bazaar, on=FIRST)
    assert [(place.x, place.y) for place in floor.places] == [(360, 160), (60, 160), (360, 60)]
    assert (floor.width, floor.height) == (720, 420)


def test_a_stall_is_put_on_the_plan_in_persian_digits(at_desk):
    told = {"number": "۷", "from_right_cm": "۰", "from_front_cm": "۱۰۰", "width_cm": "۳۰۰", "depth_cm": "۲۵۰"}
    assert at_desk.post("/desk/venues/qaleh-mahmoud/stalls/new/", told).status_code == 302
    assert list(Stall.objects.values_list("number", "from_front_cm", "depth_cm")) == [("۷", 100, 250)]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"number": "1", "from_right_cm": "900"}, "Another stall has this number."),
        ({"from_right_cm": "100"}, "Stall 1 stands there already."),
        ({"width_cm": "10"}, "greater than or equal to 50"),
    ],
)
def test_a_stall_that_cannot_stand_there_keeps_what_was_typed(at_desk, stall, change, sentence):  # noqa: F811
    told = {"number": "9", "from_right_cm": "300", "from_front_cm": "0", "width_cm": "300", "depth_cm": "250"} | change
    answer = at_desk.post("/en/desk/venues/qaleh-mahmoud/stalls/new/", told)
    assert (answer.status_code, sentence in answer.content.decode()) == (422, True)
    assert f'value="{told["from_right_cm"]}"' in answer.content.decode()
    assert Stall.objects.count() == 1


def test_a_stall_is_let_in_two_steps(at_desk, stall, weaver, kilim_craft, manager):  # noqa: F811
    address = f"/en/desk/venues/qaleh-mahmoud/stalls/{stall.pk}/let/"
    assert "Kilim workshop" in at_desk.get(address, {"tenant": "۰۹۱۳۱۱۱۰۰۰۱"}).content.decode()
    answer = at_desk.post(f"{address}?tenant=artisan@example.org", AGREED | {"crafts": [kilim_craft.pk]})
    made = Lease.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/en/desk/leases/{made.pk}/")
    assert (made.tenant, made.starts_on, made.last_on, made.rent_rial) == (weaver, FIRST, LAST, RENT)
    assert (list(made.crafts.all()), made.let_by) == ([kilim_craft], manager)
    assert "Azar 1405" in at_desk.get(answer["Location"]).content.decode()


def test_an_unknown_workshop_is_said_to_be_unknown(at_desk, stall):  # noqa: F811
    answer = at_desk.get(f"/en/desk/venues/qaleh-mahmoud/stalls/{stall.pk}/let/", {"tenant": "x@example.org"})
    assert (answer.status_code, "No workshop has an account" in answer.content.decode()) == (422, True)


def test_a_craft_that_is_not_the_workshops_is_refused(at_desk, stall, weaver, copper_craft):  # noqa: F811
    address = f"/en/desk/venues/qaleh-mahmoud/stalls/{stall.pk}/let/?tenant=artisan@example.org"
    answer = at_desk.post(address, AGREED | {"crafts": [copper_craft.pk]})
    assert (answer.status_code, Lease.objects.count()) == (422, 0)


def test_a_let_stall_is_refused_with_the_tenants_name(at_desk, lease, kilim_craft):  # noqa: F811
    address = f"/en/desk/venues/qaleh-mahmoud/stalls/{lease.stall_id}/let/?tenant=artisan@example.org"
    answer = at_desk.post(address, AGREED | {"crafts": [kilim_craft.pk]})
    assert (answer.status_code, Lease.objects.count()) == (422, 1)
    assert "Stall 1 is let to Kilim workshop in these days." in answer.content.decode()


def test_rent_is_recorded_and_taken_back(at_desk, lease, manager):  # noqa: F811
    rent = Rent.objects.get()
    address = f"/en/desk/leases/{lease.pk}/rents/{rent.pk}"
    assert at_desk.post(f"{address}/paid/", {"way": "card", "paid_on": "۱۴۰۵/۹/۱", "note": "12"}).status_code == 302
    rent.refresh_from_db()
    assert (rent.paid_on, rent.way, rent.note, rent.recorded_by) == (FIRST, "card", "12", manager)
    again = at_desk.post(f"{address}/paid/", {"way": "cash", "paid_on": "۱۴۰۵/۹/۱"})
    assert (again.status_code, "This month is paid already." in again.content.decode()) == (422, True)
    at_desk.post(f"{address}/not-paid/")
    rent.refresh_from_db()
    assert rent.paid_on is None


def test_a_wrong_payment_keeps_what_was_typed(at_desk, lease):  # noqa: F811
    rent = Rent.objects.get()
    told = {"way": "bank", "paid_on": "۱۴۰۵/۹/۲", "note": "رسید ۷"}
    answer = at_desk.post(f"/en/desk/leases/{lease.pk}/rents/{rent.pk}/paid/", told)
    html = answer.content.decode()
    assert (answer.status_code, "Record a payment on its day or after." in html, "رسید ۷" in html) == (422, True, True)
    assert Rent.objects.get().paid_on is None


def test_a_lease_is_ended_with_a_reason(at_desk, lease):  # noqa: F811
    address = f"/en/desk/leases/{lease.pk}/end/"
    answer = at_desk.post(address, {"last_on": "۱۴۰۵/۹/۱۵", "because": "  "})
    assert (answer.status_code, Lease.objects.get().last_on) == (422, LAST)
    assert at_desk.post(address, {"last_on": "۱۴۰۵/۹/۱۵", "because": "خواست مستأجر"}).status_code == 302
    assert (Lease.objects.get().last_on, Rent.objects.get().amount_rial) == (date(2026, 12, 6), RENT // 2)


def every_address(one: Lease) -> list[str]:
    rent, venue = one.rents.get(), f"/desk/venues/{one.stall.venue.slug}/stalls/"
    stall_page = f"{venue}{one.stall_id}/"
    held = f"/desk/leases/{one.pk}/"
    pages = [venue, f"{venue}new/", stall_page, f"{stall_page}edit/", f"{stall_page}let/", held, f"{held}end/"]
    return [*pages, f"{held}rents/{rent.pk}/paid/", f"{held}rents/{rent.pk}/not-paid/"]


@pytest.mark.parametrize("who", ["tenant_of_another", "artisan", "buyer"])
def test_another_venues_floor_does_not_exist(who, client, lease, tenant_of_another, request):  # noqa: F811
    client.force_login(request.getfixturevalue(who))
    told = AGREED | {"number": "5", "last_on": "۱۴۰۵/۹/۲", "because": "x", "way": "cash", "paid_on": "۱۴۰۵/۹/۱"}
    before = [list(model.objects.order_by("pk").values()) for model in (Stall, Lease, Rent)]
    for address in every_address(lease):
        assert client.get(address).status_code in (404, 405), address
        assert client.post(address, told).status_code in (404, 405), address
    assert [list(model.objects.order_by("pk").values()) for model in (Stall, Lease, Rent)] == before


def test_a_strangers_rent_under_an_own_lease_does_not_exist(at_desk, lease, next_stall, coppersmith, kilim_craft):  # noqa: F811
    other = Lease.objects.create(
        stall=next_stall, tenant=coppersmith, starts_on=FIRST, agreed_until=LAST, last_on=LAST, rent_rial=RENT
    )
    charge_every()
    address = f"/desk/leases/{lease.pk}/rents/{other.rents.get().pk}/paid/"
    assert at_desk.post(address, {"way": "cash", "paid_on": "۱۴۰۵/۹/۱"}).status_code == 404
    assert other.rents.get().paid_on is None


def test_a_tenant_sees_the_own_stall_alone(client, artisan, lease, next_stall, coppersmith, copper_craft):  # noqa: F811
    Lease.objects.create(
        stall=next_stall, tenant=coppersmith, starts_on=FIRST, agreed_until=LAST, last_on=LAST, rent_rial=RENT
    )
    client.force_login(artisan)
    html = client.get("/en/desk/my-stalls/").content.decode()
    assert ("Stall 1 of Qaleh Mahmoud bazaar" in html, "Stall 2" in html, "Azar 1405" in html) == (True, False, True)
    set_today(FIRST + timedelta(days=5))
    assert "30,000,000" not in html
    assert "late" in client.get("/en/desk/my-stalls/").content.decode()


def test_the_plan_costs_the_same_for_two_stalls_and_for_many(at_desk, bazaar, django_assert_num_queries):
    put_stall(stall_at(bazaar, "1"))
    address = "/desk/venues/qaleh-mahmoud/stalls/"
    at_desk.get(address)
    with django_assert_num_queries(11):
        at_desk.get(address)
    for number in range(30):
        put_stall(stall_at(bazaar, str(10 + number), right=300 * number, front=400))
    with django_assert_num_queries(11):
        at_desk.get(address)
