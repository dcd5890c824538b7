"""What a person reads is ours in both languages, and what a catalogue lacks is named."""

import polib
import pytest
from django.utils.translation import gettext, ngettext, override, pgettext

from tests.messages import LOCALE, catalogue, lacking


@pytest.fixture
def written(tmp_path):
    def write(name: str, *entries: polib.POEntry):
        messages = polib.POFile()
        messages.metadata = {"Content-Type": "text/plain; charset=UTF-8"}
        messages.extend(entries)
        messages.save(str(tmp_path / name))
        return tmp_path / name

    return write


def test_english_says_what_the_source_says_and_not_what_oscar_says():
    with override("en"):
        assert gettext("Add to basket") == "Add to basket"
        assert [
            entry.msgid
            for entry in polib.pofile(str(catalogue(LOCALE, "en")))
            if (pgettext(entry.msgctxt, entry.msgid) if entry.msgctxt else gettext(entry.msgid)) != entry.msgid
        ] == []


def test_one_and_many_in_both_languages():
    forms = (
        "Wait %(shown)s minute and try again. Nothing was lost.",
        "Wait %(shown)s minutes and try again. Nothing was lost.",
    )
    with override("en"):
        assert [ngettext(*forms, count) for count in (1, 2)] == list(forms)
    with override("fa"):
        assert len({ngettext(*forms, count) for count in (1, 2)}) == 1


def test_a_message_absent_empty_or_guessed_is_named(written):
    source = written("source.po", *(polib.POEntry(msgid=text) for text in ("Finished", "Absent", "Empty", "Guessed")))
    held = written(
        "held.po",
        polib.POEntry(msgid="Finished", msgstr="تمام"),
        polib.POEntry(msgid="Empty", msgstr=""),
        polib.POEntry(msgid="Guessed", msgstr="گمان", flags=["fuzzy"]),
    )
    assert lacking(held, source) == ["missing: Absent", "not translated: Empty", "not translated: Guessed"]


def test_the_same_words_in_another_place_are_another_message(written):
    source = written("source.po", polib.POEntry(msgid="Order"), polib.POEntry(msgid="Order", msgctxt="of a list"))
    held = written("held.po", polib.POEntry(msgid="Order", msgstr="سفارش"))
    assert lacking(held, source) == ["missing: Order"]


def test_without_a_catalogue_every_message_is_missing(written, tmp_path):
    source = written("source.po", polib.POEntry(msgid="Order"))
    assert lacking(tmp_path / "none.po", source) == ["missing: Order"]
