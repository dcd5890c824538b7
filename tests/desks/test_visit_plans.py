"""A host's own week, dates and changes at the desk; another host's do not exist, and what was typed wrong is not lost."""

import pytest
from django.urls import reverse

from marketplace.bookings.models import HostPlan, Session
from tests.bookings.visits import booked, host  # noqa: F401
from tests.cms.visits.test_pages import loom, page_of  # noqa: F401

FORM = {"times-TOTAL_FORMS": "3", "times-INITIAL_FORMS": "1"}
WEEK = FORM | {
    "price_rial": "۰",
    "languages": ["fa"],
    "times-0-weekday": "4",
    "times-0-starts": "۱۰:۰۰",
    "times-0-places": "۶",
    "times-1-weekday": "3",
    "times-1-starts": "16:30",
    "times-1-places": "2",
}


@pytest.fixture
def at_loom(client, artisan, loom):  # noqa: F811
    client.force_login(artisan)
    return client


def plan_of(page, way: str = "") -> str:
    return f"/en/desk/visits/plan/{page.translation_key}/{way}"


def first() -> Session:
    return Session.objects.earliest("starts_at")


def test_the_desk_shows_the_plan_and_the_way_to_change_it(at_loom, loom):  # noqa: F811
    html = at_loom.get("/en/desk/visits/").content.decode()
    assert ("At the loom" in html, "Friday · 10:00 · 4 places" in html) == (True, True)
    assert (plan_of(loom) in html, plan_of(loom, "date/") in html) == (True, True)


def test_a_plan_is_changed_and_the_readers_page_says_so(at_loom, loom, client):  # noqa: F811
    booked(first())
    shown = at_loom.get(plan_of(loom)).content.decode()
    assert ('value="10:00"' in shown, 'value="4" selected' in shown) == (True, True)
    assert at_loom.post(plan_of(loom), WEEK).headers["Location"] == "/en/desk/visits/"
    assert sorted(Session.objects.values_list("places", flat=True)) == [2, 2, 2, 2, 6, 6, 6, 6]
    assert [one.languages for one in Session.objects.filter(taken=0)] == [["fa"]] * 7
    assert "English" not in client.get(loom.get_url()).content.decode().partition('id="know"')[2].partition("</dl>")[0]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"times-2-weekday": "1"}, "Fill the whole row, or leave it empty."),
        ({"times-1-starts": "25:00"}, "Write the hour as hour:minutes"),
        ({"times-1-weekday": "4", "times-1-starts": "10:00"}, "stands in your plan twice"),
        ({"languages": []}, "This field is required."),
        ({"price_rial": "50"}, "needs a host who sells"),
        ({"times-0-places": "0"}, "greater than or equal to 1"),
        ({"price_rial": ""}, "This field is required."),
    ],
)
def test_a_plan_typed_wrong_changes_nothing_and_keeps_what_was_typed(at_loom, loom, change, said):  # noqa: F811
    before = list(Session.objects.order_by("pk").values())
    answer = at_loom.post(plan_of(loom), WEEK | change)
    html = answer.content.decode()
    assert (answer.status_code, said in html, 'value="16:30"' in html or "25:00" in html or "10:00" in html) == (
        422,
        True,
        True,
    )
    assert (list(Session.objects.order_by("pk").values()), HostPlan.objects.count()) == (before, 0)


def test_a_plan_sent_empty_is_refused(at_loom, loom):  # noqa: F811
    assert at_loom.post(plan_of(loom), {}).status_code == 422
    assert (Session.objects.count(), HostPlan.objects.count()) == (4, 0)


def test_a_date_is_added_in_jalali(at_loom, loom):  # noqa: F811
    typed = {"day": "۱۴۰۵/۹/۴", "hour": "۱۶:۳۰", "places": "۸"}
    made_at = at_loom.post(plan_of(loom, "date/"), typed).headers["Location"]
    made = Session.objects.get(single=True)
    assert (made_at, made.places) == (f"/en/desk/visits/{made.pk}/", 8)
    assert made.starts_at.isoformat() == "2026-11-25T13:00:00+00:00"
    again = at_loom.post(plan_of(loom, "date/"), typed)
    assert (again.status_code, "You receive visitors at this hour already." in again.content.decode()) == (422, True)
    assert ('value="۱۴۰۵/۹/۴"' in again.content.decode(), Session.objects.count()) == (True, 5)


def test_an_empty_or_late_date_is_refused(at_loom, loom):  # noqa: F811
    for typed in ({}, {"day": "1400/1/1", "hour": "10:00", "places": "4"}):
        assert at_loom.post(plan_of(loom, "date/"), typed).status_code == 422
    assert Session.objects.count() == 4


def test_a_date_with_visitors_gets_more_places_and_nothing_else(at_loom):
    booking = booked(first(), party=2)
    address = f"/en/desk/visits/{booking.session_id}/change/"
    assert "disabled" in at_loom.get(address).content.decode()
    at_loom.post(address, {"places": "9", "price_rial": "77", "languages": ["en"], "taken": "0"})
    assert (first().places, int(first().price_rial), first().languages, first().taken) == (9, 0, ["fa", "en"], 2)
    fewer = at_loom.post(address, {"places": "1"})
    assert (fewer.status_code, "places can be added, not taken away" in fewer.content.decode()) == (422, True)
    assert first().places == 9


@pytest.mark.parametrize("way", ["", "date/"])
def test_another_hosts_plan_does_not_exist(way, client, other_artisan, coppersmith, loom):  # noqa: F811
    client.force_login(other_artisan)
    before = list(Session.objects.order_by("pk").values())
    typed = WEEK | {"day": "1405/9/4", "hour": "16:30", "places": "8", "maker": coppersmith.pk}
    codes = [client.get(plan_of(loom, way)).status_code, client.post(plan_of(loom, way), typed).status_code]
    assert (codes, list(Session.objects.order_by("pk").values())) == ([404, 404], before)
    assert HostPlan.objects.count() == 0


def test_another_hosts_date_and_a_date_of_an_event_are_not_changed(client, artisan, other_artisan, coppersmith, loom):  # noqa: F811
    address, typed = (
        reverse("desks:visit-change", args=[first().pk]),
        {"places": "9", "price_rial": "0", "languages": "fa"},
    )
    client.force_login(other_artisan)
    assert (client.get(address).status_code, client.post(address, typed).status_code) == (404, 404)
    Session.objects.update(kind=Session.Kind.EVENT)
    client.force_login(artisan)
    assert (client.post(address, typed).status_code, first().places) == (404, 4)


def test_a_page_that_readers_do_not_see_has_no_plan(at_loom, loom):  # noqa: F811
    loom.unpublish()
    assert at_loom.get(plan_of(loom)).status_code == 404


def test_editors_see_the_dates_that_were_made(client, loom, admin_user, settings):  # noqa: F811
    settings.SECOND_FACTOR_REQUIRED = False
    booked(first(), party=3)
    client.force_login(admin_user)
    html = client.get(reverse("wagtailadmin_pages:edit", args=[loom.pk])).content.decode()
    assert ("Dates that were made" in html or "نوبت‌هایی که ساخته شده‌اند" in html) is True
    assert "3 of 4" in html or "۳ از ۴" in html


def test_more_visits_cost_no_query(at_loom, loom, weaver, django_assert_max_num_queries):  # noqa: F811
    at_loom.get("/en/desk/visits/")
    with django_assert_max_num_queries(20) as few:
        at_loom.get("/en/desk/visits/")
    page_of(weaver, slug="dye", title="In the dye house")
    with django_assert_max_num_queries(len(few)):
        assert len(at_loom.get("/en/desk/visits/").context["plans"]) == 2
