"""Where a work may go as it stands, as far as this market knows: for its page, and for the search."""

from dataclasses import dataclass
from datetime import date

from marketplace.customs.facts import Facts
from marketplace.customs.findings import Finding, about, gravest_first
from marketplace.customs.parcel_rules import forbid_heavy_work
from marketplace.customs.rules import (
    check_item,
    hinders_a_work,
    require_lawful_destination,
    require_responsible_person,
)
from marketplace.customs.shipment import DOMESTIC, Item, Shipment

#: Region of the search → a country that stands for it; ZZ is no country, so nothing is known of it.
REGIONS = {"eu": "DE", "other": "ZZ"}


@dataclass(frozen=True)
class Prospect:
    """What is to be said of a work into a region: `is_open` when nothing known keeps it here."""

    region: str
    is_open: bool
    findings: list[Finding]

    @property
    def hindrances(self) -> list[Finding]:
        """What keeps it here."""
        return [finding for finding in self.findings if hinders_a_work(finding)]

    @property
    def others(self) -> list[Finding]:
        """Papers to bring, and what is to be asked."""
        return [finding for finding in self.findings if not hinders_a_work(finding)]


def prospects(item: Item, facts: Facts, *, on: date) -> list[Prospect]:
    """What is to be said of a work into each region."""
    return [_prospect(region, item, facts, on) for region in REGIONS]


def _prospect(region: str, item: Item, facts: Facts, on: date) -> Prospect:
    shipment = Shipment(destination=REGIONS[region], on=on, loose=(item,))
    asked = [require_lawful_destination(shipment, facts), require_responsible_person(shipment, facts)]
    asked.append(forbid_heavy_work(item, shipment, facts))
    findings = gravest_first(about(asked) + check_item(item, shipment, facts))
    return Prospect(region, not any(hinders_a_work(finding) for finding in findings), findings)


def exportable_to(item: Item, facts: Facts, *, on: date) -> list[str]:
    """The regions that a work may go to as it stands."""
    if item.origin != DOMESTIC:
        return []
    return [prospect.region for prospect in prospects(item, facts, on=on) if prospect.is_open]
