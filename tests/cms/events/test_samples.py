"""The demo's events: published once in both languages, to come, and marked as made up."""

from cms.events.samples import load_events
from cms.models import CoursePage, EventPage
from cms.services import load_city_stories
from marketplace.demo.accounts import make_accounts
from marketplace.demo.base_data import load_base_data
from marketplace.demo.people import make_makers


def test_samples_are_published_once_in_both_languages_and_say_that_they_are_made_up(client, db):
    load_base_data()
    make_accounts()
    make_makers()
    load_city_stories()
    assert (load_events(), load_events()) == (6, 0)
    pages = [*EventPage.objects.all(), *CoursePage.objects.all()]
    assert {page.is_demo and not page.is_over for page in pages} == {True}
    assert len({page.translation_key for page in pages}) == 3
    for path in ("city/ravar/demo-open-loom-day", "city/sirjan/demo-kilim-course", "city/sirjan/events"):
        assert client.get(f"/{path}/").status_code == 200
        assert client.get(f"/en/{path}/").status_code == 200
    assert "It does not take place." in client.get("/en/city/sirjan/demo-kilim-market/").content.decode()


def test_samples_of_cities_without_a_page_are_left_out(db):
    assert load_events() == 0
