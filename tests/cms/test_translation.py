"""Pages are translated in the editor, part by part; how far a translation is stands in its report."""

import pytest
from django.db import connection
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from cms.models import NewsPage
from cms.services import publish_city_story


@pytest.fixture
def chief_client(client, buyer, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    buyer.is_superuser = buyer.is_staff = True
    buyer.save()
    client.force_login(buyer)
    return client


@pytest.fixture
def migrations_told(db):
    """A translation asks which migration stands; a database made without migrations has no table that says so."""
    with (
        connection.cursor() as cursor
    ):  # undone with the test's transaction, in which SQLite lets no schema editor work
        cursor.execute(
            "CREATE TABLE IF NOT EXISTS django_migrations "
            "(id integer PRIMARY KEY, app varchar(255), name varchar(255), applied timestamp)"
        )


@pytest.fixture
def persian_news(sirjan, kilim, migrations_told):
    """News with a paragraph, a figure and a live work, below a city that has both languages."""
    city = publish_city_story(sirjan, "fa", {"lead": "گلیم"})
    publish_city_story(sirjan, "en", {"lead": "Kilims"})
    figure = {"value": "۳", "label": "کارگاه", "source": "صورت‌جلسه", "as_of": "۱۴۰۰", "url": ""}
    page = NewsPage(title="فراخوان", slug="call", lead="بیایید", locale=city.locale)
    page.body = [("paragraph", "<p>کارگاه باز است.</p>"), ("figure", figure), ("work", {"work": kilim})]
    return city.add_child(instance=page)


def translation_of(page) -> Translation:
    source, _new = TranslationSource.get_or_create_from_instance(page)
    return Translation.objects.create(source=source, target_locale=Locale.objects.get(language_code="en"))


def translate(translation: Translation, words: dict[str, str]) -> None:
    for segment in translation.source.stringsegment_set.select_related("string", "context"):
        if segment.string.data in words:
            StringTranslation.objects.create(
                translation_of=segment.string,
                locale=translation.target_locale,
                context=segment.context,
                data=words[segment.string.data],
            )


WORDS = {
    "فراخوان": "A call",
    "بیایید": "Come",
    "کارگاه باز است.": "The workshop is open.",
    "۳": "3",
    "کارگاه": "workshops",
    "صورت‌جلسه": "Minutes",
    "۱۴۰۰": "1400",
    "call": "call",
}


def test_a_page_with_live_blocks_is_translated_part_by_part(
    persian_news, chief_client, django_capture_on_commit_callbacks
):
    translation = translation_of(persian_news)
    translate(translation, {"فراخوان": "A call", "بیایید": "Come"})
    total, done = translation.get_progress()
    assert (total > done, done) == (True, 2)
    report = chief_client.get("/cms/localize/reports/translations/").content.decode()
    assert "فراخوان" in report
    translate(translation, {text: english for text, english in WORDS.items() if text not in ("فراخوان", "بیایید")})
    assert translation.get_progress()[0] == translation.get_progress()[1]
    with django_capture_on_commit_callbacks(execute=True):
        translation.save_target()
    english = NewsPage.objects.get(locale__language_code="en")
    html = chief_client.get(english.get_url()).content.decode()
    for words in ("A call", "Come", "The workshop is open.", "workshops", "Shiriki-pich kilim"):
        assert words in html


def test_the_editor_offers_to_translate_a_page(persian_news, chief_client):
    assert chief_client.get(f"/cms/localize/submit/page/{persian_news.pk}/").status_code == 200
