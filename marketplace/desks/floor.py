"""The floor of a venue as its manager sees it: every stall with who holds it and what is owed, in four queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.db.models import Count, Prefetch, Q, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from marketplace.bazaars.models import Venue
from marketplace.makers.models import Maker
from marketplace.rents.models import Rent
from marketplace.stalls.models import Lease, Stall

#: A lease that ends within so much is told apart, so that a new call for tenants can be made in time.
SOON = timedelta(days=60)
#: Room around the drawing, in centimetres.
MARGIN = 60


class State(StrEnum):
    """How a stall stands; the plan draws each with a colour and a pattern of its own."""

    FREE = "free"
    LET = "let"
    ENDING = "ending"
    LATE = "late"


WORDS = {
    State.FREE: _("Free"),
    State.LET: _("Let"),
    State.ENDING: _("Lease ends soon"),
    State.LATE: _("Rent is late"),
}
#: Parts of the table that have an address of their own, `?only=free`.
LISTED = {"free": _("Stalls empty"), "ending": _("Leases ending in 60 days"), "late": _("Stalls with late rent")}
BADGES = {State.FREE: "", State.LET: "good", State.ENDING: "wait", State.LATE: "bad"}


@dataclass(frozen=True)
class Place:
    """A stall today. `x` and `y` are its upper left corner in the drawing, in centimetres; `owed_rial` is late rent."""

    stall: Stall
    lease: Lease | None
    coming: Lease | None
    state: State
    owed_rial: int
    x: int
    y: int

    @property
    def word(self) -> str:
        """The state in the reader's language."""
        return str(WORDS[self.state])

    @property
    def badge(self) -> str:
        """The colour of its badge."""
        return BADGES[self.state]

    @property
    def middle(self) -> tuple[int, int]:
        """Where its number is written."""
        return self.x + self.stall.width_cm // 2, self.y + self.stall.depth_cm // 2


@dataclass(frozen=True)
class Floor:
    """The plan. Its size in centimetres, margins included."""

    places: list[Place]
    width: int
    height: int

    @property
    def inner_width(self) -> int:
        """The walls stand a little outside the stalls."""
        return self.width - 40

    @property
    def inner_height(self) -> int:
        """The same from the entrance to the back."""
        return self.height - 40

    def listed(self, only: str, *, on: date) -> list[Place]:
        """Places of the table: all, or those that a figure of the manager's day counts (`LISTED`). A stall may be in several."""
        chosen = {
            "free": lambda place: place.lease is None,
            "ending": lambda place: place.lease and not place.coming and place.lease.last_on - on <= SOON,
            "late": lambda place: place.owed_rial > 0,
        }.get(only, bool)
        return [place for place in self.places if chosen(place)]

    @property
    def counts(self) -> list[tuple[State, str, int]]:
        """(state, words, how many stalls), every state."""
        return [(state, str(WORDS[state]), sum(one.state == state for one in self.places)) for state in State]


def floor_of(venue: Venue, *, on: date) -> Floor:
    """The plan of a venue on a day."""
    leases = Lease.objects.filter(last_on__gte=on).select_related("tenant").order_by("starts_on")
    stalls = list(venue.stalls.prefetch_related(Prefetch("leases", queryset=leases, to_attr="current")))
    late = late_rents(Rent.objects.filter(lease__stall__in=stalls), on=on)
    width = max((stall.from_right_cm + stall.width_cm for stall in stalls), default=0)
    height = max((stall.from_front_cm + stall.depth_cm for stall in stalls), default=0)
    places = [_place(stall, late, width, height, on) for stall in sorted(stalls, key=_by_number)]
    return Floor(places, width + 2 * MARGIN, height + 2 * MARGIN)


def late_rents(rents: QuerySet[Rent], *, on: date) -> dict[int, int]:
    """Lease → rial that were due before a day and are not paid."""
    late = rents.filter(paid_on=None, due_on__lt=on, amount_rial__gt=0)
    return dict(late.values_list("lease__stall").annotate(rial=Sum("amount_rial")).values_list("lease__stall", "rial"))


def _by_number(stall: Stall) -> tuple[int, str]:
    return (int(stall.number), "") if stall.number.isdecimal() else (10**6, stall.number)


def _place(stall: Stall, late: dict[int, int], width: int, height: int, on: date) -> Place:
    current: list[Lease] = stall.current  # type: ignore[attr-defined]
    lease = next((one for one in current if one.is_running_on(on)), None)
    coming = next((one for one in current if one.starts_on > on), None)
    owed = late.get(stall.pk, 0)
    x = MARGIN + width - stall.from_right_cm - stall.width_cm
    y = MARGIN + height - stall.from_front_cm - stall.depth_cm
    return Place(stall, lease, coming, _state(lease, owed, coming, on), owed, x, y)


def _state(lease: Lease | None, owed: int, coming: Lease | None, on: date) -> State:
    if owed:
        return State.LATE
    if lease is None:
        return State.FREE
    return State.ENDING if coming is None and lease.last_on - on <= SOON else State.LET


def leases_of(leases: QuerySet[Lease], *, on: date) -> QuerySet[Lease]:
    """Leases with their stall, tenant and trade, and what is late of each (`late_rial`, `late_months`)."""
    late = Q(rents__paid_on=None, rents__due_on__lt=on, rents__amount_rial__gt=0)
    return (
        leases.select_related("stall__venue", "tenant")
        .prefetch_related("crafts")
        .annotate(
            late_rial=Coalesce(Sum("rents__amount_rial", filter=late), 0), late_months=Count("rents", filter=late)
        )
    )


def stalls_held(maker: Maker, *, on: date) -> list[Lease]:
    """A maker's own leases, running and past, with every month's rent. Three queries."""
    mine = leases_of(Lease.objects.filter(tenant=maker), on=on).prefetch_related(
        Prefetch("rents", queryset=Rent.objects.order_by("-month"), to_attr="months")
    )
    return list(mine)


def late_of(months: Iterable[Rent], *, on: date) -> set[int]:
    """The numbers of rents that are late on a day."""
    return {rent.pk for rent in months if rent.paid_on is None and rent.due_on < on and rent.amount_rial}
