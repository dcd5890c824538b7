"""What was true of a work when it was sold, in both languages: an order must still say so when makers, venues and seals have changed."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils import translation

from authenticity.models import SealGrant
from catalogue.models import Product
from marketplace.basket.rules import is_made_for_buyer
from marketplace.crafts.models import Named
from marketplace.makers.models import ProductionLicence
from marketplace.partner.models import StockRecord


def _names(thing: Named | None) -> dict[str, str] | None:
    return {"fa": thing.name_fa, "en": thing.name_en} if thing is not None else None


def _label(state: Product.Origin) -> dict[str, str]:
    """The origin's label in both languages."""
    texts = {}
    for language in ("fa", "en"):
        with translation.override(language):
            texts[language] = str(state.label)
    return texts


def _seal(grant: SealGrant) -> dict[str, Any]:
    return {"scheme": _names(grant.scheme), "number": grant.number, "valid_until": grant.valid_until.isoformat()}


def _venue(offer: StockRecord, on: date) -> dict[str, Any] | None:
    venue = offer.venue
    if venue is None:
        return None
    in_force = venue.licences.filter(issued_on__lte=on, expires_on__gte=on)
    return {
        "name": _names(venue),
        "slug": venue.slug,
        "city": _names(venue.city),
        "bound": venue.is_bound_on(on),
        "licences": list(in_force.values_list("number", flat=True)),
    }


#: Numbers of production licences in force on a day, by maker and craft group.
Licences = Mapping[tuple[int, int], list[str]]


def licences_of(works: Iterable[Product], on: date) -> Licences:
    """What the makers of these works hold, in one query."""
    found: dict[tuple[int, int], list[str]] = {}
    makers = {work.maker_id for work in works if work.maker_id}
    held = ProductionLicence.objects.valid_on(on).filter(maker_id__in=makers).order_by("pk")
    for maker, group, number in held.values_list("maker_id", "craft_group_id", "number"):
        found.setdefault((maker, group), []).append(number)
    return found


def snapshot(
    work: Product,
    offer: StockRecord,
    *,
    seals: list[SealGrant],
    licences: Licences,
    on: date,
    personal_text: str = "",
) -> dict[str, Any]:
    """JSON for an order's line. `work` is the variant's parent where there is one. Of a buyer's own text it says that there is one,
    not which: the words leave with the account, what they mean for a return stays."""
    return {
        "title": {"fa": work.title_fa, "en": work.title_en or work.title_fa},
        "maker": {**(_names(work.maker) or {}), "slug": work.maker.slug} if work.maker else None,
        "city": _names(work.craft_city),
        "craft": _names(work.craft),
        "venue": _venue(offer, on),
        "origin": {
            "state": str(work.shown_origin(on)),
            "country": work.origin_country,
            "basis": work.origin_basis,
            "domestic_until": work.domestic_until.isoformat() if work.domestic_until else None,
            "label": _label(work.shown_origin(on)),
        },
        "licences": licences.get((work.maker_id, work.craft.group_id), []) if work.maker_id and work.craft else [],
        "seals": [_seal(grant) for grant in seals],
        "made_to_order": is_made_for_buyer(work, personal_text),
        "personalised": bool(personal_text),
        "one_of_a_kind": work.one_of_a_kind,
        "lead_days": work.lead_days,
        "on": on.isoformat(),
    }
