"""Labels and cards are read back from the PDF itself: the square decodes, measures 15 mm or more, and the words are there."""

import numpy
import pypdfium2
import pytest
from PIL import Image

from authenticity.labels import LAYOUTS, SMALLEST_PATTERN, address_of, card_pdf, pattern_side, sheet_pdf
from authenticity.models import LabelSheet
from authenticity.passports import make_labels
from authenticity.reading import code_in_photo

pytestmark = pytest.mark.django_db
DPI = 300


@pytest.fixture
def capacity(licence):
    licence.pieces_a_year = 100
    licence.save()
    return licence


def pages_of(pdf: bytes) -> list[Image.Image]:
    document = pypdfium2.PdfDocument(pdf)
    return [page.render(scale=DPI / 72).to_pil() for page in document]


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def cells(page: Image.Image, layout) -> list[Image.Image]:
    """Each label of a page, cut out by its measures."""
    mm = DPI / 25.4
    left = (210 - layout.width * layout.columns) / 2
    top = (297 - layout.height * layout.rows) / 2
    return [
        page.crop(
            (
                int((left + column * layout.width) * mm),
                int((top + row * layout.height) * mm),
                int((left + (column + 1) * layout.width) * mm),
                int((top + (row + 1) * layout.height) * mm),
            )
        )
        for row in range(layout.rows)
        for column in range(layout.columns)
    ]


@pytest.mark.parametrize("layout", list(LabelSheet.Layout))
@pytest.mark.parametrize("language", ["fa", "en"])
def test_every_label_of_a_sheet_decodes_to_its_own_code(capacity, kilim, layout, language):
    measures = LAYOUTS[layout]
    sheet, labels = make_labels(work=kilim, count=5, layout=layout)
    pdf = sheet_pdf(sheet, labels, language=language)
    pages = pages_of(pdf)
    assert len(pages) == 1
    read = [code_in_photo(cell) for cell in cells(pages[0], measures)]
    codes = [label.passport.code for label in labels]
    assert sorted(filter(None, read)) == sorted(codes)
    if language == "en":  # on a page that begins from the right the reader turns letters and digits round
        said = text_of(pdf)
        assert all(label.passport.serial in said and label.scratch[:5] in said for label in labels)


@pytest.mark.parametrize("layout", list(LabelSheet.Layout))
def test_no_square_is_smaller_than_fifteen_millimetres(capacity, kilim, layout):
    label = make_labels(work=kilim, count=1, gtin="4006381333931")[1][0]
    measures = LAYOUTS[layout]
    assert pattern_side(address_of(label.passport), measures.pattern) >= SMALLEST_PATTERN
    assert measures.columns * measures.width <= 210
    assert measures.rows * measures.height <= 297


def test_the_square_measured_on_the_page(capacity, kilim):
    """The dark pattern itself, in the rendered small label."""
    sheet, labels = make_labels(work=kilim, count=1, layout=LabelSheet.Layout.SMALL)
    page = pages_of(sheet_pdf(sheet, labels, language="en"))[0]
    cell = cells(page, LAYOUTS[LabelSheet.Layout.SMALL])[0]
    square = cell.crop((0, 0, int(21.5 * DPI / 25.4), cell.height)).convert("L")
    dark = numpy.argwhere(numpy.asarray(square) < 100)
    sides_mm = (dark.max(axis=0) - dark.min(axis=0)) / DPI * 25.4
    assert sides_mm.min() >= SMALLEST_PATTERN


def test_more_labels_than_a_page_holds_go_on(capacity, kilim):
    sheet, labels = make_labels(work=kilim, count=9, layout=LabelSheet.Layout.LARGE)
    assert len(pages_of(sheet_pdf(sheet, labels, language="fa"))) == 2


def test_with_a_gtin_the_square_holds_a_digital_link(capacity, kilim):
    passport = make_labels(work=kilim, count=1, gtin="4006381333931")[1][0].passport
    assert address_of(passport).endswith(f"/01/04006381333931/21/{passport.serial}?c={passport.code}")


def test_the_card_speaks_both_languages(capacity, kilim):
    passport = make_labels(work=kilim, count=1)[1][0].passport
    pdf = card_pdf(passport, [])
    pages = pages_of(pdf)
    assert len(pages) == 2
    assert {code_in_photo(page) for page in pages} == {passport.code}
    said = text_of(pdf)  # the reader turns the order of words on a page that begins from the right
    for word in ("kilim", "workshop", "Sirjan", "November", "2026", "گلیم", "آذر", passport.serial):
        assert word in said
