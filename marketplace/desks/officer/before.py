"""What stands behind a matter: what was decided before on the same maker, and what else is known of them."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Case, Count, F, Q, When, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from marketplace.bazaars.models import Inspection
from marketplace.core.models import Refusal
from marketplace.core.refusals import name_of
from marketplace.desks.officer.queries import Row, rows_of
from marketplace.listing.told import DAYS
from marketplace.makers.models import Maker, ProductionLicence
from marketplace.matters.models import Matter

SHOWN = 6


@dataclass(frozen=True)
class Before:
    """A maker as officers know them."""

    maker: Maker
    waiting: list[Row]
    decided: list[Row]
    decided_count: int
    refusals: int
    refusals_lately: int
    inspections: list[Inspection]
    licences: list[ProductionLicence]


def before_of(maker: Maker, *, on: date, but: Matter | None = None) -> Before:
    """What was decided before on a maker, what else waits, refusals, inspections and licences; in four queries."""
    waiting, decided, decided_count = _matters(maker, but)
    since = timezone.now() - timedelta(days=DAYS)
    refused = Refusal.objects.filter(seller=name_of(maker), by_seller=True).aggregate(
        ever=Count("pk"), lately=Count("pk", filter=Q(at__gte=since))
    )
    return Before(
        maker=maker,
        waiting=rows_of(waiting, on=on),
        decided=rows_of(decided, on=on),
        decided_count=decided_count,
        refusals=refused["ever"],
        refusals_lately=refused["lately"],
        inspections=list(Inspection.objects.filter(maker=maker).select_related("venue")[:SHOWN]),
        licences=list(maker.licences.select_related("craft_group").order_by("-expires_on")),
    )


def _matters(maker: Maker, but: Matter | None) -> tuple[list[Matter], list[Matter], int]:
    """The first few that wait, the last few that are decided, and how many are decided in all; in one query."""
    is_open = Case(When(decided_at__isnull=True, then=1), default=0)
    newest = [F("decided_at").desc(), "-weight", "due_on", "id"]
    matters = Matter.objects.filter(maker=maker).exclude(pk=but.pk if but else None).annotate(is_waiting=is_open)
    few = matters.annotate(
        place=Window(RowNumber(), partition_by="is_waiting", order_by=newest),
        many=Window(Count("pk"), partition_by="is_waiting"),
    ).filter(place__lte=SHOWN)
    found = list(few.order_by("place"))
    decided = [matter for matter in found if not matter.is_open]
    return [matter for matter in found if matter.is_open], decided, decided[0].many if decided else 0
