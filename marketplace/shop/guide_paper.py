"""A guide as two tagged A4 pages, to be printed and handed over."""

from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from marketplace.core.documents import render_pdf
from marketplace.core.persian import to_persian_digits
from marketplace.shop.guides import Step, guide_of

SOURCE = Path(__file__).parent / "typst" / "guide.typ"


@cache
def guide_pdf(name: str, language: str) -> bytes:
    """The guide in "fa" or "en"; made once a process. Raises KeyError for a name that is no guide's."""
    guide = guide_of(name)
    first = 1
    pages = []
    with override(language):
        for steps in guide.pages:
            pages.append(_page(steps, first, language))
            first += len(steps)
        data = {
            "market": _("Rasteh"),
            "title": str(guide.title),
            "lead": str(guide.lead),
            "pages": pages,
            "wide": guide.wide,
            "note": _("The pictures are of the demo: names, numbers and amounts in them are examples."),
        }
        return render_pdf(SOURCE, data, language=language, root=settings.BASE_DIR)


def _page(steps: tuple[Step, ...], first: int, language: str) -> dict[str, Any]:
    """One page: its steps in two columns of about the same length, and their pictures."""
    pictures = []
    told = []
    for number, step in enumerate(steps, first):
        shown = _digits(number, language)
        told.append({"number": shown, "title": str(step.title), "text": str(step.text)})
        if step.picture:
            file = f"/static/{step.picture.file(language)}"
            caption = _("Step %(number)s: %(title)s") % {"number": shown, "title": step.title}
            pictures.append({"file": file, "alt": str(step.picture.alt), "caption": caption})
    return {"columns": _halves(told), "pictures": pictures}


def _halves(told: list[dict[str, str]]) -> list[list[dict[str, str]]]:
    lengths = [len(one["title"]) + len(one["text"]) + 80 for one in told]
    cut = min(range(1, len(told)), key=lambda at: abs(sum(lengths[:at]) - sum(lengths[at:])))
    return [told[:cut], told[cut:]]


def _digits(number: int, language: str) -> str:
    return to_persian_digits(str(number)) if language == "fa" else str(number)
