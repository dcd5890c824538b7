"""Spreadsheet and paper say what the page says: their figures are read back by others' programs."""

import io

import pypdfium2
import pytest
from django.utils.translation import override
from openpyxl import load_workbook

from catalogue.models import Product
from marketplace.core.clock import set_today, today
from marketplace.makers.models import Maker
from marketplace.seasons.figures import figures_of
from marketplace.seasons.files import as_pdf, as_xlsx
from marketplace.seasons.spans import Span
from tests.cast import DAY
from tests.seasons import books
from tests.stalls.floor import lease, stall  # noqa: F401

ABAN = Span("month", 1405, 8)


@pytest.fixture
def figures(market, lease):  # noqa: F811
    market.sell(kilim=2)
    market.cancel(market.sell(jug=3)[0], 1)
    set_today(DAY)
    return figures_of(market.bazaar, ABAN, on=today())


def rows_of(figures, sheet: str) -> list[tuple]:
    with override("en"):
        book = load_workbook(io.BytesIO(as_xlsx(figures, on=today())))
    return list(book[sheet].iter_rows(values_only=True))


def test_a_spreadsheets_sums_are_those_of_the_books(figures, market):
    heads, *rows = rows_of(figures, "Sales by maker")[3:7]
    total = dict(zip(heads, rows[2], strict=True))
    there = books.totals(market.bazaar, ABAN)
    assert total["Maker"] == "Together"
    told = ("Sold for", "Gone back", "What stayed", "Commission", "For the makers")
    assert [total[f"{name} (rial)"] for name in told] == [
        there[name] for name in ("gross", "back", "net", "commission", "earned")
    ]
    assert sum(row[4] for row in rows[:2]) == total["Pieces that stayed sold"] == 4


def test_a_name_that_begins_like_a_formula_is_no_formula(figures, market):
    Maker.objects.update(name_en='=HYPERLINK("http://x")')
    again = figures_of(market.bazaar, ABAN, on=today())
    with override("en"):
        book = load_workbook(io.BytesIO(as_xlsx(again, on=today())))
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert kinds == {"n", "s"}
    assert '=HYPERLINK("http://x")' in [row[0].value for row in book["Sales by maker"].iter_rows()]


def test_a_persian_spreadsheet_reads_from_right_to_left(figures):
    book = load_workbook(io.BytesIO(as_xlsx(figures, on=today())))
    assert {sheet.sheet_view.rightToLeft for sheet in book} == {True}
    assert len(book.worksheets) == 12


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    return "\n".join(document[nth].get_textpage().get_text_range() for nth in range(len(document)))


def test_a_paper_says_the_same_sums(figures, market):
    with override("en"):
        text = text_of(as_pdf(figures, on=today()))
    there = books.totals(market.bazaar, ABAN)
    for name in ("gross", "back", "net", "commission", "earned"):
        assert f"{there[name]:,}" in text, name
    assert "Report of Qaleh Mahmoud bazaar, Aban 1405" in text
    assert "Not known: no count was kept of the last day." in text


@pytest.mark.parametrize("language", ["fa", "en"])
def test_a_paper_is_tagged_and_its_plots_are_told(figures, language):
    with override(language):
        pdf = as_pdf(figures, on=today())
    assert b"pdfuaid:part>1<" in pdf
    assert pdf.count(b"/Alt") >= 5


def test_an_empty_month_makes_both_files(bazaar):
    assert not Product.objects.exists()
    empty = figures_of(bazaar, ABAN, on=today())
    assert as_pdf(empty, on=today()).startswith(b"%PDF")
    assert as_xlsx(empty, on=today()).startswith(b"PK")
