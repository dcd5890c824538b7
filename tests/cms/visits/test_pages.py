"""A visit: its dates come from the plan of its week, both languages share them, and free places are right although the page is kept."""

from datetime import time

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import Locale

from cms.models import VisitPage, VisitTime
from cms.services import publish_city_story
from cms.visits.plan import make_sessions
from marketplace.bookings.models import Session
from marketplace.bookings.services import cancel, cancel_session
from marketplace.core import clock
from marketplace.core.clock import TEHRAN
from tests.bookings.visits import booked
from tests.cast import DAY

FRIDAY, THURSDAY = "4", "3"


def page_of(maker, language="en", **more) -> VisitPage:
    """A visit each Friday at ten, published below the city's page; `more` overrides its facts."""
    locale = Locale.objects.get(language_code=language)
    facts = {"title": "At the loom", "slug": "at-the-loom", "lead": "See a kilim grow.", "meeting": "At the blue door"}
    page = VisitPage(**(facts | {"maker": maker, "languages": ["fa", "en"], "locale": locale} | more))
    page.times = [VisitTime(weekday=FRIDAY, starts=time(10), places=4)]
    publish_city_story(maker.city, language, {"lead": "Kilims"}).add_child(instance=page)
    page.save_revision().publish()
    return page


@pytest.fixture
def loom(weaver) -> VisitPage:
    return page_of(weaver)


def starts() -> list[str]:
    return [f"{one.starts_at.astimezone(TEHRAN):%m-%d %H:%M}" for one in Session.objects.order_by("starts_at")]


def test_publishing_makes_the_dates_of_four_weeks(loom):
    assert starts() == ["11-27 10:00", "12-04 10:00", "12-11 10:00", "12-18 10:00"]
    first = Session.objects.first()
    assert first is not None
    assert (first.title_en, first.places, first.maker, first.languages) == ("At the loom", 4, loom.maker, ["fa", "en"])


def test_the_worker_adds_a_week_later_one_date_and_nothing_twice(loom):
    assert make_sessions() == 0
    clock.set_today(DAY.replace(day=29))
    try:
        assert make_sessions() == 1
    finally:
        clock.set_today(DAY)
    assert starts()[-1] == "12-25 10:00"


def test_a_date_that_was_called_off_is_not_made_again(loom):
    cancel_session(session=Session.objects.earliest("starts_at"), reason="Flood")
    assert make_sessions() == 0
    assert Session.objects.count() == 4


def test_a_draft_makes_no_date(loom):
    loom.unpublish()
    Session.objects.all().delete()
    assert (make_sessions(), Session.objects.count()) == (0, 0)


def test_both_languages_share_the_dates(loom, client, sirjan):
    parent = publish_city_story(sirjan, "fa", {"lead": "گلیم"})
    persian = loom.copy_for_translation(parent.locale)
    persian.title = "پای دار"
    persian.save_revision().publish()
    assert Session.objects.count() == 4
    booked(Session.objects.earliest("starts_at"), party=3)
    assert "1 place free" in client.get(loom.get_url()).content.decode()
    html = client.get(persian.get_url()).content.decode()
    assert ("۱ " in html, "جمعه" in html, 'dir="rtl"' in html) == (True, True, True)


def test_a_page_shows_free_places_facts_and_the_way_to_book(loom, client):
    html = client.get(loom.get_url()).content.decode()
    first = Session.objects.earliest("starts_at")
    assert f'href="/en/visit/session/{first.pk}/"' in html
    for words in ("4 places free", "At the blue door", "Persian, English", "free of charge", "1 h 30 min", "Friday"):
        assert words in html
    assert "style=" not in html
    assert client.get(f"/en/visit/session/{first.pk}/").context["page"].pk == loom.pk


def test_a_holiday_is_said(weaver, client):
    clock.set_today(DAY.replace(year=2027, month=3, day=14))
    try:
        page = page_of(weaver, slug="nowruz")
        html = client.get(page.get_url()).content.decode()
    finally:
        clock.set_today(DAY)
    assert html.count("Official holiday") >= 1


def test_a_kept_page_is_old_once_a_place_is_taken_or_free_again(loom, client, django_capture_on_commit_callbacks):
    session = Session.objects.earliest("starts_at")
    assert client.get(loom.get_url()).content.decode().count("4 places free") == 4
    with django_capture_on_commit_callbacks(execute=True):
        booking = booked(session, party=2)
    assert "2 places free" in client.get(loom.get_url()).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        cancel(booking=booking)
    assert client.get(loom.get_url()).content.decode().count("4 places free") == 4


def test_a_citys_page_lists_the_visit_with_its_next_free_date(loom, client):
    city = loom.get_parent().get_url()
    html = client.get(city).content.decode()
    assert ("Visits you can book" in html, "At the loom" in html, "4 places free" in html) == (True, True, True)
    first, second = Session.objects.order_by("starts_at")[:2]
    booked(first, party=4)
    page = client.get(city + "?again")
    workshops = next(one for one in page.context["after"] if one.slug == "workshops")
    assert [(visit.pk, free) for visit, free in workshops.items["visits"]] == [(loom.pk, second)]
    assert "more" not in {one.slug for one in page.context["after"]}


def test_more_visits_cost_no_query(loom, weaver, client, django_assert_max_num_queries):
    city = loom.get_parent().get_url() + "?again"
    client.get(city)
    with django_assert_max_num_queries(15) as few:
        client.get(city)
    parent = loom.get_parent()
    other = VisitPage(
        title="Dyes", slug="dyes", lead="x", meeting="x", maker=weaver, languages=["fa"], locale=loom.locale
    )
    parent.add_child(instance=other)
    with django_assert_max_num_queries(len(few)):
        client.get(city)


def test_more_dates_cost_no_query(loom, client, django_assert_max_num_queries):
    address = loom.get_url() + "?again"
    client.get(address)
    with django_assert_max_num_queries(20) as few:
        client.get(address)
    Session.objects.order_by("starts_at").first().delete()
    with django_assert_max_num_queries(len(few)):
        client.get(address)


def test_a_price_needs_a_host_who_sells(loom, host):
    loom.price_rial = 500_000
    loom.clean()
    host.delete()
    loom.maker = type(loom.maker).objects.get(pk=loom.maker_id)
    with pytest.raises(ValidationError) as refusal:
        loom.clean()
    assert refusal.value.code == "no_seller"


def test_a_block_shows_the_visit_with_its_next_free_place(loom, client):
    parent = loom.get_parent().specific
    parent.body = [("visit", {"visit": loom})]
    parent.save_revision().publish()
    html = client.get(parent.get_url()).content.decode()
    assert '<div class="live"><article class="tile"><h4><a href="/en/city/sirjan/at-the-loom/">' in html
    loom.unpublish()
    assert '<div class="live">' not in client.get(parent.get_url() + "?again").content.decode()
