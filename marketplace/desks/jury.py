"""What a juror reads: the dossier of a panel they sit on. Nothing here asks for the maker, the application or another's points."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.utils.translation import gettext as _

from authenticity.models import SealDocument
from catalogue.models import ProductImage
from marketplace.core.blind_documents import pages_alone
from marketplace.core.measures import size_text
from marketplace.desks.forms.base import reader_language
from marketplace.desks.papers import PDF
from marketplace.juries.models import Panel, Seat
from marketplace.ui.cards import Picture, picture_of
from marketplace.ui.templatetags.rasteh import digits, grouped, weight


@dataclass(frozen=True)
class BlindWork:
    """A work as a juror sees it."""

    facts: list[tuple[str, str]]
    pictures: list[Picture]


def _in(language: str, names: dict[str, str]) -> str:
    return names.get(language) or names.get("fa") or ""


def craft_of(panel: Panel) -> str:
    """The craft in the reader's language."""
    return _in(reader_language(), panel.dossier.get("craft", {}))


def works_of(panel: Panel) -> list[BlindWork]:
    """The works, in one query. Pictures are told by their numbers: what their makers wrote beside them could name somebody."""
    works = panel.dossier.get("works", [])
    images = ProductImage.objects.in_bulk([pk for work in works for pk in work["pictures"]])
    return [BlindWork(_facts(work), _pictures(number, work, images)) for number, work in enumerate(works, 1)]


def _facts(work: dict[str, Any]) -> list[tuple[str, str]]:
    language = reader_language()
    facts = [
        (_("Technique"), _in(language, work["technique"])),
        (_("Size"), size_text(*work["size_mm"], language=language)),
        (_("Weight"), weight(work["weight_grams"])),
        (_("Hours of work"), grouped(work["hours"])),
    ]
    return [(name, told) for name, told in facts if told]


def _pictures(number: int, work: dict[str, Any], images: dict[int, ProductImage]) -> list[Picture]:
    there = [images[pk] for pk in work["pictures"] if pk in images]
    words = [
        _("Work %(work)s, picture %(picture)s") % {"work": digits(number), "picture": digits(place)}
        for place in range(1, len(there) + 1)
    ]
    made = (picture_of(image, title=told, own_words=False) for image, told in zip(there, words, strict=True))
    return [picture for picture in made if picture is not None]


def papers_of(panel: Panel) -> range:
    """The papers' numbers on this panel, from 1: their titles were written by the maker."""
    return range(1, len(panel.dossier.get("papers", [])) + 1)


def open_paper(panel: Panel, number: int) -> tuple[File, str] | None:
    """A paper of the dossier and a name for it that tells nothing, in the file or beside it.

    None where there is none of that number, and for a PDF whose pages cannot be read: what it would tell is not known.
    """
    papers = panel.dossier.get("papers", [])
    chosen = papers[number - 1] if 1 <= number <= len(papers) else None
    document = SealDocument.objects.filter(pk=chosen, names_the_maker=False).first()
    if document is None:
        return None
    ending = document.file.name.rsplit(".", 1)[-1].lower()
    name, file = f"paper-{number}.{ending}", document.file.open("rb")
    if ending != PDF:
        return file, name
    with file:
        try:
            return ContentFile(pages_alone(file.read())), name
        except ValidationError:
            return None


def points_of(seat: Seat) -> list[tuple[str, int, int]]:
    """A juror's own points: criterion, points, highest."""
    language, given = reader_language(), {score.criterion: score.points for score in seat.scores.all()}
    return [
        (_in(language, {"fa": one["name_fa"], "en": one["name_en"]}), given[one["code"]], one["highest"])
        for one in seat.panel.criteria
        if one["code"] in given
    ]
