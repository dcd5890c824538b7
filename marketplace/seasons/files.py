"""A report as a spreadsheet and as a paper, in the reader's language, from the same sections and plots as its page. Amounts in rial."""

import io
from datetime import date
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from marketplace.core.documents import render_pdf
from marketplace.core.jalali import day_in_words
from marketplace.core.persian import group_digits, to_persian_digits
from marketplace.seasons import words
from marketplace.seasons.figures import Figures
from marketplace.seasons.plots import plots
from marketplace.seasons.spans import parse_span
from marketplace.seasons.tables import PERCENT, RIAL, TEXT, Section, in_words, sections

SOURCE = Path(__file__).parent / "typst" / "report.typ"
#: Marks that keep a number in its direction; a spreadsheet's cell needs none.
_MARKS = dict.fromkeys(map(ord, "\u2066\u2067\u2068\u2069"))
#: Letters of a sheet's name, and those that programs refuse in it.
NAME, REFUSED = 31, "[]:*?/\\"


def as_xlsx(figures: Figures, *, on: date) -> bytes:
    """A sheet a section. Counts and amounts are numbers, so that they can be summed; words are never read as formulas."""
    book = Workbook()
    book.remove(book.active)
    for section in sections(figures):
        sheet = book.create_sheet("".join(sign for sign in section.title if sign not in REFUSED)[:NAME])
        sheet.sheet_view.rightToLeft = words.language() == "fa"
        _fill(sheet, section, heading(figures), made(figures, on))
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def heading(figures: Figures) -> str:
    """Of which venue and time the report is."""
    name, span = in_words(figures["venue"]["name"]), parse_span(figures["span"]).name
    return _("Report of %(venue)s, %(span)s") % {"venue": name, "span": span}


def made(figures: Figures, on: date) -> str:
    """Of which day the figures are."""
    if parse_span(figures["span"]).is_over(on):
        return _("As known on %(day)s.") % {"day": day_in_words(on)}
    return _("The time still runs: figures until %(day)s, which still change.") % {"day": day_in_words(on)}


def _fill(sheet: Worksheet, section: Section, title: str, day: str) -> None:
    rows: list[tuple[Any, ...]] = [(f"{title} · {section.title}",), (day,), ()]
    heads = tuple(
        _("%(column)s (rial)") % {"column": column.label} if column.kind == RIAL else column.label
        for column in section.table.columns
    )
    rows.append(heads)
    rows += section.table.rows or [(section.empty,)]
    rows += [section.table.total] if section.table.total else []
    rows += [(), *((note,) for note in section.notes)]
    for number, row in enumerate(rows, 1):
        for place, value in enumerate(row, 1):
            _write(sheet, number, place, value, bold=number in (1, 4))
    for place, head in enumerate(heads, 1):
        sheet.column_dimensions[get_column_letter(place)].width = max(14, min(40, len(head) + 4))


def _write(sheet: Worksheet, row: int, column: int, value: Any, *, bold: bool) -> None:
    if value == "":
        return
    cell = sheet.cell(row=row, column=column)
    if isinstance(value, int):
        cell.value, cell.number_format = value, "#,##0"
    else:
        cell.value = _("not known") if value is None else str(value).translate(_MARKS)
        cell.data_type = "s"
    cell.font, cell.alignment = Font(bold=bold), Alignment(vertical="top")


def as_pdf(figures: Figures, *, on: date) -> bytes:
    """For paper: PDF/UA-1."""
    drawn = plots(figures)
    data = {
        "market": _("Rasteh"),
        "title": heading(figures),
        "days": f"{_day(figures['since'])} – {_day(figures['until'])}",
        "made": made(figures, on),
        "unit": _("Amounts in rial."),
        "demo": _("A sample venue: no real sale stands behind these figures.") if figures["venue"]["demo"] else "",
        "sections": [_section(section, drawn.get(section.key)) for section in sections(figures)],
    }
    return render_pdf(SOURCE, data, language=words.language())


def _day(text: str) -> str:
    return day_in_words(date.fromisoformat(text))


def _section(section: Section, plot: Any) -> dict[str, Any]:
    kinds = [column.kind for column in section.table.columns]
    rows = [*section.table.rows, *([section.table.total] if section.table.total else [])]
    return {
        "title": section.title,
        "plot": {"svg": plot.svg, "said": plot.said, "keys": [list(key) for key in plot.keys]} if plot else None,
        "heads": [column.label for column in section.table.columns],
        "numbers": [nth for nth, kind in enumerate(kinds) if kind != TEXT],
        "rows": [[_said(value, kind) for value, kind in zip(row, kinds, strict=True)] for row in rows],
        "total": bool(section.table.total),
        "notes": list(section.notes),
        "empty": section.empty,
    }


def _said(value: Any, kind: str) -> str:
    """A cell in words: a real minus, a dash for no money, and nothing known said so."""
    if value is None:
        return _("not known")
    if not isinstance(value, int):
        return str(value)
    if kind == RIAL and value == 0:
        return "–"
    if kind == PERCENT:
        return f"{to_persian_digits(value)}٪" if words.language() == "fa" else f"{value}%"
    return ("−" if value < 0 else "") + group_digits(abs(value), language=words.language())
