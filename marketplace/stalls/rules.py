"""Rules of the floor: a stall stands where nothing else does, has one tenant at a time, and sells what its lease registers.

Source: public notices of handicraft bazaars (call for tenants, lease, no subletting, goods match the registered trade).
"""

from collections.abc import Iterable
from datetime import date
from typing import Any, Protocol

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from marketplace.bazaars.models import Venue
from marketplace.core.dbrules import DatabaseRule, Guard, declare
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
