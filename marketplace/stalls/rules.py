"""Rules of the floor: a stall stands where nothing else does, has one tenant at a time, and sells what its lease registers,
nothing of it while closed.

Source: public notices of handicraft bazaars (call for tenants, lease, no subletting, goods match the registered trade).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from marketplace.bazaars.models import Venue
from marketplace.core.dbrules import DatabaseRule, Guard, declare
from marketplace.core.jalali import day_in_words
from marketplace.core.refusals import Refused
from marketplace.makers.models import Maker
from marketplace.stalls.models import Lease, Stall

#: The longest lease, in days: five years.
LONGEST = 5 * 366


class Work(Protocol):
    """What the registered trade asks of a work."""

    @property
    def name(self) -> str: ...
    @property
    def craft_id(self) -> Any: ...
    @property
    def maker(self) -> Maker | None: ...


class Offer(Protocol):
    """What a closure asks of an offer."""

    @property
    def product(self) -> Any: ...
    @property
    def venue(self) -> Venue | None: ...


def require_free_floor(stall: Stall, others: Iterable[Stall]) -> None:
    """Two stalls do not stand on the same floor; walls may touch. Raises ValidationError with code `floor_taken`."""
    for other in others:
        if other.pk != stall.pk and overlap(stall, other):
            raise ValidationError(
                _("Stall %(other)s stands there already."), code="floor_taken", params={"other": other.number}
            )


def overlap(one: Stall, other: Stall) -> bool:
    """Whether two stalls share floor."""
    return (
        one.from_right_cm < other.from_right_cm + other.width_cm
        and other.from_right_cm < one.from_right_cm + one.width_cm
        and one.from_front_cm < other.from_front_cm + other.depth_cm
        and other.from_front_cm < one.from_front_cm + one.depth_cm
    )


def require_lease_dates(*, starts_on: date, agreed_until: date) -> None:
    """Raises ValidationError with code `lease_dates` for a lease that ends before it begins, or lasts above five years."""
    if agreed_until < starts_on:
        raise ValidationError(_("A lease cannot end before it begins."), code="lease_dates")
    if (agreed_until - starts_on).days > LONGEST:
        raise ValidationError(_("A lease is for five years at most."), code="lease_dates")


def require_free_stall(stall: Stall, *, starts_on: date, last_on: date) -> None:
    """A stall has one tenant at a time. Raises ValidationError with code `stall_taken`; its params name the tenant and the last day."""
    taken = stall.leases.filter(starts_on__lte=last_on, last_on__gte=starts_on).select_related("tenant")
    other = taken.order_by("starts_on").first()
    if other is not None:
        raise ValidationError(
            _("Stall %(stall)s is let to %(tenant)s in these days."),
            code="stall_taken",
            params={"stall": stall.number, "tenant": other.tenant.name},
        )


def require_trade(crafts: Iterable[Any]) -> None:
    """A lease registers at least one craft. Raises ValidationError with code `no_trade`."""
    if not list(crafts):
        raise ValidationError(_("Say which crafts may be sold at this stall."), code="no_trade")


def require_end_of_lease(lease: Lease, *, last_on: date, because: str, on: date) -> None:
    """A running or coming lease is ended from today on, with a reason.

    Raises ValidationError: `lease_over`, `lease_dates`, `reason_required`.
    """
    if lease.last_on < on:
        raise ValidationError(_("This lease is over already."), code="lease_over")
    if not on <= last_on <= lease.last_on or last_on < lease.starts_on:
        raise ValidationError(_("The last day lies between today and the last day of the lease."), code="lease_dates")
    if not because.strip():
        raise ValidationError(_("Say why; the tenant reads it."), code="reason_required")


def require_registered_trade(work: Work, venue: Venue | None, *, on: date) -> None:
    """A tenant sells at their stall what the lease registers. A maker without a stall in the venue is not bound by this.

    Raises Refused with code `out_of_trade`. One query, none in a workshop.
    """
    if venue is None or work.maker is None:
        return
    leases = Lease.objects.running_on(on).filter(stall__venue=venue, tenant=work.maker)
    trades = set(leases.values_list("crafts", flat=True))
    if not trades or work.craft_id in trades:
        return
    raise Refused(
        _(
            "“%(work)s” is not of the trade that your lease in %(venue)s registers. Offer it in your workshop, or ask the manager "
            "to register its craft."
        ),
        rule="require_registered_trade",
        code="out_of_trade",
        params={"work": lambda: work.name, "venue": lambda: venue.name},
        subject=work,  # type: ignore[arg-type]
        place=venue,
        seller=work.maker,
    )


def require_not_closed(work: Work, venue: Venue | None, *, on: date, known: "Closures | None" = None) -> None:
    """Nothing of a tenant is offered or sold at a stall while it is closed. Another stall of theirs in the venue, for the work's
    trade and open, still sells it; a workshop is no stall.

    Raises Refused with code `stall_closed`; its params name the last day. One query, none in a workshop or with what `closures_of` knows.
    """
    if venue is None or work.maker is None:
        return
    held = (venue.pk, work.maker.pk)
    closed = (_closures([held], on=on) if known is None else known).get(held)
    if closed is not None and work.craft_id not in closed.open_trades:
        raise _stall_closed(work, venue, closed.until)


def closures_of(offers: Iterable[Offer], *, on: date) -> "Closures":
    """The closures that run on a day, of all who offer: one query, none where all stand in workshops."""
    placed = {(one.venue.pk, one.product.maker.pk) for one in offers if one.venue and one.product.maker}
    return _closures(list(placed), on=on) if placed else {}


def require_none_closed(offers: Iterable[Offer], *, on: date) -> None:
    """`require_not_closed` of many offers, in one query."""
    offers = list(offers)
    known = closures_of(offers, on=on)
    for offer in offers:
        require_not_closed(offer.product, offer.venue, on=on, known=known)


@dataclass
class Closed:
    """A tenant's closure in a venue: its last day, and the trades of their stalls there that are open."""

    until: date
    open_trades: set[int]


#: (venue, tenant) → the closure that runs.
Closures = dict[tuple[int, int], Closed]


def _closures(pairs: list[tuple[int, int]], *, on: date) -> Closures:
    """(venue, tenant) → the closure that runs on a day, of those asked for."""
    venues, tenants = zip(*pairs, strict=True)
    leases = Lease.objects.running_on(on).filter(stall__venue__in=venues, tenant__in=tenants)
    found: Closures = {}
    trades: dict[tuple[int, int], set[int]] = {}
    rows = leases.order_by("pk").values_list("stall__venue", "tenant", "closed_from", "closed_until", "crafts")
    for venue, tenant, since, until, craft in rows:
        held = (venue, tenant)
        if since is None or not since <= on <= until:
            trades.setdefault(held, set()).add(craft)
        elif held not in found or found[held].until < until:
            found[held] = Closed(until, trades.setdefault(held, set()))
    return found


def _stall_closed(work: Work, venue: Venue, until: date) -> Refused:
    return Refused(
        _(
            "The stall of %(maker)s in %(venue)s is closed until %(day)s, so “%(work)s” is not sold there. It can be offered in the "
            "workshop; the page of the closure says how to appeal."
        ),
        rule="require_not_closed",
        code="stall_closed",
        params={
            "work": lambda: work.name,
            "venue": lambda: venue.name,
            "maker": lambda: work.maker.name if work.maker else "",
            "day": lambda: day_in_words(until),
        },
        subject=work,  # type: ignore[arg-type]
        place=venue,
        seller=work.maker,
    )


_STALLS = "FROM stalls_lease l JOIN stalls_stall t ON t.id = l.stall_id JOIN catalogue_product p ON p.id = {product}"
_HELD = "t.venue_id = {venue} AND l.tenant_id = p.maker_id AND l.starts_on <= {{today}} AND l.last_on >= {{today}}"
_SHUT = "COALESCE(l.closed_from <= {{today}} AND l.closed_until >= {{today}}, {{false}})"


def _sold_at_closed(venue: str, product: str) -> str:
    """SQL that is true when a work's maker has a closed stall in a venue today, and no open one for its craft."""
    return (
        f"EXISTS (SELECT 1 {_STALLS} WHERE {_HELD} AND {_SHUT}) AND NOT EXISTS (SELECT 1 {_STALLS} "
        f"JOIN stalls_lease_crafts c ON c.lease_id = l.id AND c.craft_id = p.craft_id WHERE {_HELD} AND NOT {_SHUT})"
    ).format(venue=venue, product=product)


_VENUE_OF_LINE = (
    "COALESCE(NEW.venue_id, (SELECT s.venue_id FROM partner_stockrecord s WHERE s.id = NEW.stockrecord_id))"
)
_WORK_OF_LINE = (
    "COALESCE(NEW.product_id, (SELECT s.product_id FROM partner_stockrecord s WHERE s.id = NEW.stockrecord_id))"
)
#: A closed stall offers and sells nothing, whoever writes the row.
CLOSED_STALL_IN_DATABASE = declare(
    DatabaseRule(
        "require_not_closed",
        (
            Guard(
                "partner_stockrecord",
                f"NEW.withdrawn_at IS NULL AND NEW.venue_id IS NOT NULL AND {_sold_at_closed('NEW.venue_id', 'NEW.product_id')}",
                columns=("venue_id", "product_id", "withdrawn_at"),
            ),
            Guard("order_line", _sold_at_closed(_VENUE_OF_LINE, _WORK_OF_LINE), events=("INSERT",)),
        ),
    )
)

#: Two leases of a stall never share a day, whoever writes them: the stall's row is held while one is written.
ONE_TENANT_IN_DATABASE = declare(
    DatabaseRule(
        "require_free_stall",
        (
            Guard(
                "stalls_lease",
                "NOT EXISTS (SELECT 1 FROM stalls_stall s WHERE s.id = NEW.stall_id{locked}) OR EXISTS (SELECT 1 FROM stalls_lease l "
                "WHERE l.stall_id = NEW.stall_id AND l.id <> NEW.id AND l.starts_on <= NEW.last_on AND l.last_on >= NEW.starts_on)",
                columns=("stall_id", "starts_on", "last_on"),
            ),
        ),
    )
)
