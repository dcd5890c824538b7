import pytest
from django.contrib.auth.models import Group
from wagtail.models import Collection, Locale, Page, Site

from cms.models import CityIndex, CityPage, HomePage
from cms.tree import ensure_tree
from tests.cast import PASSWORD  # noqa: F401


def trunk():
    return (
        sorted(Locale.objects.values_list("language_code", flat=True)),
        sorted(HomePage.objects.values_list("slug", flat=True)),
        Page.objects.count(),
        Collection.objects.count(),
    )


def test_migrating_makes_languages_root_homes_and_site(db):
    assert trunk() == (["en", "fa"], ["rasteh-en", "rasteh-fa"], 5, 1)
    site = Site.objects.get(is_default_site=True)
    assert site.root_page.specific == HomePage.objects.get(locale__language_code="fa")
    assert HomePage.objects.values("translation_key").distinct().count() == 1


def test_repeating_changes_nothing(db):
    before = trunk()
    ensure_tree()
    assert trunk() == before


def test_a_tree_without_anything_is_made_anew(db):
    Site.objects.all().delete()
    Page.objects.all().delete()
    Collection.objects.all().delete()
    ensure_tree()
    assert trunk() == (["en", "fa"], ["rasteh-en", "rasteh-fa"], 5, 1)


@pytest.fixture
def editor(buyer):
    buyer.groups.add(Group.objects.get(name="Editors"))
    return buyer


def test_a_city_editor_opens_the_editor_and_may_publish(client, editor, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    client.force_login(editor)
    home = HomePage.objects.get(locale__language_code="fa")
    assert client.get("/cms/").status_code == 200
    assert home.permissions_for_user(editor).can_add_subpage()
    assert home.permissions_for_user(editor).can_publish_subpage()


def test_a_buyer_does_not_open_the_editor(client, buyer, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    client.force_login(buyer)
    assert client.get("/cms/").status_code == 302


def test_a_city_page_of_an_older_tree_moves_below_the_cities(sirjan, client):
    home = HomePage.objects.get(locale__language_code="fa")
    page = home.add_child(
        instance=CityPage(title="سیرجان", slug="sirjan", lead="گلیم", city=sirjan, locale=home.locale)
    )
    assert page.get_url() == "/sirjan/"
    ensure_tree()
    moved = CityPage.objects.get(pk=page.pk)
    assert moved.get_parent().specific_class is CityIndex
    assert moved.get_url() == "/city/sirjan/"


@pytest.mark.parametrize(("path", "goes_to"), [("/city/", "/cities/"), ("/en/city/", "/en/cities/")])
def test_the_place_of_the_cities_leads_to_their_list(client, db, path, goes_to):
    response = client.get(path)
    assert (response.status_code, response.headers["Location"]) == (302, goes_to)
