"""The kind "suspicion": what an officer may decide about a work that looks foreign, and how each decision is undone."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.files.storage import default_storage
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from authenticity.queries import valid_seals
from catalogue.models import OriginDecision, Product, ProductImage
from catalogue.rules import declared_origin
from marketplace.core.clock import today
from marketplace.listing.origins import change_origin, dispute_origin
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
    before = _as_it_was(work)
    _remember(matter, dispute_origin(work=work, by=by, reason=reason), before)


def _find_foreign(matter: Matter, by: Any, reason: str) -> None:
    work = _work(matter)
    require_claim_to_be_domestic(work)
    before = _as_it_was(work)
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
    _remember(matter, found, before)


def _as_it_was(work: Product) -> dict[str, Any]:
    return {
        "state": work.origin_state,
        "country": work.origin_country,
        "place": work.origin_place,
        "basis": work.origin_basis,
        "until": work.domestic_until.isoformat() if work.domestic_until else None,
        "product_line": work.product_line_id,
    }


def _remember(matter: Matter, work: Product, before: dict[str, Any]) -> None:
    """Keep in the matter what an appeal would need: what was, and which word on the origin was this decision's."""
    matter.facts = {**matter.facts, "before": before, "word": _last_word(work)}
    matter.save(update_fields=["facts"])


def _last_word(work: Product) -> int | None:
    return OriginDecision.objects.filter(work=work).order_by("-pk").values_list("pk", flat=True).first()


def _put_back(matter: Matter, by: Any, reason: str) -> None:
    """Give a work the origin it had. What was said of it since (by another officer, or its maker) is newer and stays."""
    work, before = _work(matter), matter.facts["before"]
    is_ours = _last_word(work) == matter.facts["word"] and work.origin_basis == Product.Basis.VERIFIED
    if not is_ours:
        return
    work.product_line_id = before["product_line"]
    state, basis, until = _origin_again(work, before)
    change_origin(
        work=work,
        state=state,
        country=before["country"],
        place=before["place"],
        basis=basis,
        until=until,
        by=by,
        reason=reason,
    )


def _origin_again(work: Product, before: dict[str, Any]) -> tuple[str, str, date | None]:
    """State, basis and end: an officer's word as it was; a seal if it holds; else the maker's word, by the licences of today."""
    if before["basis"] == Product.Basis.VERIFIED:
        return before["state"], before["basis"], _day(before["until"])
    seals = valid_seals([work], today()).get(work.pk, [])
    if before["basis"] == Product.Basis.SEAL and seals:
        return Product.Origin.DOMESTIC, Product.Basis.SEAL, max(seal.valid_until for seal in seals)
    assert work.maker
    assert work.craft
    origin = declared_origin(
        country=before["country"], craft=work.craft, licences=work.maker.licences.all(), on=today()
    )
    return origin.state, origin.basis, origin.until


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None


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
