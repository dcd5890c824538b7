"""The kind "suspicion": what an officer may decide about a work that looks foreign, and how each decision is undone."""

from dataclasses import dataclass
from typing import Any

from django.core.files.storage import default_storage
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from catalogue.models import Product, ProductImage
from marketplace.listing.origins import change_origin, dispute_origin
from marketplace.listing.undoing import as_it_was, put_back, remember
from marketplace.matters.kinds import Decision, Kind, register
from marketplace.matters.models import Matter
from marketplace.suspicion.rules import require_claim_to_be_domestic

SUSPICION = "suspicion"


def _work(matter: Matter) -> Product:
    return Product.objects.select_related("maker", "craft", "import_permit").get(pk=matter.subject_id)


def _leave(matter: Matter, by: Any, reason: str) -> None:
    """The work stays as it is; the matter remembers which signals were judged."""


def _dispute(matter: Matter, by: Any, reason: str) -> None:
    work = _work(matter)
    require_claim_to_be_domestic(work)
    before = as_it_was(work)
    remember(matter, dispute_origin(work=work, by=by, reason=reason), before)


def _find_foreign(matter: Matter, by: Any, reason: str) -> None:
    work = _work(matter)
    require_claim_to_be_domestic(work)
    before = as_it_was(work)
    # the country is not known by this: its maker can name it, and register a permit
    found = change_origin(
        work=work,
        state=Product.Origin.FOREIGN,
        country="",
        basis=Product.Basis.VERIFIED,
        until=None,
        by=by,
        reason=reason,
    )
    remember(matter, found, before)


def _put_back(matter: Matter, by: Any, reason: str) -> None:
    put_back(matter, _work(matter), by=by, reason=reason)


def _page(matter: Matter) -> str:
    return _work(matter).get_absolute_url()


@dataclass(frozen=True)
class Side:
    """One of two pictures to be compared: as the pages' picture partial reads it, whose it is, and where it is seen."""

    picture: dict[str, Any]
    maker: str
    title: str
    url: str


@dataclass(frozen=True)
class Shown:
    """A stored signal, with the pictures it speaks of (two or none)."""

    weight: int
    sentence_fa: str
    sentence_en: str
    sides: tuple[Side, ...]


def signs_of(matter: Matter) -> list[str]:
    """What the maker is told was noticed, in the reader's language: one cannot answer what one does not know. Empty for other kinds."""
    language = "en" if (get_language() or "fa").startswith("en") else "fa"
    return [fact[f"sentence_{language}"] for fact in matter.facts.get("signals", [])]


def facts_of(matter: Matter) -> dict[str, Any]:
    """The work, and its signals, heaviest first."""
    facts = sorted(matter.facts["signals"], key=lambda fact: -fact["weight"])
    ids = {fact[side] for fact in facts for side in ("image", "other_image") if fact[side]}
    images = ProductImage.objects.select_related("product__maker").in_bulk(ids)
    return {"work": _work(matter), "signals": [_shown(fact, images) for fact in facts]}


def _shown(fact: dict[str, Any], images: dict[int, ProductImage]) -> Shown:
    sides = [_side(images[fact[side]]) for side in ("image", "other_image") if fact[side] in images]
    return Shown(fact["weight"], fact["sentence_fa"], fact["sentence_en"], tuple(sides))


def _side(image: ProductImage) -> Side:
    work = image.product
    widest = max(image.sizes, key=int, default=None)
    name = image.sizes[widest] if widest else image.original.name
    picture = {
        "src": default_storage.url(name),
        "width": image.width,
        "height": image.height,
        "alt": (image.alt_en if (get_language() or "fa").startswith("en") else image.alt_fa) or work.name,
        "placeholder": image.colour,
    }
    return Side(picture, work.maker.name if work.maker else "", work.name, work.get_absolute_url())


register(
    Kind(
        code=SUSPICION,
        name=_("Doubtful origin"),
        days=7,
        decisions=(
            Decision(
                "unfounded",
                label=_("No ground for doubt; it stays as it is"),
                told=_("The origin of “%(title)s” was looked at, and nothing changes. %(text)s"),
                apply=_leave,
                needs_reason=False,
            ),
            Decision(
                "disputed",
                label=_("The origin is disputed until it is shown"),
                told=_(
                    "The origin of “%(title)s” is disputed: %(text)s Until it is shown, the work carries that label and is not "
                    "offered in places licensed by Cultural Heritage. Send in papers that show it, or appeal."
                ),
                apply=_dispute,
                undo=_put_back,
            ),
            Decision(
                "foreign",
                label=_("It is foreign"),
                told=_(
                    "“%(title)s” was found to be of foreign origin: %(text)s It is offered nowhere until an import permit stands "
                    "for it. You may appeal."
                ),
                apply=_find_foreign,
                undo=_put_back,
            ),
        ),
        page=_page,
        template="desks/officer/facts_suspicion.html",
        context=facts_of,
    )
)
