"""A guide as two tagged A4 pages, to be printed and handed over."""

import io
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override
from PIL import Image

from marketplace.core.documents import render_pdf
from marketplace.core.persian import to_persian_digits
from marketplace.shop.guides import Step, guide_of, picture_bytes

SOURCE = Path(__file__).parent / "typst" / "guide.typ"


@cache
def guide_pdf(name: str, language: str) -> bytes:
    """The guide in "fa" or "en"; made once a process. Raises KeyError for a name that is no guide's."""
    guide = guide_of(name)
    beside: dict[str, bytes] = {}
    first = 1
    pages = []
    with override(language):
        for steps in guide.pages:
            pages.append(_page(steps, first, language, beside))
            first += len(steps)
        data = {
            "market": _("Rasteh"),
            "title": str(guide.title),
            "lead": str(guide.lead),
            "pages": pages,
            "wide": guide.wide,
            "note": _("The pictures are of the demo: names, numbers and amounts in them are examples."),
        }
        return render_pdf(SOURCE, data, language=language, beside=beside)


def _page(steps: tuple[Step, ...], first: int, language: str, beside: dict[str, bytes]) -> dict[str, Any]:
    """One page: its steps in two columns of about the same length, and their pictures. Puts the pictures' files into `beside`."""
    pictures = []
    told = []
    for number, step in enumerate(steps, first):
        shown = _digits(number, language)
        told.append({"number": shown, "title": str(step.title), "text": str(step.text)})
        if step.picture:
            file = f"{step.picture.name}.jpg"
            beside[file] = _as_jpeg(picture_bytes(step.picture, language))
            caption = _("Step %(number)s: %(title)s") % {"number": shown, "title": step.title}
            pictures.append({"file": file, "alt": str(step.picture.alt), "caption": caption})
    return {"columns": _halves(told), "pictures": pictures}


def _as_jpeg(body: bytes) -> bytes:
    """A paper carries JPEG as it is; of WebP it would carry every dot."""
    out = io.BytesIO()
    with Image.open(io.BytesIO(body)) as image:
        image.convert("RGB").save(out, "JPEG", quality=80)
    return out.getvalue()


def _halves(told: list[dict[str, str]]) -> list[list[dict[str, str]]]:
    lengths = [len(one["title"]) + len(one["text"]) + 80 for one in told]
    cut = min(range(1, len(told)), key=lambda at: abs(sum(lengths[:at]) - sum(lengths[at:])))
    return [told[:cut], told[cut:]]


def _digits(number: int, language: str) -> str:
    return to_persian_digits(str(number)) if language == "fa" else str(number)
