"""A spreadsheet of one sheet as Office Open XML (ECMA-376): text in every cell, so that no program reads a code as a number."""

import io
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'
)
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def workbook(name: str, rows: Sequence[Sequence[str]], *, rtl: bool) -> bytes:
    """The sheet of these rows; `rtl`: it is read from right to left."""
    cells = "".join(_row(number, row) for number, row in enumerate(rows, 1))
    sheet = (
        f'<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0"{" rightToLeft=" + chr(34) + "1" + chr(34) if rtl else ""}/>'
        f"</sheetViews><sheetData>{cells}</sheetData></worksheet>"
    )
    book = (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        f'<sheet name="{_name(name)}" sheetId="1" r:id="rId1"/></sheets></workbook>'
    )
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", _HEAD + _TYPES)
        packed.writestr("_rels/.rels", _HEAD + _relation("officeDocument", "xl/workbook.xml"))
        packed.writestr("xl/workbook.xml", _HEAD + book)
        packed.writestr("xl/_rels/workbook.xml.rels", _HEAD + _relation("worksheet", "worksheets/sheet1.xml"))
        packed.writestr("xl/worksheets/sheet1.xml", _HEAD + sheet)
    return held.getvalue()


def _relation(kind: str, target: str) -> str:
    return f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="rId1" Type="{_OFFICE}/{kind}" Target="{target}"/></Relationships>'


def _row(number: int, row: Sequence[str]) -> str:
    told = "".join(
        f'<c r="{_column(place)}{number}" t="inlineStr"><is><t xml:space="preserve">{escape(_clean(text))}</t></is></c>'
        for place, text in enumerate(row)
    )
    return f'<row r="{number}">{told}</row>'


def _column(place: int) -> str:
    """A, B … Z, AA: no paper has more columns than letters, and parties have few lines."""
    return chr(65 + place) if place < 26 else f"A{chr(65 + place - 26)}"


def _clean(text: str) -> str:
    """Without signs that XML forbids."""
    return "".join(sign for sign in text if sign in "\t\n" or ord(sign) >= 32)


def _name(name: str) -> str:
    """A sheet's name: 31 letters, none of those that programs refuse."""
    return escape("".join(sign for sign in name if sign not in "[]:*?/\\")[:31], {'"': "&quot;"})
