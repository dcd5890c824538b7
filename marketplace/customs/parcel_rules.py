"""How it is packed and what carriers and post take: one parcel at a time, and what is not packed yet. Asked by `rules.check`."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from marketplace.customs.facts import Fact, Facts, Severity
from marketplace.customs.findings import Finding, amount, found
from marketplace.customs.shipment import Item, Parcel, Shipment


def forbid_heavy_parcel(parcel: Parcel, shipment: Shipment, facts: Facts) -> Finding | None:
    """The limit of the Kerman minutes, 35 kg as it came: a figure without a legal basis that was found."""
    fact = facts["heavy_parcel"]
    if parcel.grams is None or not fact.is_passed_by(parcel.grams):
        return None
    words = _("Parcel %(parcel)s weighs %(weight)s; the limit kept here is %(most)s.")
    return found(fact, "heavy_parcel", words, parcel=parcel.id, **_weights(parcel.grams, fact))


def forbid_heavy_work(item: Item, shipment: Shipment, facts: Facts) -> Finding | None:
    """A work above the limit for a parcel fits no parcel; asked of what is not packed yet."""
    fact = facts["heavy_parcel"]
    if item.grams is None or not fact.is_passed_by(item.grams):
        return None
    words = _("“%(work)s” weighs %(weight)s; the limit kept here for a parcel is %(most)s.")
    return found(fact, "heavy_work", words, work=item.name, **_weights(item.grams, fact))


def warn_of_heavy_lines(shipment: Shipment, facts: Facts) -> Iterator[Finding]:
    """Whether the limit is meant for a line of a consignment is not known: a line above it is shown."""
    fact = facts["heavy_line"]
    lines: dict[str, int] = {}
    names: dict[str, str] = {}
    for item in shipment.items():
        line = item.line or item.id
        names.setdefault(line, item.name)
        lines[line] = lines.get(line, 0) + (item.grams or 0) * item.quantity
    words = _("The line of “%(work)s” weighs %(weight)s; if the limit of %(most)s is meant for a line, it is above it.")
    for line, grams in lines.items():
        if fact.is_passed_by(grams):
            yield replace(found(fact, "heavy_line", words, work=names[line], **_weights(grams, fact)), item=line)


def _weights(grams: int, fact: Fact) -> dict[str, Any]:
    return {"weight": amount(grams, "g"), "most": amount(fact.value, "g")}


def require_told_weight(parcel: Parcel, shipment: Shipment, facts: Facts) -> Finding | None:
    """A parcel that nobody weighed cannot be held against any limit."""
    if parcel.grams is not None:
        return None
    words = _("Nobody has weighed parcel %(parcel)s yet.")
    return found(facts["not_measured"], "weight_unknown", words, severity=Severity.STOP, parcel=parcel.id)


def require_carrier_takes_weight(parcel: Parcel, shipment: Shipment, facts: Facts) -> Finding | None:
    """No carrier takes more than it says."""
    terms = shipment.terms
    fact = facts[terms.weight] if terms and terms.weight else None
    return _beyond(parcel, shipment, fact, parcel.grams, "g", "carrier_too_heavy")


def require_carrier_takes_side(parcel: Parcel, shipment: Shipment, facts: Facts) -> Finding | None:
    """No carrier takes a longer side than it says."""
    terms = shipment.terms
    fact = facts[terms.side] if terms and terms.side else None
    return _beyond(parcel, shipment, fact, parcel.longest_mm, "mm", "carrier_too_long")


def require_postal_length(parcel: Parcel, shipment: Shipment, facts: Facts) -> Finding | None:
    """International post has a longest side."""
    fact = facts["postal_longest"] if is_postal(shipment) else None
    return _beyond(parcel, shipment, fact, parcel.longest_mm, "mm", "postal_too_long")


def require_postal_girth(parcel: Parcel, shipment: Shipment, facts: Facts) -> Finding | None:
    """International post has a greatest length and girth."""
    fact = facts["postal_girth"] if is_postal(shipment) else None
    return _beyond(parcel, shipment, fact, parcel.girth_mm, "mm", "postal_too_thick")


def warn_of_small_posts(parcel: Parcel, shipment: Shipment, facts: Facts) -> Finding | None:
    """Some countries' post takes a smaller size; which, is not known here."""
    long, thick = facts["postal_longest_small"], facts["postal_girth_small"]
    above = long.is_passed_by(parcel.longest_mm or 0) or thick.is_passed_by(parcel.girth_mm or 0)
    if not is_postal(shipment) or not above:
        return None
    words = _(
        "Some countries’ post takes parcels up to %(side)s long and %(girth)s of length and girth only. Ask about parcel %(parcel)s."
    )
    named = {"side": lambda: long.value_text, "girth": lambda: thick.value_text}
    return found(long, "small_post", words, parcel=parcel.id, **named)


def is_postal(shipment: Shipment) -> bool:
    """Whether it goes by post."""
    return shipment.terms is not None and shipment.terms.is_postal


def _beyond(
    parcel: Parcel, shipment: Shipment, fact: Fact | None, measure: int | None, unit: str, code: str
) -> Finding | None:
    terms = shipment.terms
    if fact is None or terms is None or measure is None or not fact.is_passed_by(measure):
        return None
    words = _("%(about)s: %(carrier)s takes up to %(most)s; parcel %(parcel)s has %(measure)s.")
    named: dict[str, Any] = {"about": lambda: fact.about, "carrier": lambda: terms.name}
    named |= {"most": lambda: fact.value_text, "measure": amount(measure, unit)}
    return found(fact, code, words, parcel=parcel.id, **named)


def customs_form(parcel: Parcel, facts: Facts) -> str:
    """`CN22` for a postal parcel within its value and weight, `CN23` for any other and for one of unknown value or weight."""
    if parcel.value_sdr is None or parcel.grams is None:
        return "CN23"
    above = facts["cn22_value"].is_passed_by(parcel.value_sdr) or facts["cn22_weight"].is_passed_by(parcel.grams)
    return "CN23" if above else "CN22"


def require_customs_form(parcel: Parcel, shipment: Shipment, facts: Facts) -> Finding | None:
    """Each postal parcel carries its customs form; the larger one does for the smaller."""
    form = customs_form(parcel, facts)
    if not is_postal(shipment) or parcel.papers & {form, "CN23"}:
        return None
    words = _("Parcel %(parcel)s needs the customs form %(form)s.")
    return found(facts["cn22_value"], "customs_form", words, papers=(form,), parcel=parcel.id, form=form)


def require_marked_wood(parcel: Parcel, shipment: Shipment, facts: Facts) -> Finding | None:
    """Raw wood that packs a parcel carries the mark of its treatment."""
    if not parcel.has_raw_wood or parcel.ispm15_mark.strip():
        return None
    words = _("Parcel %(parcel)s is packed with raw wood: it needs the ISPM-15 mark.")
    return found(facts["ispm15"], "ispm15", words, papers=("ISPM-15",), parcel=parcel.id)


#: Every rule that is asked of each parcel.
OF_PARCELS = (
    require_told_weight,
    forbid_heavy_parcel,
    require_carrier_takes_weight,
    require_carrier_takes_side,
    require_postal_length,
    require_postal_girth,
    warn_of_small_posts,
    require_customs_form,
    require_marked_wood,
)
