"""What a won appeal gives back: the origin a work had before a decision, and its offers, unless something newer was said of it since."""

from datetime import date
from typing import Any

from authenticity.queries import valid_seals
from catalogue.models import OriginDecision, Product
from catalogue.rules import declared_origin
from marketplace.core.clock import today
from marketplace.listing.origins import change_origin
from marketplace.listing.returns import give_back_offers, standing_offers
from marketplace.matters.models import Matter


def as_it_was(work: Product) -> dict[str, Any]:
    """The origin of a work and the offers that stand on it, as a matter keeps them."""
    return {
        "state": work.origin_state,
        "country": work.origin_country,
        "place": work.origin_place,
        "basis": work.origin_basis,
        "until": work.domestic_until.isoformat() if work.domestic_until else None,
        "product_line": work.product_line_id,
        "offers": standing_offers([work.origin_work]),
    }


def remember(matter: Matter, work: Product, before: dict[str, Any]) -> None:
    """Keep in the matter what an appeal would need: what was, and which word on the origin was the newest once it was decided."""
    matter.facts = {**matter.facts, "before": before, "word": _last_word(work)}
    matter.save(update_fields=["facts"])


def is_newest(matter: Matter, work: Product) -> bool:
    """Whether nobody has spoken on the origin since the matter was decided."""
    return "word" in matter.facts and _last_word(work) == matter.facts["word"]


def put_back(matter: Matter, work: Product, *, by: Any, reason: str) -> None:
    """Give a work the origin it had, and its seller the offers that the decision ended.

    What was said of it since (by another officer, or its maker) is newer and stays.
    """
    if not is_newest(matter, work) or work.origin_basis != Product.Basis.VERIFIED:
        return
    before = matter.facts["before"]
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
    give_back_offers(before.get("offers", []))


def _last_word(work: Product) -> int | None:
    return OriginDecision.objects.filter(work=work).order_by("-pk").values_list("pk", flat=True).first()


def _origin_again(work: Product, before: dict[str, Any]) -> tuple[str, str, date | None]:
    """State, basis and end: an officer's word as it was, unless its day has passed; a seal if it holds; else the maker's word, by
    the licences of today."""
    until = _day(before["until"])
    if before["basis"] == Product.Basis.VERIFIED and (until is None or until >= today()):
        return before["state"], before["basis"], until
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
