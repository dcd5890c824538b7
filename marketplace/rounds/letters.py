"""The letter of each step: one Typst source, in Persian and English, kept as it was given with its digest."""

import secrets
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from marketplace.core.documents import render_pdf
from marketplace.core.jalali import day_in_words, jalali
from marketplace.core.persian import group_digits
from marketplace.rounds.models import Letter, Measure
from marketplace.rounds.rules import DAYS_TO_APPEAL

SOURCE = Path(__file__).parent / "typst" / "letter.typ"
LANGUAGES = ("fa", "en")
_Kind = Measure.Kind


def write_letters(measure: Measure) -> None:
    """Watcher of a step, in its own transaction: its letter in each language. A file whose row is not written is taken away."""
    for language in LANGUAGES:
        content = render_pdf(SOURCE, letter_data(measure, language=language), language=language)
        name = f"letters/{measure.given_on.year}/{secrets.token_hex(12)}.pdf"
        stored = storages["private"].save(name, ContentFile(content))
        try:
            Letter.objects.create(measure=measure, language=language, file=stored, sha256=sha256(content).hexdigest())
        except BaseException:
            storages["private"].delete(stored)
            raise


def letter_data(measure: Measure, *, language: str) -> dict[str, Any]:
    """What the source sets: plain words in one language."""
    lease = measure.lease
    with override(language):
        return {
            "market": _("Rasteh"),
            "title": _TITLES[_Kind(measure.kind)](),
            "number_word": _("Number"),
            "number": measure.number,
            "facts": [
                [_("Date"), _day(measure.given_on)],
                [_("Venue"), lease.stall.venue.name],
                [_("Stall"), _numbered(lease.stall.number, language)],
                [_("Tenant"), lease.tenant.name],
                *_facts(measure),
            ],
            "paragraphs": _paragraphs(measure, language),
            "signed": _("The management of %(venue)s") % {"venue": lease.stall.venue.name}
            if measure.kind in (_Kind.WARNING, _Kind.MENDED, _Kind.CLOSURE, _Kind.LIFTING)
            else _("Rasteh"),
            "rule": _(
                "This letter follows the market's own rules for stalls in its venues. It is no decision of an authority or a court."
            ),
            "demo": _("A sample letter: no real stall, tenant or finding stands behind it.") if measure.is_demo else "",
        }


_TITLES = {
    _Kind.WARNING: lambda: _("Warning to the tenant of a stall"),
    _Kind.MENDED: lambda: _("A warning is settled"),
    _Kind.CLOSURE: lambda: _("Closure of a stall"),
    _Kind.APPEAL: lambda: _("An appeal was received"),
    _Kind.DECISION: lambda: _("Decision on an appeal"),
    _Kind.LIFTING: lambda: _("A closure is lifted"),
}


def _day(day: date) -> str:
    """Both calendars for who reads English, so that the letter can be laid beside the Persian one."""
    if (get_language() or "fa").startswith("fa"):
        return day_in_words(day)
    here = jalali(day)
    return f"{day_in_words(day)} ({here.year}/{here.month:02}/{here.day:02})"


def _own(text: str) -> str:
    """Words as a person typed them, in their own direction beside those of another script."""
    return f"\u2068{text}\u2069"


def _numbered(text: str, language: str) -> str:
    return group_digits(int(text), language=language) if text.isdecimal() else text


def _facts(measure: Measure) -> list[list[str]]:
    """What this step says beside whom it is for."""
    found, before = measure.finding, measure.after
    facts = []
    if before is not None:
        facts.append([_("About"), f"{before.get_kind_display()} {before.number}"])
    if found is not None:
        facts.append([_("Found on"), _day(found.found_on)])
        facts.append([_("What was found"), f"{found.get_about_display()}: {_own(found.text)}"])
    if measure.kind == _Kind.WARNING and measure.mend_by:
        facts.append([_("What must be mended"), _own(measure.must_mend)])
        facts.append([_("Until when"), _day(measure.mend_by)])
    if measure.kind == _Kind.CLOSURE and measure.starts_on and measure.ends_on:
        facts.append([_("Why"), _own(measure.text)])
        facts.append([_("Closed from"), _day(measure.starts_on)])
        facts.append([_("Closed until"), _day(measure.ends_on)])
    if measure.kind == _Kind.DECISION:
        facts.append([_("Decision"), measure.get_outcome_display()])
    if measure.kind in (_Kind.APPEAL, _Kind.DECISION, _Kind.LIFTING, _Kind.MENDED) and measure.text:
        facts.append([_("In words"), _own(measure.text)])
    return facts


def _paragraphs(measure: Measure, language: str) -> list[str]:
    days = group_digits(DAYS_TO_APPEAL, language=language)
    appeal = _(
        "If you think this is wrong, you may appeal within %(days)s days of this letter's date: open “My stalls” at your desk, choose "
        "this letter's number, and write why. An officer of the market decides, not a manager of the venue."
    ) % {"days": days}
    said = {
        _Kind.WARNING: [
            _("If what is named here is not mended in this time, the stall may be closed for a time."),
            appeal,
        ],
        _Kind.MENDED: [_("Nothing more is asked of you.")],
        _Kind.CLOSURE: [
            _(
                "In these days nothing is offered or sold at the stall. What stands there in the market is taken back on the first day, "
                "and what may be sold then is offered again when the closure is over or lifted."
            ),
            appeal,
        ],
        _Kind.APPEAL: [_("It stands meanwhile; a warning leads to no closure until the decision.")],
        _Kind.DECISION: [],
        _Kind.LIFTING: [_("What may be sold at the stall today is offered again.")],
    }
    return [str(words) for words in said[_Kind(measure.kind)]]
