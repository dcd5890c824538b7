"""Papers as files: PDF (PDF/UA-1), XLSX, JSON, marks with a square code, and the dossier that holds all of them."""

import io
import json
import zipfile
from pathlib import Path

import segno
from django.utils.translation import gettext as _
from django.utils.translation import override

from marketplace.core.documents import render_pdf
from marketplace.core.measures import size_text, weight_text
from marketplace.core.persian import to_persian_digits
from marketplace.export.papers.facts import Facts, as_data
from marketplace.export.papers.paper import KINDS, Paper, is_there, paper
from marketplace.export.papers.xlsx import workbook

SOURCES = Path(__file__).parent.parent / "typst"
LANGUAGES = ("fa", "en")
#: Modules of white around a square code, as the standard asks.
QUIET = 4


def as_pdf(made: Paper) -> bytes:
    """The paper as PDF; the widest words stretch, figures take what they need."""
    wide = [
        place not in made.numbers and max((len(row[place]) for row in made.rows), default=0) > 12
        for place in range(len(made.heads))
    ]
    with override(made.language):
        data = {
            "title": made.title,
            "number": made.number,
            "market": _("Rasteh"),
            "parties": [(label, [_spot(line) for line in lines]) for label, lines in made.parties],
            "facts": [(label, _spot(text)) for label, text in made.facts],
            "heads": made.heads,
            "rows": [[_spot(cell) for cell in row] for row in made.rows],
            "columns": wide if any(wide) else [True] * len(made.heads),
            "numbers": sorted(made.numbers),
            "totals": [(label, _spot(figure)) for label, figure in made.totals],
            "notes": made.notes,
        }
    return render_pdf(SOURCES / "paper.typ", data, language=made.language)


def _spot(text: str) -> tuple[str, bool]:
    """A text and whether it reads from left to right: whatever has no Persian letter, so that +98 keeps its plus before it."""
    return text, not any("\u0621" <= sign <= "\u06d3" and sign.isalpha() for sign in text)


def as_xlsx(made: Paper) -> bytes:
    """The paper as a spreadsheet of one sheet, read from right to left in Persian."""
    rows: list[tuple[str, ...]] = [(made.title, made.number)]
    for label, lines in made.parties:
        rows.append((label, *lines))
    rows += list(made.facts)
    rows += [(), made.heads, *made.rows, (), *made.totals, (), *((note,) for note in made.notes)]
    return workbook(made.title, rows, rtl=made.language == "fa")


def as_json(facts: Facts) -> bytes:
    """The facts with their sums, amounts in minor units, grams and millimetres."""
    return json.dumps(as_data(facts), ensure_ascii=False, indent=2, default=str).encode()


def marks_pdf(facts: Facts, *, language: str) -> bytes:
    """A mark for each carton: who to, which of how many, its weight, and a square code of its name."""
    with override(language):
        buyer = facts.buyer
        data = {
            "title": _("Shipping marks"),
            "market": _("Rasteh"),
            "sample": _("A sample of the demo: nobody sells or sends these goods.") if facts.is_demo else "",
            "to": [
                buyer.name.of("en"),
                *buyer.address.of("en").splitlines(),
                buyer.country.of("en"),
                buyer.phone,
            ],
            "made_in": "MADE IN IRAN",
            "marks": [
                {
                    "name": mark_of(facts, parcel.number),
                    "pattern": _pattern(mark_of(facts, parcel.number)),
                    "alt": _("Square code of carton %(number)s") % {"number": parcel.number},
                    "count": _("Carton %(number)s of %(count)s")
                    % {"number": _digits(parcel.number, language), "count": _digits(len(facts.parcels), language)},
                    "weight": weight_text(parcel.gross_grams, language=language),
                    "size": size_text(*parcel.outer_mm, language=language),
                }
                for parcel in facts.parcels
            ],
        }
        return render_pdf(SOURCES / "marks.typ", data, language=language)


def mark_of(facts: Facts, number: int) -> str:
    """A carton's name anywhere: the consignment's number and its own of how many."""
    return f"{facts.number}/{number}-{len(facts.parcels)}"


def _pattern(text: str) -> str:
    drawn = io.BytesIO()
    segno.make(text, error="q", micro=False, boost_error=False).save(drawn, kind="svg", border=QUIET, xmldecl=False)
    return drawn.getvalue().decode()


def _digits(number: int, language: str) -> str:
    return to_persian_digits(number) if language == "fa" else str(number)


def dossier(facts: Facts, missing: list[str]) -> bytes:
    """Everything in one ZIP, in both languages, with a list of what is missing."""
    kinds = [kind for kind in KINDS if is_there(kind, facts)]
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as packed:
        for language in LANGUAGES:
            for kind in kinds:
                made = paper(kind, facts, language=language)
                packed.writestr(f"{kind}-{language}.pdf", as_pdf(made))
                packed.writestr(f"{kind}-{language}.xlsx", as_xlsx(made))
            if facts.parcels:
                packed.writestr(f"marks-{language}.pdf", marks_pdf(facts, language=language))
        packed.writestr("consignment.json", as_json(facts))
        packed.writestr("missing.txt", _list(facts, missing).encode("utf-8-sig"))
    return held.getvalue()


def _list(facts: Facts, missing: list[str]) -> str:
    head = _("Missing in the dossier of %(number)s:") % {"number": facts.number}
    lines = [f"- {one}" for one in missing] or ["- " + _("nothing that this market knows of")]
    return "\r\n".join([head, *lines, ""])
