"""What may leave the country. Each rule reads plain facts and gives a finding or None; `check` asks all of them.

Nothing here is law: each finding carries the source of its fact, the day it was noted and how sure it is (`facts.py`,
`data/facts.csv`). Splitting a parcel is never offered as a way round a limit.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from marketplace.customs import parcel_rules
from marketplace.customs.facts import Facts, Severity
from marketplace.customs.findings import Finding, about, amount, found, gravest_first
from marketplace.customs.parcel_rules import is_postal
from marketplace.customs.shipment import DOMESTIC, ENDED, NONE, Item, Piece, Shipment

HOME_COUNTRY = "IR"
#: HS 2022 of antiques and of old paintings; of worked ivory; of jewellery and goldsmiths' wares (`data/hs_codes.csv`).
_ANTIQUES, _IVORY, _PRECIOUS = ("9706", "970121"), ("960110",), ("7113", "7114")
#: Groups of crafts whose silver and gold are the work itself; elsewhere they are a leaf or a thread.
_METAL_GROUPS = ("metal", "jewellery")
_MM2_PER_M2 = 1_000_000
_HS_FORM = re.compile(r"[0-9]{4}(\.[0-9]{2}){0,2}")


# What goes: one item at a time.


def require_domestic_origin(item: Item, shipment: Shipment, facts: Facts) -> Finding | None:
    """What is exported from here was made in Iran, on the day it leaves."""
    if item.origin == DOMESTIC:
        return None
    return found(facts["origin"], "not_domestic", _("“%(work)s” is not of proven Iranian origin."), work=item.name)


def forbid_antiques(item: Item, shipment: Shipment, facts: Facts) -> Finding | None:
    """A work of a hundred years or over never leaves, nor does one whose HS code says that it is one."""
    fact = facts["antique_age"]
    old = fact.value is not None and item.age_years is not None and item.age_years >= fact.value
    if not old and not item.hs_digits.startswith(_ANTIQUES):
        return None
    return found(
        fact,
        "antique",
        _("“%(work)s” is an antique (%(age)s and over): it never leaves the country."),
        work=item.name,
        age=lambda: fact.value_text or _("of great age"),
    )


def require_cites_permit(item: Item, shipment: Shipment, facts: Facts) -> Finding | None:
    """Ivory, coral, tortoiseshell and shell go with the number of their permit or not at all."""
    if item.cites_permit.strip() or not (item.is_of("cites") or item.hs_digits.startswith(_IVORY)):
        return None
    words = _(
        "“%(work)s” has a material of a protected animal: it goes with the number of a CITES permit or not at all."
    )
    return found(facts["cites"], "cites_permit", words, papers=("CITES",), work=item.name)


def warn_of_unnamed_wood(item: Item, shipment: Shipment, facts: Facts) -> Finding | None:
    """Some woods need a CITES permit; which, is not known here."""
    if item.cites_permit.strip() or not item.is_of("wood"):
        return None
    words = _("Some woods need a CITES permit. Ask about the wood of “%(work)s” before it is sent.")
    return found(facts["wood_species"], "wood_species", words, work=item.name)


def hold_precious_metal_for_the_union(item: Item, shipment: Shipment, facts: Facts) -> Finding | None:
    """Jewellery and goldsmiths' wares wait for a review before they go into the Union. A confirmed code decides; without one, silver
    or gold in metalwork or jewellery does."""
    if shipment.region != "eu":
        return None
    if item.hs_digits:
        precious = item.hs_digits.startswith(_PRECIOUS)
    else:
        precious = item.craft_group in _METAL_GROUPS and item.is_of("precious")
    if not precious:
        return None
    words = _("“%(work)s” is of precious metal: into the European Union it is held back until it is reviewed.")
    return found(facts["eu_metal"], "precious_metal_on_hold", words, work=item.name)


def require_short_blade(item: Item, shipment: Shipment, facts: Facts) -> Finding | None:
    """A carrier that takes blades up to a length takes no longer one, and none whose length nobody said."""
    terms = shipment.terms
    if item.blade_mm == 0 or terms is None or not terms.blade:
        return None
    fact = facts[terms.blade]
    if fact.value is None:
        return None
    if item.blade_mm is None:
        words = _("%(carrier)s takes no blade over %(most)s, and nobody has said how long that of “%(work)s” is.")
    elif fact.is_passed_by(item.blade_mm):
        words = _("%(carrier)s takes no blade over %(most)s; that of “%(work)s” is %(length)s.")
    else:
        return None
    code = "blade_unknown" if item.blade_mm is None else "blade_too_long"
    return found(
        fact,
        code,
        words,
        work=item.name,
        carrier=lambda: terms.name,
        most=lambda: fact.value_text,
        length=amount(item.blade_mm, "mm"),
    )


def warn_of_blades_abroad(item: Item, shipment: Shipment, facts: Facts) -> Finding | None:
    """What a country says of knives is not known here."""
    if item.blade_mm == 0:
        return None
    words = _("“%(work)s” has a blade. Ask what the country it goes to says of knives.")
    return found(facts["blade_abroad"], "blade_abroad", words, work=item.name)


def require_piece_passport(item: Item, piece: Piece, facts: Facts) -> Finding | None:
    """Each piece goes with its passport, and with one that is in force."""
    if piece.passport == ENDED:
        words = _("The passport of piece %(piece)s of “%(work)s” is not in force.")
        return found(facts["passport"], "passport_ended", words, piece=piece.name, work=item.name)
    if piece.passport == NONE:
        words = _("Piece %(piece)s of “%(work)s” has no passport yet.")
        fact, papers = facts["passport"], ("passport",)
        return found(
            fact, "passport_missing", words, severity=Severity.PAPER, papers=papers, piece=piece.name, work=item.name
        )
    return None


def require_piece_seal(item: Item, piece: Piece, facts: Facts) -> Finding | None:
    """A seal that the papers name is in force."""
    if piece.seal != ENDED:
        return None
    words = _("The seal “%(seal)s” of piece %(piece)s of “%(work)s” is not in force any more.")
    return found(facts["seal"], "seal_ended", words, seal=piece.seal_name, piece=piece.name, work=item.name)


# Where it goes and by whom: the whole shipment.


def require_lawful_destination(shipment: Shipment, facts: Facts) -> Finding | None:
    """Goods of Iranian origin go abroad, and not to the United States."""
    if shipment.region == "us":
        words = _("Goods of Iranian origin cannot go to the United States.")
        return found(facts["united_states"], "destination_blocked", words)
    if not shipment.destination or shipment.destination == HOME_COUNTRY:
        words = _("Say to which country it goes; export leaves Iran.")
        return found(facts["destination_unknown"], "destination_missing", words, severity=Severity.STOP)
    return None


def warn_of_unknown_destination(shipment: Shipment, facts: Facts) -> Finding | None:
    """Of most countries nothing is known here."""
    if shipment.region or not shipment.destination or shipment.destination == HOME_COUNTRY:
        return None
    words = _("What this country lets in is not known here. Ask its customs.")
    return found(facts["destination_unknown"], "destination_unknown", words)


def warn_of_unknown_carrier(shipment: Shipment, facts: Facts) -> Finding | None:
    """A carrier's limits that are not known are asked of the carrier."""
    terms = shipment.terms
    if not shipment.carrier or (terms and terms.weight and terms.side and terms.blade):
        return None
    words = _("Not every limit of this carrier is known here. Ask it for its weights, sizes and what it refuses.")
    return found(facts["carrier_unknown"], "carrier_unknown", words)


def require_responsible_person(shipment: Shipment, facts: Facts) -> Finding | None:
    """Since December 2024 goods in the Union name a responsible person there, the maker's contact and a picture."""
    fact = facts["eu_safety"]
    if shipment.region != "eu" or not fact.counts_on(shipment.on) or shipment.eu_responsible.strip():
        return None
    words = _("The European Union wants a responsible person there, the maker’s contact and a picture of each work.")
    return found(fact, "eu_responsible", words, papers=("GPSR",))


def warn_of_small_consignment_duty(shipment: Shipment, facts: Facts) -> Finding | None:
    """Since July 2026 the Union takes a duty for each item of a small consignment; one of unknown value is told of it too."""
    fact = facts["eu_small_duty"]
    if shipment.region != "eu" or not fact.counts_on(shipment.on) or fact.value is None:
        return None
    if shipment.value_eur is not None and fact.is_passed_by(shipment.value_eur):
        return None
    words = _("The European Union takes a duty for each item of a consignment up to %(most)s.")
    return found(fact, "eu_small_duty", words, most=lambda: fact.value_text)


def warn_of_full_duty(shipment: Shipment, facts: Facts) -> Finding | None:
    """Iran has no tariff preference in the Union."""
    if shipment.region != "eu":
        return None
    words = _("Nothing is known that keeps handicrafts and carpets out of the European Union; duty is paid in full.")
    return found(facts["eu_open"], "eu_full_duty", words)


def warn_of_carpet_allowances(shipment: Shipment, facts: Facts) -> Iterator[Finding]:
    """By post a person's carpets and kilims have a yearly allowance, one text says; what this shipment holds is added up."""
    if not is_postal(shipment):
        return
    for code, group in (("carpet_allowance", "carpet"), ("kilim_allowance", "flatweave")):
        some = [item for item in shipment.items() if item.craft_group == group]
        area = Decimal(sum(item.area_mm2 * item.quantity for item in some)) / _MM2_PER_M2
        fact = facts[code]
        if not some or fact.value is None:
            continue
        if fact.is_passed_by(area):
            words = _("This shipment holds %(area)s; a person’s yearly allowance by post is said to be %(most)s.")
            yield found(fact, f"{code}_passed", words, area=amount(area, "m2"), most=lambda fact=fact: fact.value_text)
        else:
            words = _("By post a person’s yearly allowance is said to be %(most)s; earlier parcels count too.")
            yield found(fact, code, words, most=lambda fact=fact: fact.value_text)


_OF_ITEMS = (
    require_domestic_origin,
    forbid_antiques,
    require_cites_permit,
    warn_of_unnamed_wood,
    hold_precious_metal_for_the_union,
    require_short_blade,
    warn_of_blades_abroad,
)
_OF_PIECES = (require_piece_passport, require_piece_seal)
_OF_SHIPMENTS = (
    require_lawful_destination,
    warn_of_unknown_destination,
    warn_of_unknown_carrier,
    require_responsible_person,
    warn_of_small_consignment_duty,
    warn_of_full_duty,
)
_OF_ALL = (parcel_rules.warn_of_heavy_lines, warn_of_carpet_allowances)


def check(shipment: Shipment, facts: Facts) -> list[Finding]:
    """Everything there is to say of a shipment, the gravest first."""
    findings = [one for rule in _OF_SHIPMENTS if (one := rule(shipment, facts))]
    for rule in _OF_ALL:
        findings += rule(shipment, facts)
    for item in shipment.loose:
        findings += check_item(item, shipment, facts)
        findings += about([parcel_rules.forbid_heavy_work(item, shipment, facts)], item=item.id)
    for parcel in shipment.parcels:
        findings += about([rule(parcel, shipment, facts) for rule in parcel_rules.OF_PARCELS], parcel=parcel.id)
        for item in parcel.items:
            findings += about(check_item(item, shipment, facts), parcel=parcel.id)
    return gravest_first(findings)


def check_item(item: Item, shipment: Shipment, facts: Facts) -> list[Finding]:
    """What is to be said of one item and of its pieces."""
    findings = [rule(item, shipment, facts) for rule in _OF_ITEMS]
    for piece in item.pieces:
        findings += about([rule(item, piece, facts) for rule in _OF_PIECES], piece=piece.id)
    return about(findings, item=item.id)


def hinders_a_work(finding: Finding) -> bool:
    """Whether a work cannot go as it stands: what stops it, and what needs a permit that only an authority gives."""
    return finding.stops or "CITES" in finding.papers


def forbid_stopped_shipment(findings: Iterable[Finding]) -> None:
    """A shipment leaves when nothing stops it and no paper is missing. Raises ValidationError with the sentence and code of each reason."""
    reasons = [finding for finding in findings if finding.severity != Severity.WARN]
    if reasons:
        raise ValidationError([ValidationError(str(reason.words), code=reason.code) for reason in reasons])


def require_coming_figure(*, valid_from: date, on: date) -> None:
    """Past shipments were checked by the figures of their day: a new one takes over today or later. Raises with code `figure_past`."""
    if valid_from < on:
        raise ValidationError(_("A figure takes over today or later: past shipments keep theirs."), code="figure_past")


def require_hs_form(code: str) -> None:
    """Four, six or eight digits in pairs after the first four, as 5702.10. Raises ValidationError with code `hs_form`."""
    if not _HS_FORM.fullmatch(code):
        raise ValidationError(_("Write the code as 5702.10: four digits, then pairs after points."), code="hs_form")
