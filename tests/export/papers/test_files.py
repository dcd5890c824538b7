"""Papers are read back: every sum on every paper is the sum of the facts, in both languages and every kind of file."""

import io
import json
import re
import zipfile
from xml.etree import ElementTree

import pypdfium2
import pytest

from marketplace.core.measures import weight_text
from marketplace.core.persian import to_latin_digits
from marketplace.export.missing import missing
from marketplace.export.papers import files
from marketplace.export.papers.facts import as_data, facts_of
from marketplace.export.papers.paper import KINDS, OF_CARTONS, is_there, paper
from tests.cast import DAY
from tests.export.abroad import TOTAL

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
LANGUAGES = ("fa", "en")
#: Papers that name the worth of all goods, and those that name the total with freight.
OF_GOODS = ("proforma", "invoice", "cn23", "origin-request")
OF_TOTAL = ("proforma", "invoice")


def text_of(pdf: bytes) -> str:
    """A PDF's words in Latin digits, without marks of direction and grouping."""
    document = pypdfium2.PdfDocument(pdf)
    text = "\n".join(page.get_textpage().get_text_range() for page in document)
    return plain(text)


def plain(text: str) -> str:
    return re.sub("[\u200e\u200f\u2066-\u2069,٬]", "", to_latin_digits(text)).replace("٫", ".")


def rows_of(xlsx: bytes) -> list[list[str]]:
    with zipfile.ZipFile(io.BytesIO(xlsx)) as packed:
        tree = ElementTree.fromstring(packed.read("xl/worksheets/sheet1.xml"))  # noqa: S314  our own file
        assert packed.testzip() is None
    return [["".join(cell.itertext()) for cell in row.findall(f"{SHEET}c")] for row in tree.find(f"{SHEET}sheetData")]


@pytest.fixture
def facts(packed):
    return facts_of(packed)


def test_the_sums_are_those_of_lines_and_cartons(facts):
    assert (facts.goods_minor, facts.total_minor) == (TOTAL - 12_050, TOTAL)
    assert sum(parcel.pieces for parcel in facts.parcels) == facts.pieces == 3
    assert sum(parcel.net_grams for parcel in facts.parcels) == facts.net_grams == 10_200
    assert facts.gross_grams == 10_200 + 2 * 900


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_sums_of_every_pdf_agree(kind, language, facts):
    pdf = files.as_pdf(paper(kind, facts, language=language))
    text = text_of(pdf)
    assert all(
        part in text for part in re.findall("[A-Z]+|[0-9]+", facts.number)
    )  # a Persian line is read back in another order
    if kind in OF_GOODS:
        assert "3901.00" in text
    if kind in OF_TOTAL:
        assert "4021.50" in text
    if kind in OF_CARTONS or kind == "invoice":
        assert plain(weight_text(12_000, language=language)).split()[0] in text
    assert b"/StructTreeRoot" in pdf
    assert b"pdfuaid" in pdf


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_a_spreadsheet_says_what_its_pdf_says(kind, language, facts):
    made = paper(kind, facts, language=language)
    rows = rows_of(files.as_xlsx(made))
    assert [list(row) for row in made.rows] == [row for row in rows if tuple(row) in made.rows]
    for total in made.totals:
        assert list(total) in rows
    text = text_of(files.as_pdf(made))
    for _label, figure in made.totals:
        assert plain(figure).split()[0 if figure[-1].isalpha() else -1] in text


def test_priced_rows_add_up_to_the_total_they_name(facts):
    made = paper("invoice", facts, language="en")
    added = sum(round(float(row[6].replace(",", "")) * 100) for row in made.rows)
    assert added == facts.goods_minor
    assert dict(made.totals)["Total"] == "EUR 4,021.50"


def test_the_data_has_the_same_sums(facts):
    told = json.loads(files.as_json(facts))
    assert told["totals"] == {
        "goods_minor": facts.goods_minor,
        "total_minor": TOTAL,
        "pieces": 3,
        "net_grams": 10_200,
        "gross_grams": 12_000,
        "chargeable_grams": 2 * 38_477,
    }
    assert sum(item["total_minor"] for item in told["items"]) == told["totals"]["goods_minor"]
    assert told["issued_on"] == str(as_data(facts)["issued_on"]) == str(DAY)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_carton_has_a_mark_with_its_own_square_code(language, facts):
    document = pypdfium2.PdfDocument(files.marks_pdf(facts, language=language))
    assert len(document) == 2
    text = plain(document[1].get_textpage().get_text_range())
    assert all(part in text for part in re.findall("[A-Z]+|[0-9]+", facts.number))
    assert {"MADE", "IN", "IRAN"} <= set(text.split())


def test_the_dossier_holds_everything_and_says_what_is_missing(packed, facts):
    told = missing(packed, facts, on=DAY)
    with zipfile.ZipFile(io.BytesIO(files.dossier(facts, told))) as dossier:
        names = set(dossier.namelist())
        said = dossier.read("missing.txt").decode("utf-8-sig")
        assert text_of(dossier.read("invoice-en.pdf")).count("4021.50") == 1
    wanted = {f"{kind}-{language}.{ending}" for kind in KINDS for language in LANGUAGES for ending in ("pdf", "xlsx")}
    assert names == wanted | {"marks-fa.pdf", "marks-en.pdf", "consignment.json", "missing.txt"}
    for sentence in told:
        assert sentence in said


def test_an_unpacked_consignment_has_no_papers_of_cartons(filled):
    facts = facts_of(filled)
    with zipfile.ZipFile(io.BytesIO(files.dossier(facts, []))) as dossier:
        assert not {name for name in dossier.namelist() if name.startswith((*OF_CARTONS, "marks"))}


def test_signs_of_xml_in_a_name_break_no_spreadsheet(filled):
    filled.buyer_name = "A & B <Co>\x0b"
    rows = rows_of(files.as_xlsx(paper("proforma", facts_of(filled), language="en")))
    assert "A & B <Co>" in [cell for row in rows for cell in row]


def test_carpets_and_kilims_have_their_sheet_and_nothing_is_guessed_on_it(facts, flatweave):
    made = paper("carpet", facts, language="en")
    assert [row[5] for row in made.rows] == ["2", "1"]
    assert made.rows[0][4] == "120 × 80 cm"
    assert {cell for row in made.rows for cell in row[6:]} == {"…………"}


def test_who_sends_no_carpet_has_no_sheet_for_it(packed, flatweave):
    flatweave.slug = "glass"
    flatweave.save()
    assert not is_there("carpet", facts_of(packed))
