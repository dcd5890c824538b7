from cms.models import FormPage
from cms.samples import load_pages
from cms.services import load_city_stories
from marketplace.demo.accounts import make_accounts
from marketplace.demo.base_data import load_base_data
from marketplace.demo.people import make_makers
from marketplace.demo.places import make_venues


def test_pages_that_came_along_are_published_once_in_both_languages(client, db):
    load_base_data()
    make_accounts()
    make_makers()
    make_venues()
    load_city_stories()
    assert (load_pages(), load_pages()) == (14, 0)
    persian, english = FormPage.objects.order_by("locale__language_code").reverse()
    assert persian.translation_key == english.translation_key
    for path in ("city/kerman/what-the-minutes-ask", "city/kerman/propose-a-master", "kilim-weaving", "qaleh-mahmoud"):
        assert client.get(f"/{path}/").status_code == 200
        assert client.get(f"/en/{path}/").status_code == 200


def test_pages_of_what_the_market_does_not_know_are_left_out(db):
    assert load_pages() == 2
