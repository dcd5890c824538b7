"""What the papers say, in the tests' own words: licence events, production licences, decisions and permits, read one by one.

Nothing here looks at the dates that rules, triggers and search compare (`bound_since`, `open_until`, `domestic_until`).
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from catalogue.models import ImportPermit, OriginDecision, Product
from marketplace.bazaars.models import LicenceEvent, Venue
from marketplace.makers.models import ProductionLicence


@dataclass
class Standing:
    """How one licence of a venue stands on a day."""

    licensed: bool = False
    suspended: bool = False


@dataclass
class Papers:
    """Everything that speaks for or against a sale, loaded once."""

    events: dict[int, list[LicenceEvent]] = field(default_factory=lambda: defaultdict(list))
    planned: set[int] = field(default_factory=set)
    licences: list[ProductionLicence] = field(default_factory=list)
    word: dict[int, OriginDecision] = field(default_factory=dict)
    works: dict[int, Product] = field(default_factory=dict)
    permits: dict[int, ImportPermit] = field(default_factory=dict)

    @classmethod
    def read(cls) -> "Papers":
        """The papers as they lie in the database now."""
        papers = cls()
        for event in LicenceEvent.objects.select_related("licence").order_by("on", "pk"):
            papers.events[event.licence.venue_id].append(event)
        papers.planned = set(Venue.objects.filter(is_planned=True).values_list("pk", flat=True))
        papers.licences = list(ProductionLicence.objects.all())
        papers.word = {decision.work_id: decision for decision in OriginDecision.objects.order_by("pk")}
        papers.works = {work.pk: work for work in Product.objects.select_related("craft")}
        papers.permits = {permit.pk: permit for permit in ImportPermit.objects.all()}
        return papers

    def root(self, work_id: int) -> Product:
        """The work whose origin counts: a variant has its parent's."""
        work = self.works[work_id]
        return self.works[work.parent_id] if work.parent_id else work

    def _standings(self, venue_id: int, on: date) -> dict[int, tuple[Standing, date]]:
        standings: dict[int, tuple[Standing, date]] = {}
        for event in self.events[venue_id]:
            if event.on > on:
                continue
            standing, _end = standings.setdefault(event.licence_id, (Standing(), event.licence.expires_on))
            if event.kind == "reinstated" or (event.kind in ("granted", "renewed") and not standing.licensed):
                standing.licensed, standing.suspended = True, False
            elif event.kind in ("revoked", "surrendered"):
                standing.licensed = False
            elif event.kind == "suspended":
                standing.suspended = True
        return standings

    def bound(self, venue_id: int | None, on: date) -> bool:
        """Whether any licence of a venue, once given, was not taken back; a suspended or expired one binds on."""
        return venue_id is not None and any(one.licensed for one, _end in self._standings(venue_id, on).values())

    def closed(self, venue_id: int | None, on: date) -> bool:
        """Whether a venue is planned only, or bound with no licence in force."""
        if venue_id is None or venue_id in self.planned:
            return venue_id is not None
        standings = self._standings(venue_id, on).values()
        in_force = any(one.licensed and not one.suspended and on <= end for one, end in standings)
        return any(one.licensed for one, _end in standings) and not in_force

    def iranian(self, work_id: int, on: date) -> bool:
        """Whether an officer's newest word or a licence in force shows a work to be Iranian on a day."""
        work = self.root(work_id)
        word = self.word.get(work.pk)
        doubted = {work.origin_state, word.state if word else ""} & {"foreign", "disputed"}
        if work.origin_country != "IR" or doubted:
            return False
        if word is not None and word.state == "domestic" and word.until is not None and word.until >= on:
            return True
        return any(
            licence.maker_id == work.maker_id
            and work.craft is not None
            and licence.craft_group_id == work.craft.group_id
            and licence.revoked_on is None
            and licence.issued_on <= on <= licence.expires_on
            for licence in self.licences
        )

    def imported_lawfully(self, work_id: int) -> bool:
        """Whether a work is not foreign, or has a permit of its own seller and country that no officer refused."""
        work = self.root(work_id)
        word = self.word.get(work.pk)
        if work.origin_state != "foreign" and (word is None or word.state != "foreign"):
            return True
        permit = self.permits.get(work.import_permit_id or 0)
        return (
            permit is not None
            and permit.state != "refused"
            and (permit.maker_id, permit.country) == (work.maker_id, work.origin_country)
        )

    def breach(self, work_id: int, venue_id: int | None, on: date) -> str:
        """Why selling a work in a place on a day breaks the rule; empty when it does not."""
        if self.bound(venue_id, on) and not self.iranian(work_id, on):
            return f"work {work_id} is not shown to be Iranian and venue {venue_id} is bound on {on}"
        if self.closed(venue_id, on):
            return f"venue {venue_id} has no licence in force on {on}"
        if not self.imported_lawfully(work_id):
            return f"work {work_id} is foreign and no import permit stands for it"
        return ""
