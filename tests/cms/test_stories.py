import json

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from cms.models import CityPage
from cms.services import CONTENT, load_city_stories, publish_city_story
from cms.stories import story_of
from marketplace.places.models import City


def city_story(city, language):
    """What readers are told of a city, or None."""
    page = CityPage.objects.live().filter(city=city, locale__language_code=language).first()
    return story_of(page) if page else None


STORY = {
    "lead": "شهر جهانی گلیم",
    "body": [
        {"type": "paragraph", "value": "<p>گلیم را بی پرز می‌بافند.</p>"},
        {
            "type": "figure",
            "value": {"value": "۱۳۹۶", "label": "سال", "source": "صورت‌جلسه", "as_of": "۱۴۰۰", "url": ""},
        },
        {"type": "quote", "value": {"text": "فقط <b>ایرانی</b>", "source": "صورت‌جلسه"}},
    ],
}


def test_a_published_story_reaches_the_citys_page(sirjan, client):
    publish_city_story(sirjan, "fa", STORY)
    story = city_story(sirjan, "fa")
    assert story["lead"] == "شهر جهانی گلیم"
    assert story["figures"] == [{"value": "۱۳۹۶", "label": "سال", "source": "صورت‌جلسه", "as_of": "۱۴۰۰", "url": ""}]
    assert "گلیم را بی پرز می‌بافند." in story["body_html"]
    assert "فقط &lt;b&gt;ایرانی&lt;/b&gt;" in story["body_html"]
    assert story["picture"] is None
    assert city_story(sirjan, "en") is None


def test_publishing_again_replaces_the_words_and_keeps_the_page(sirjan):
    first = publish_city_story(sirjan, "fa", STORY)
    again = publish_city_story(sirjan, "fa", STORY | {"lead": "گلیم سیرجان"})
    assert (first.pk, city_story(sirjan, "fa")["lead"], CityPage.objects.count()) == (again.pk, "گلیم سیرجان", 1)


def test_both_languages_are_one_page_translated(sirjan):
    persian = publish_city_story(sirjan, "fa", STORY)
    english = publish_city_story(sirjan, "en", STORY | {"lead": "World city of the kilim"})
    assert persian.translation_key == english.translation_key
    assert persian.get_translation(english.locale).pk == english.pk
    assert (persian.title, english.title) == ("سیرجان", "Sirjan")


def test_an_unpublished_story_is_not_shown(sirjan):
    publish_city_story(sirjan, "fa", STORY).unpublish()
    assert city_story(sirjan, "fa") is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"lead": ""},
        {"body": [{"type": "figure", "value": {"value": "3", "label": "x", "source": "", "as_of": "1400"}}]},
    ],
)
def test_a_story_without_its_lead_or_a_figures_source_is_refused_whole(sirjan, wrong):
    with pytest.raises(ValidationError):
        publish_city_story(sirjan, "fa", STORY | wrong)
    assert CityPage.objects.count() == 0


def test_a_city_has_one_story_a_language(sirjan):
    page = publish_city_story(sirjan, "fa", STORY)
    second = CityPage(city=sirjan, locale=page.locale, title="x", slug="x", lead="x")
    with pytest.raises(ValidationError) as error:
        second.clean()
    assert error.value.error_dict["city"][0].code == "story_exists"


@pytest.mark.parametrize(("language", "address"), [("fa", "/city/sirjan/"), ("en", "/en/city/sirjan/")])
def test_a_city_page_stands_at_its_own_address_in_the_tree(sirjan, client, language, address):
    page = publish_city_story(sirjan, language, STORY)
    assert page.get_url() == address
    assert "شهر جهانی گلیم" in client.get(address).content.decode()


def test_a_draft_is_previewed_in_its_own_language(sirjan, rf, django_user_model):
    page = publish_city_story(sirjan, "en", STORY | {"lead": "World city"})
    page.lead = "A draft nobody read yet"
    with override("fa"):
        response = page.make_preview_request(preview_mode="")
    html = response.content.decode()
    assert "A draft nobody read yet" in html
    assert 'lang="en"' in html
    assert city_story(sirjan, "en")["lead"] == "World city"


def test_the_stories_that_came_along_are_loaded_once_and_editors_words_stay(kerman_province, sirjan):
    City.objects.create(slug="kerman", name_fa="کرمان", name_en="Kerman", province=kerman_province)
    assert load_city_stories() == 4
    publish_city_story(sirjan, "fa", STORY)
    assert load_city_stories() == 0
    assert city_story(sirjan, "fa")["lead"] == STORY["lead"]
    assert load_city_stories(again=True) == 4
    kerman = City.objects.get(slug="kerman")
    values = [figure["value"] for figure in city_story(kerman, "en")["figures"]]
    assert values[:9] == ["over 101 of 299", "70,000", "15,000", "72,000", "50,500", "8,000", "73", "46", "2"]
    assert len(values) == 23


def test_the_sources_own_places_have_both_languages_and_every_figure_its_source():
    files = {file.stem: json.loads(file.read_text()) for file in CONTENT.glob("*.json")}
    assert set(files) == {"kerman", "ravar", "shahr-e-babak", "qaleh-ganj", "rayen", "sirjan", "ardabil", "sareyn"}
    for story in files.values():
        assert set(story) == {"fa", "en"}
        counts = {language: [part["type"] for part in content["body"]] for language, content in story.items()}
        assert counts["fa"] == counts["en"]
        for content in story.values():
            figures = [part["value"] for part in content["body"] if part["type"] == "figure"]
            assert len(figures) >= 2
            assert all(figure["source"] and figure["as_of"] for figure in figures)
