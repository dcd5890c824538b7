"""Persian is complete: every message translated, no fuzzy one, the same placeholders, no Arabic letters where Persian has its own."""

import re
from pathlib import Path

import polib
import pytest

CATALOGUE = Path(__file__).parent.parent / "marketplace" / "locale" / "fa" / "LC_MESSAGES" / "django.po"
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")
ARABIC = re.compile("[\u064a\u0643]")


@pytest.fixture(scope="module")
def messages():
    return polib.pofile(str(CATALOGUE))


def _texts(entry) -> list[str]:
    return list(entry.msgstr_plural.values()) or [entry.msgstr]


def test_every_message_is_translated(messages):
    assert [e.msgid for e in messages if not e.obsolete and not all(_texts(e))] == []
    assert [e.msgid for e in messages.fuzzy_entries()] == []


def test_placeholders_are_kept(messages):
    wrong = [
        e.msgid
        for e in messages
        for text in _texts(e)
        if not set(PLACEHOLDER.findall(text)) <= set(PLACEHOLDER.findall(e.msgid + e.msgid_plural))
        or (not e.msgid_plural and set(PLACEHOLDER.findall(text)) != set(PLACEHOLDER.findall(e.msgid)))
    ]
    assert wrong == []


def test_letters_are_persian(messages):
    assert [e.msgid for e in messages for text in _texts(e) if ARABIC.search(text)] == []
