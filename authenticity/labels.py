"""Labels and certificate cards as PDF. The square pattern holds the label's address, error level Q, 15 mm or more."""

import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import segno
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from authenticity.codes import in_groups
from authenticity.models import LabelSheet, Passport, SealGrant
from authenticity.passports import Label
from marketplace.core.documents import render_pdf
from marketplace.core.jalali import jalali_long
from marketplace.core.measures import size_text

SOURCES = Path(__file__).parent / "typst"
#: Millimetres. Smaller, a cheap phone does not read it.
SMALLEST_PATTERN = 15
#: Modules of white around the pattern, as the standard asks.
QUIET = 4


@dataclass(frozen=True)
class Layout:
    """A label's measures on A4, in millimetres. `pattern` is the square's side with its white margin."""

    columns: int
    rows: int
    width: float
    height: float
    pattern: float


LAYOUTS = {
    LabelSheet.Layout.LARGE: Layout(2, 4, 99.0, 67.5, 42.0),
    LabelSheet.Layout.MEDIUM: Layout(3, 8, 63.5, 33.9, 27.0),
    LabelSheet.Layout.SMALL: Layout(4, 11, 48.5, 25.4, 20.5),
}


def address_of(passport: Passport) -> str:
    """What the pattern holds. With a GTIN of the seller's own it is a GS1 Digital Link, which leads to the same page."""
    if passport.gtin:
        return f"{settings.SITE_URL}/01/{passport.gtin}/21/{passport.serial}?c={passport.code}"
    return f"{settings.SITE_URL}/v/{passport.code}"


def pattern(text: str) -> str:
    """The QR of a text as SVG, error level Q, with its white margin."""
    drawn = io.BytesIO()
    segno.make(text, error="q", micro=False, boost_error=False).save(drawn, kind="svg", border=QUIET, xmldecl=False)
    return drawn.getvalue().decode()


def pattern_side(text: str, side: float) -> float:
    """Millimetres of the pattern itself, without its margin, when the whole square measures `side`."""
    modules = segno.make(text, error="q", micro=False, boost_error=False).symbol_size(border=0)[0]
    return side * modules / (modules + 2 * QUIET)


def sheet_pdf(sheet: LabelSheet, labels: list[Label], *, language: str) -> bytes:
    """The sheet as PDF, as many pages as it takes."""
    layout = LAYOUTS[LabelSheet.Layout(sheet.layout)]
    with override(language):
        data = {
            "title": _("Labels of %(work)s") % {"work": sheet.work.name},
            "market": _("Rasteh"),
            "columns": layout.columns,
            "rows": layout.rows,
            "width": layout.width,
            "height": layout.height,
            "code_side": layout.pattern,
            "words": {"number": _("No."), "scratch": _("Scratch:")},
            "labels": [_label(label) for label in labels],
        }
        return render_pdf(SOURCES / "labels.typ", data, language=language)


def _label(label: Label) -> dict[str, str]:
    passport = label.passport
    return {
        "pattern": pattern(address_of(passport)),
        "alt": _("Square code of label %(serial)s") % {"serial": passport.serial},
        "work": passport.work.name,
        "maker": passport.maker.name,
        "serial": passport.serial,
        "code": in_groups(passport.code),
        "scratch": f"{label.scratch[:5]}-{label.scratch[5:]}",
    }


def card_pdf(passport: Passport, seals: list[SealGrant]) -> bytes:
    """The certificate card, a Persian side and an English one."""
    data: dict[str, Any] = {
        "title": f"{passport.work.title_en or passport.work.title} {passport.serial}",
        "market": "Rasteh",
        "pattern": pattern(address_of(passport)),
        "code": in_groups(passport.code),
        "code_side": 30,
    }
    for language in ("fa", "en"):
        with override(language):
            data[language] = _side(passport, seals, language)
    return render_pdf(SOURCES / "card.typ", data, language="fa")


def _side(passport: Passport, seals: list[SealGrant], language: str) -> dict[str, Any]:
    work = passport.work
    day = jalali_long(passport.issued_on) if language == "fa" else f"{passport.issued_on:%-d %B %Y}"
    facts = [
        (_("Made by"), passport.maker.name, False),
        (_("City"), work.craft_city.name if work.craft_city else "", False),
        (_("Craft"), work.craft.name if work.craft else "", False),
        (_("Size"), size_text(work.length_mm, work.width_mm, work.height_mm, language=language), False),
        *((_("Seal"), f"{grant.scheme.name} {grant.number}", False) for grant in seals),
        (_("Number"), passport.serial, True),
        (_("Recorded on"), day, False),
    ]
    statement = _(
        "Rasteh recorded this piece under the number above. Scan the square to see what is known of it today; it speaks for no "
        "ministry, for no UNESCO and for no World Crafts Council."
    )
    if passport.is_demo:
        statement = _("Sample of the demo, not a real certificate.") + " " + statement
    return {
        "market": _("Rasteh · certificate of a piece"),
        "work": work.name,
        "alt": _("Square code of label %(serial)s") % {"serial": passport.serial},
        "facts": [fact for fact in facts if fact[1]],
        "statement": statement,
    }
