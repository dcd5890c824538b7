"""The demo's visits: published once in both languages with their dates, and marked as made up."""

from cms.models import VisitPage
from cms.services import load_city_stories
from cms.visits.samples import load_visits
from marketplace.bookings.models import Session
from marketplace.demo.accounts import make_accounts
from marketplace.demo.base_data import load_base_data
from marketplace.demo.people import make_makers
from marketplace.makers.models import Maker
from marketplace.partner.models import Partner


def test_samples_are_published_once_with_dates_and_say_that_they_are_made_up(client, db):
    load_base_data()
    make_accounts()
    make_makers()
    load_city_stories()
    for maker in Maker.objects.filter(city__slug="sirjan", seller__isnull=True):
        Partner.objects.create(code=f"seller-{maker.pk}", name=maker.name_en, maker=maker)
    assert (load_visits(), load_visits()) == (4, 0)
    assert set(VisitPage.objects.values_list("is_demo", "maker__is_demo")) == {(True, True)}
    assert set(Session.objects.values_list("is_demo", "title_en")) == {
        (True, "At the kilim loom (sample)"),
        (True, "An hour beside a carpet weaver (sample)"),
    }
    assert set(Session.objects.values_list("price_rial", flat=True)) == {0, 1_500_000}
    for path in ("city/ravar/demo-visit-carpet", "city/sirjan/demo-visit-kilim"):
        assert client.get(f"/{path}/").status_code == 200
        assert "it does not take place" in client.get(f"/en/{path}/").content.decode()


def test_samples_of_cities_without_a_page_are_left_out(db):
    assert (load_visits(), Session.objects.count()) == (0, 0)
