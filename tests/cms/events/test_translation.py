"""An event is translated part by part: its words anew, its days, crafts and rules as they are."""

from datetime import date, time

from cms.models import EventPage
from tests.cms.events.conftest import MORNING
from tests.cms.test_translation import translate, translation_of

WORDS = {
    "بازار نمد": "Market of felt",
    "بیایید": "Come",
    "بازار کهن": "The old bazaar",
    "گشایش": "Doors open",
    "باران": "Rain",
    "felt": "felt",
    "دبیرخانه": "Secretariat",
}


def test_days_crafts_and_rules_go_along_with_the_translated_words(
    client,
    publish,
    kilim_craft,
    migrations_told,
    django_capture_on_commit_callbacks,
):
    persian = publish(
        "fa",
        about=kilim_craft,
        title="بازار نمد",
        lead="بیایید",
        place="بازار کهن",
        organiser="دبیرخانه",
        repeats="weekly",
        programme=[("part", {"time": time(9), "text": "گشایش"})],
        called_off=[("day", {"day": date(2026, 12, 12), "reason": "باران"})],
        **MORNING,
    )
    translation = translation_of(persian)
    translate(translation, WORDS)
    assert translation.get_progress()[0] == translation.get_progress()[1]
    with django_capture_on_commit_callbacks(execute=True):
        translation.save_target()
    english = EventPage.objects.get(locale__language_code="en")
    assert (english.starts_on, english.repeats, english.starts_at) == (date(2026, 12, 5), "weekly", time(9))
    assert [craft.pk for craft in english.craft_list()] == [kilim_craft.pk]
    assert english.off_days == {date(2026, 12, 12): "Rain"}
    html = client.get(english.get_url()).content.decode()
    for words in ("Market of felt", "Come", "The old bazaar", "Doors open", "Secretariat", "Every Saturday"):
        assert words in html
