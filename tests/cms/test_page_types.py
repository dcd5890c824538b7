"""Each type of page: where it may stand, how it is previewed, and that it is read in both languages."""

from datetime import date, time

import pytest
from django.test import Client
from django.utils.translation import override
from wagtail.models import Locale

from cms.models import (
    ArticlePage,
    BazaarPage,
    CityIndex,
    CityPage,
    CoursePage,
    CraftPage,
    EventPage,
    FormField,
    FormPage,
    HomePage,
    NewsPage,
    PlainPage,
    RoutePage,
    StoryPage,
    VisitPage,
)
from cms.services import publish_city_story
from cms.sitemap import tree_pages
from marketplace.found.sitemaps import _other_pages

#: Type → (parents, children), by model name.
TREE = {
    HomePage: ({"page"}, {"cityindex", "craftpage", "bazaarpage", "plainpage", "formpage"}),
    CityIndex: ({"homepage"}, {"citypage"}),
    CityPage: (
        {"cityindex"},
        {"storypage", "articlepage", "newspage", "formpage", "routepage", "eventpage", "coursepage", "visitpage"},
    ),
    StoryPage: ({"citypage"}, set()),
    ArticlePage: ({"citypage", "craftpage"}, set()),
    NewsPage: ({"citypage"}, set()),
    RoutePage: ({"citypage"}, set()),
    EventPage: ({"citypage"}, set()),
    CoursePage: ({"citypage"}, set()),
    VisitPage: ({"citypage"}, set()),
    FormPage: ({"citypage", "homepage"}, set()),
    CraftPage: ({"homepage"}, {"articlepage"}),
    BazaarPage: ({"homepage"}, set()),
    PlainPage: ({"homepage", "plainpage"}, {"plainpage"}),
}


def names(models) -> set[str]:
    return {model._meta.model_name for model in models}


@pytest.mark.parametrize("kind", TREE)
def test_a_page_stands_only_where_the_tree_lets_it(kind):
    parents, children = TREE[kind]
    assert names(kind.allowed_parent_page_models()) == parents
    assert names(kind.allowed_subpage_models()) == children


WORDS = {"title": "A page", "slug": "a-page", "lead": "Words that stand first."}


@pytest.fixture
def places(sirjan, kilim_craft, bazaar, weaver):
    """What a page of each type needs beside its words."""
    when = {"starts_on": date(2026, 12, 1), "ends_on": date(2026, 12, 31), "place": "The old bazaar"}
    lesson = {"weekday": "5", "starts": time(16), "ends": time(18)}
    return {
        CraftPage: {"craft": kilim_craft},
        BazaarPage: {"venue": bazaar},
        FormPage: {"thanks": "Thank you."},
        EventPage: when,
        VisitPage: {"maker": weaver, "meeting": "At the gate", "languages": ["fa"]},
        CoursePage: when | {"craft": kilim_craft, "lessons": [("lesson", lesson)]},
    }


def parent_of(kind, language, sirjan):
    if "cms.CityPage" in kind.parent_page_types:
        return publish_city_story(sirjan, language, {"lead": "Kilims"})
    return HomePage.objects.get(locale__language_code=language)


BELOW = [
    FormPage,
    StoryPage,
    ArticlePage,
    NewsPage,
    RoutePage,
    EventPage,
    CoursePage,
    VisitPage,
    CraftPage,
    BazaarPage,
    PlainPage,
]


@pytest.mark.parametrize("language", ["fa", "en"])
@pytest.mark.parametrize("kind", BELOW)
def test_a_page_is_read_in_its_language_and_strictly(kind, language, client, sirjan, places):
    parent = parent_of(kind, language, sirjan)
    page = kind(**WORDS, **places.get(kind, {}), locale=Locale.objects.get(language_code=language))
    parent.add_child(instance=page)
    response = client.get(page.get_url())
    html = response.content.decode()
    assert page.get_url().startswith("/en/") is (language == "en")
    assert (response.status_code, f'lang="{language}"' in html, WORDS["lead"] in html) == (200, True, True)
    assert "unsafe-inline" not in response.headers["Content-Security-Policy"]


@pytest.mark.parametrize("kind", BELOW)
def test_a_draft_is_previewed_in_its_own_language(kind, sirjan, places):
    parent = parent_of(kind, "en", sirjan)
    page = parent.add_child(instance=kind(**WORDS, **places.get(kind, {}), locale=parent.locale, live=False))
    page.lead = "Not yet read by anybody."
    with override("fa"):
        html = page.make_preview_request().content.decode()
    assert "Not yet read by anybody." in html
    assert "Preview: readers do not see this yet." in html
    assert 'lang="en"' in html


def test_a_page_leads_to_its_translation_and_without_one_to_the_cities(client, sirjan):
    persian, english = (publish_city_story(sirjan, language, {"lead": "x"}) for language in ("fa", "en"))
    first = persian.add_child(instance=NewsPage(**WORDS | {"slug": "khabar"}, locale=persian.locale))
    assert first.addresses() == {"fa": "/city/sirjan/khabar/", "en": "/en/cities/"}
    second = first.copy_for_translation(english.locale)
    second.slug = "news"
    second.save_revision().publish()
    assert first.addresses() == {"fa": "/city/sirjan/khabar/", "en": "/en/city/sirjan/news/"}
    assert 'href="/en/city/sirjan/news/"' in client.get("/city/sirjan/khabar/").content.decode()


@pytest.mark.parametrize("kind", BELOW)
def test_a_page_is_opened_in_the_editor(kind, client, buyer, settings, sirjan, places):
    settings.SECOND_FACTOR_REQUIRED = False
    buyer.is_superuser = buyer.is_staff = True
    buyer.save()
    client.force_login(buyer)
    parent = parent_of(kind, "fa", sirjan)
    page = parent.add_child(instance=kind(**WORDS, **places.get(kind, {}), locale=parent.locale))
    response = client.get(f"/cms/pages/{page.pk}/edit/")
    assert (response.status_code, WORDS["lead"] in response.content.decode()) == (200, True)


@pytest.fixture
def call_form(sirjan):
    """A form with a name and an address, below a city."""
    city = publish_city_story(sirjan, "en", {"lead": "Kilims"})
    page = FormPage(title="Apply", slug="apply", lead="For a booth.", thanks="We have it.", locale=city.locale)
    page.form_fields = [
        FormField(label="Name", field_type="singleline", required=True, sort_order=1),
        FormField(label="Mail", field_type="email", required=True, sort_order=2),
    ]
    return city.add_child(instance=page)


def test_what_is_sent_by_a_form_is_kept_and_thanked_for(client, call_form):
    response = client.post(call_form.get_url(), {"name": "Weaver", "mail": "weaver@example.org"})
    assert (response.status_code, "We have it." in response.content.decode()) == (200, True)
    (kept,) = call_form.get_submissions()
    assert kept.form_data == {"name": "Weaver", "mail": "weaver@example.org"}
    assert "unsafe-inline" not in response.headers["Content-Security-Policy"]


def test_a_form_with_an_error_says_so_and_keeps_nothing(client, call_form):
    html = client.post(call_form.get_url(), {"name": "Weaver", "mail": "nobody"}).content.decode()
    assert ('value="Weaver"' in html, 'aria-invalid="true"' in html) == (True, True)
    assert call_form.get_submissions().count() == 0


def test_a_form_asks_for_the_readers_own_token(call_form):
    stranger = Client(enforce_csrf_checks=True)
    assert stranger.post(call_form.get_url(), {"name": "x", "mail": "x@example.org"}).status_code == 403
    assert call_form.get_submissions().count() == 0


def test_a_form_takes_so_many_answers_an_hour(client, call_form):
    answer = {"name": "Weaver", "mail": "weaver@example.org"}
    codes = [client.post(call_form.get_url(), answer, REMOTE_ADDR="192.0.2.77").status_code for _ in range(11)]
    assert (codes[:10], codes[10]) == ([200] * 10, 429)
    assert call_form.get_submissions().count() == 10


def test_craft_and_bazaar_pages_and_stories_show_the_market_of_today(client, market, sirjan, weaver, places):
    home = HomePage.objects.get(locale__language_code="en")
    city = publish_city_story(sirjan, "en", {"lead": "Kilims"})
    craft = home.add_child(instance=CraftPage(**WORDS | {"slug": "kilims"}, **places[CraftPage], locale=home.locale))
    bazaar = home.add_child(instance=BazaarPage(**WORDS | {"slug": "qm"}, **places[BazaarPage], locale=home.locale))
    story = city.add_child(instance=StoryPage(**WORDS, maker=weaver, locale=home.locale))
    for page in (craft, bazaar, story):
        assert "Shiriki-pich kilim" in client.get(page.get_url()).content.decode()
    assert "Iranian handicrafts only" in client.get(bazaar.get_url()).content.decode()
    assert weaver.name_en in client.get(story.get_url()).content.decode()


def test_pages_in_both_languages_stand_in_the_sitemap(sirjan):
    persian, english = (publish_city_story(sirjan, language, {"lead": "x"}) for language in ("fa", "en"))
    both = persian.add_child(instance=NewsPage(**WORDS | {"slug": "both"}, locale=persian.locale))
    persian.add_child(instance=NewsPage(**WORDS | {"slug": "one"}, locale=persian.locale))
    both.copy_for_translation(english.locale).save_revision().publish()
    assert [path for path, _changed in tree_pages()] == ["/city/sirjan/both/"]
    with override("fa"):
        assert "/city/sirjan/both/" in {page.path for page in _other_pages(0)}
