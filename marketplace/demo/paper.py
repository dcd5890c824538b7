"""A sheet of paper for the demo's files: lines without words, and a stamp that says it is a sample."""

import io

from PIL import Image, ImageDraw, ImageFont

_WIDTH, _HEIGHT, _MARGIN, _LINE = 620, 877, 60, 34
_SHEET, _RULE, _EDGE, _STAMP = "#fbf8f2", "#cfc4ad", "#8c8371", "#9c2f24"


def draw_paper() -> bytes:
    """The sheet as PNG."""
    sheet = Image.new("RGB", (_WIDTH, _HEIGHT), _SHEET)
    pen = ImageDraw.Draw(sheet)
    pen.rectangle((20, 20, _WIDTH - 20, _HEIGHT - 20), outline=_EDGE, width=3)
    for row, y in enumerate(range(_MARGIN + 120, _HEIGHT - 240, _LINE)):
        short = 160 if row % 5 == 4 else 0
        pen.line((_MARGIN + short, y, _WIDTH - _MARGIN, y), fill=_RULE, width=9)
    pen.text((_WIDTH / 2, _MARGIN + 40), "SAMPLE", font=ImageFont.load_default(54), fill=_STAMP, anchor="mm")
    pen.text(
        (_WIDTH / 2, _HEIGHT - 120),
        "no office gave this paper",
        font=ImageFont.load_default(24),
        fill=_EDGE,
        anchor="mm",
    )
    out = io.BytesIO()
    sheet.save(out, "PNG", optimize=True)
    return out.getvalue()
