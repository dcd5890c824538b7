"""Pictures for sharing a page that has none of its own: a city, a craft, a group of crafts, the market itself.

They show a name and a woven pattern worked out from the slug; no place and no work is pictured that nobody has photographed.
"""

import hashlib
import json
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from marketplace.core.documents import render_picture
from marketplace.crafts.models import Craft, CraftGroup
from marketplace.found.keeping import keep
from marketplace.found.models import KeptFile
from marketplace.places.models import City
from marketplace.ui.weave import stitches

SOURCE = Path(__file__).parent / "typst" / "share.typ"
WIDTH, HEIGHT = 1200, 630
#: Yarns by kind of palette, as `static/css/parts.css` has them.
PALETTES = (
    ("#efe3cb", "#9c2f24", "#1f3a52", "#c98a1d"),
    ("#0b6a73", "#efe3cb", "#9c2f24", "#0d3b42"),
    ("#7d2018", "#e3c48a", "#1f3a52", "#efe3cb"),
    ("#22334a", "#d9cdb8", "#b4552d", "#5b8a86"),
    ("#e3c48a", "#5a3b26", "#0b6a73", "#9c2f24"),
    ("#4a5a34", "#efe3cb", "#7d2018", "#d3a23a"),
)
#: The worker looks so often, and draws for so long at a turn.
SECONDS, TURN_SECONDS = 300, 2.0
#: How long a process remembers which pictures there are.
KNOWN_SECONDS = 300

Subject = City | Craft | CraftGroup | None


@dataclass(frozen=True)
class Words:
    """What a card says, in one language."""

    slug: str
    title: str
    words: str


def kind_of(subject: Subject, language: str) -> str:
    """The kind under which a subject's card is kept; None is the market."""
    name = "market" if subject is None else str(subject._meta.model_name)
    return f"card-{name}-{language}"


def number_of(subject: Subject) -> int:
    return 0 if subject is None else subject.pk


def words_of(subject: Subject) -> Words:
    """In the language that is active."""
    if subject is None:
        return Words("rasteh", _("Rasteh"), _("Handmade works of Iran, from the maker"))
    if isinstance(subject, City):
        craft = subject.craft_en if (get_language() or "fa").startswith("en") else subject.craft_fa
        return Words(subject.slug, subject.name, craft or subject.province.name)
    return Words(subject.slug, subject.name, subject.group.name if isinstance(subject, Craft) else "")


def subjects() -> Iterator[Subject]:
    """Everything that has a card, in three queries."""
    yield None
    yield from City.objects.select_related("province").order_by("pk")
    yield from CraftGroup.objects.order_by("pk")
    yield from Craft.objects.select_related("group").order_by("pk")


def refresh(seconds: float = TURN_SECONDS) -> int:
    """Draw cards that are missing or say something else by now, until the time is over. Returns how many."""
    until, drawn = time.monotonic() + seconds, 0
    kept = KeptFile.objects.filter(kind__startswith="card-").values_list("kind", "number", "made_of")
    made_of = {(kind, number): mark for kind, number, mark in kept}
    for subject in subjects():
        for language, _name in settings.LANGUAGES:
            kind, number = kind_of(subject, language), number_of(subject)
            with override(language):
                data = _data(words_of(subject))
            mark = fingerprint(data)
            if made_of.get((kind, number)) == mark:
                continue
            picture = render_picture(SOURCE, data, language=language)
            keep(kind, number, picture, suffix=".png", made_of=mark, rows=1)
            drawn += 1
            if time.monotonic() >= until:
                return drawn
    return drawn


def _data(words: Words) -> dict[str, Any]:
    kind, rows = stitches(words.slug)
    told = {"market": _("Rasteh"), "tagline": _("Bazaar of Iranian handicrafts")}
    return asdict(words) | told | {"palette": PALETTES[kind], "stitches": rows}


def fingerprint(data: dict[str, Any]) -> str:
    """What a card is made of: its words and pattern, and how it is drawn."""
    return hashlib.sha256(json.dumps(data).encode() + SOURCE.read_bytes()).hexdigest()


_known: dict[str, Any] = {"until": 0.0, "names": {}}


def forget() -> None:
    """Ask for the cards anew when one is next shown."""
    _known["until"] = 0.0


def card_of(subject: Subject) -> dict[str, Any]:
    """Fields of a shared page for a subject's card in the active language; empty while none is drawn.

    A process remembers the cards' names, so that a page asks nothing.
    """
    if _known["until"] < time.monotonic():
        kept = KeptFile.objects.filter(kind__startswith="card-").values_list("kind", "number", "name")
        _known["names"] = {(kind, number): name for kind, number, name in kept}
        _known["until"] = time.monotonic() + KNOWN_SECONDS
    language = (get_language() or "fa").split("-")[0]
    name = _known["names"].get((kind_of(subject, language), number_of(subject)))
    if not name:
        return {}
    said = words_of(subject)
    alt = _("%(name)s, on a woven pattern") % {"name": said.title}
    return {"image": default_storage.url(name), "width": WIDTH, "height": HEIGHT, "alt": alt}
