"""What the officer's inbox shows, in as many queries for five matters as for five hundred."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from marketplace.desks.officer.filters import Filter
from marketplace.matters.kinds import kind_named, kinds
from marketplace.matters.models import Matter
from marketplace.places.models import City

#: From here on a matter's weight is marked.
HEAVY, SERIOUS = 80, 40


@dataclass(frozen=True)
class Row:
    """A matter as the inbox shows it. `days_left` counts to the due day, below zero after it."""

    matter: Matter
    kind_name: str
    age_days: int
    days_left: int
    weight_class: str
    decision: str

    @property
    def days_late(self) -> int:
        return -self.days_left


@dataclass(frozen=True)
class Tab:
    """A list an officer can switch to: its address, how many wait there, whether it is open now."""

    name: Any
    address: str
    count: int | None
    is_here: bool


def matters_of(chosen: Filter, *, user: Any, on: date) -> QuerySet[Matter]:
    """The matters of a filter: what waits by weight and due day, what was decided newest first."""
    matters = chosen.apply(Matter.objects.all(), user=user, on=on)
    matters = matters.select_related("maker", "city__province", "assigned_to", "decided_by")
    return matters.order_by("-decided_at", "-id") if chosen.is_decided else matters.order_by("-weight", "due_on", "id")


def next_of(chosen: Filter, *, user: Any, on: date, after: Matter) -> Matter | None:
    """The first matter that waits in the same list, another than this one."""
    return matters_of(chosen.without("state"), user=user, on=on).exclude(pk=after.pk).first()


def rows_of(matters: Iterable[Matter], *, on: date) -> list[Row]:
    """Rows of matters, without a query."""
    return [_row(matter, on) for matter in matters]


def _row(matter: Matter, on: date) -> Row:
    kind = kind_named(matter.kind)
    decision = kind.decision(matter.decision) if kind else None
    return Row(
        matter=matter,
        kind_name=str(kind.name) if kind else matter.kind,
        age_days=max(0, (on - timezone.localdate(matter.opened_at)).days),
        days_left=(matter.due_on - on).days,
        weight_class="bad" if matter.weight >= HEAVY else "wait" if matter.weight >= SERIOUS else "",
        decision=str(decision.label) if decision else "",
    )


def counts_of(chosen: Filter, *, user: Any, on: date) -> dict[str, int]:
    """How many wait in each tab of a list, in one query."""
    waiting = chosen.without("who", "overdue", "state").apply(Matter.objects.all(), user=user, on=on)
    return waiting.aggregate(
        all=Count("pk"),
        mine=Count("pk", filter=Q(assigned_to=user)),
        nobody=Count("pk", filter=Q(assigned_to=None)),
        overdue=Count("pk", filter=Q(due_on__lt=on)),
    )


def kind_tabs(chosen: Filter, *, user: Any, on: date) -> list[Tab]:
    """The kinds that wait in a list, with how many, in one query."""
    matters = chosen.without("kind").apply(Matter.objects.all(), user=user, on=on)
    counts = dict(matters.order_by().values_list("kind").annotate(Count("pk")))
    return [
        Tab(kind.name, chosen.address(kind=kind.code), counts.get(kind.code, 0), kind.code == chosen.kind)
        for kind in kinds()
        if kind.code in counts or kind.code == chosen.kind
    ]


def places_of_matters() -> list[tuple[str, list[tuple[str, str]]]]:
    """Provinces with their cities that have a matter, as groups of (value, name) for a select; one query."""
    cities = City.objects.filter(pk__in=Matter.objects.values("city")).select_related("province")
    groups: dict[Any, list[tuple[str, str]]] = {}
    for city in sorted(cities, key=lambda city: (city.province.name, city.name)):
        groups.setdefault(city.province, []).append((f"{city.province.slug}/{city.slug}", city.name))
    return list(groups.items())
