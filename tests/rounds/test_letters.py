"""Each step has its letter in both languages, kept as it was given."""

from hashlib import sha256

import pypdfium2
import pytest
from django.core.files.storage import storages
from django.db import DatabaseError, transaction

from marketplace.core.documents import render_pdf
from marketplace.matters.models import Matter
from marketplace.matters.services import decide
from marketplace.rounds.letters import SOURCE, letter_data
from marketplace.rounds.models import Letter, Measure
from marketplace.rounds.services import appeal, mended


def told(measure, language: str) -> str:
    data = letter_data(measure, language=language)
    return " ".join(
        [data["title"], data["number"], *(word for pair in data["facts"] for word in pair), *data["paragraphs"]]
    )


def test_a_warning_says_what_until_when_and_how_to_appeal(warning):
    persian, english = told(warning, "fa"), told(warning, "en")
    for words in (warning.number, "۱ آذر ۱۴۰۵", "۸ آذر ۱۴۰۵", "بازار قلعه محمود", "برچسب قیمت بزنید.", "۳۰ روز"):
        assert words in persian
    for words in ("22 November 2026 (1405/09/01)", "29 November 2026", "Qaleh Mahmoud bazaar", "within 30 days"):
        assert words in english


def test_a_closure_says_its_days_and_what_happens_to_offers(closure):
    english = told(closure, "en")
    for words in (
        "Closed from 22 November 2026",
        "Closed until 1 December 2026",
        "nothing is offered or sold",
        "appeal",
    ):
        assert words in english


def test_every_step_has_two_letters_that_are_kept_as_given(warning, closure, artisan, officer, manager):
    appeal(measure=closure, by=artisan, text="کالا ایرانی است.")
    decide(matter=Matter.objects.get(), decision="lifted", reason="مدارک را دیدم.", by=officer)
    mended(warning=warning, by=manager)
    steps = Measure.objects.order_by("pk").values_list("kind", flat=True)
    assert sorted(steps) == ["appeal", "closure", "decision", "lifting", "mended", "warning"]
    assert Letter.objects.count() == 12
    for letter in Letter.objects.all():
        with storages["private"].open(letter.file.name) as file:
            content = file.read()
        assert (content[:5], sha256(content).hexdigest()) == (b"%PDF-", letter.sha256)


def test_a_letter_reads_as_it_was_set(warning):
    content = render_pdf(SOURCE, letter_data(warning, language="en"), language="en")
    text = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(content))
    assert warning.number in text


def test_the_database_changes_no_letter(warning):
    with pytest.raises(DatabaseError, match="measures_grow_only"), transaction.atomic():
        Letter.objects.update(sha256="0" * 64)
    assert Letter.objects.exclude(sha256="0" * 64).count() == 2


def test_a_step_whose_letter_cannot_be_set_is_not_taken(finding, manager, monkeypatch):
    from marketplace.rounds.services import warn

    def broken(*args, **more):
        raise OSError("no room")

    monkeypatch.setattr("marketplace.rounds.letters.render_pdf", broken)
    with pytest.raises(OSError, match="no room"):
        warn(finding=finding, must_mend="x", days=7, by=manager)
    assert (Measure.objects.count(), Letter.objects.count()) == (0, 0)
