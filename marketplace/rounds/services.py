"""Verbs of the ladder: note a finding, warn, say it is mended, close, appeal, decide, lift. Each step is told to tenant and managers."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.bazaars.models import Venue
from marketplace.core.clock import today
from marketplace.core.models import User
from marketplace.core.numbers import random_number
from marketplace.core.registry import tell
from marketplace.matters.services import open_matter
from marketplace.rounds import rules
from marketplace.rounds.models import Finding, Measure, Photo, Visit
from marketplace.rounds.offers import give_back, take_back
from marketplace.stalls.models import Lease

#: What rooms above, and the letters, are told: `measure`.
MEASURED = "stall_measured"
#: The officers' kind of an appeal.
MATTER = "stall_measure"
_Kind = Measure.Kind


def _held(lease: Lease) -> Lease:
    """The lease with its venue, both held until the transaction ends; the venue first, as whoever offers there holds it."""
    Venue.objects.select_for_update().get(stalls__leases=lease.pk)
    every = Lease.objects.select_for_update(of=("self",)).select_related("stall__venue", "tenant__owner")
    return every.get(pk=lease.pk)


def _stored(measure: Measure) -> Measure:
    return (
        Measure.objects.select_related("lease", "finding", "after")
        .prefetch_related("followed_by__followed_by")
        .get(pk=measure.pk)
    )


def _write(lease: Lease, kind: str, *, by: User | None, text: str, **more: object) -> Measure:
    measure = Measure.objects.create(
        lease=lease,
        kind=kind,
        number=random_number("GHF"),
        given_on=today(),
        by=by,
        text=text.strip(),
        is_demo=lease.is_demo,
        **more,
    )
    tell(MEASURED, measure=measure)
    return measure


def _by_manager(lease: Lease, by: User) -> None:
    rules.require_own_venue(lease.stall.venue, by)
    rules.forbid_own_cause(lease, by)


@transaction.atomic
def note_finding(
    *, lease: Lease, about: str, text: str, by: User, visit: Visit | None = None, photos: Iterable[Photo] = ()
) -> Finding:
    """Write down what was found at a stall. Raises ValidationError and writes nothing when a rule says no."""
    _by_manager(lease, by)
    rules.require_running_lease(lease, on=today())
    rules.require_words(text)
    finding = Finding.objects.create(
        lease=lease, visit=visit, about=about, text=text.strip(), found_on=today(), by=by, is_demo=lease.is_demo
    )
    finding.photos.add(*photos)
    return finding


@transaction.atomic
def warn(*, finding: Finding, must_mend: str, days: int, by: User) -> Measure:
    """Warn the tenant, with days to mend; today is not counted. Raises ValidationError and warns nobody when a rule says no."""
    lease = _held(finding.lease)
    _by_manager(lease, by)
    rules.require_running_lease(lease, on=today())
    rules.require_finding_before_warning(finding, lease)
    rules.forbid_second_warning(finding)
    rules.require_days_to_mend(days)
    rules.require_words(must_mend)
    mend_by = today() + timedelta(days=days)
    return _write(
        lease, _Kind.WARNING, by=by, text=finding.text, finding=finding, must_mend=must_mend.strip(), mend_by=mend_by
    )


@transaction.atomic
def mended(*, warning: Measure, by: User, text: str = "") -> Measure:
    """The tenant mended what a warning was about. Raises ValidationError with code `warning_over`."""
    lease, warning = _held(warning.lease), _stored(warning)
    _by_manager(lease, by)
    rules.require_open_warning(warning)
    return _write(lease, _Kind.MENDED, by=by, text=text, after=warning)


@transaction.atomic
def close_stall(
    *,
    lease: Lease,
    starts_on: date,
    ends_on: date,
    because: str,
    by: User,
    warning: Measure | None = None,
    finding: Finding | None = None,
) -> Measure:
    """Close a stall after a warning, or for a grave finding; what is offered there is taken back on the first day.

    Raises ValidationError and closes nothing when a rule says no.
    """
    lease = _held(lease)
    warning = _stored(warning) if warning is not None else None
    day = today()
    _by_manager(lease, by)
    rules.require_running_lease(lease, on=day)
    rules.require_warning_before_closure(warning, finding, lease)
    if warning is not None:
        rules.require_open_warning(warning)
        rules.require_days_to_mend_over(warning, on=day)
        rules.require_no_open_appeal(warning)
    rules.require_words(because)
    rules.require_closure_dates(starts_on=starts_on, ends_on=ends_on, on=day, lease=lease)
    rules.require_no_open_closure(lease, on=day)
    found = warning.finding if warning is not None else finding
    closure = _write(
        lease, _Kind.CLOSURE, by=by, text=because, after=warning, finding=found, starts_on=starts_on, ends_on=ends_on
    )
    lease.closed_from, lease.closed_until = starts_on, ends_on
    if starts_on == day:
        take_back(lease, on=day)
    lease.save(update_fields=["closed_from", "closed_until"])
    return closure


@transaction.atomic
def lift(*, closure: Measure, by: User, because: str) -> Measure:
    """Lift a closure before its last day. Raises ValidationError and lifts nothing when a rule says no."""
    lease = _held(closure.lease)
    _by_manager(lease, by)
    rules.require_words(because)
    return _lifted(lease, _stored(closure), by, because)


@transaction.atomic
def end_by_its_days(*, closure: Measure) -> Measure:
    """A closure whose days are over: nobody lifts it, and its offers come back all the same. Raises code `not_closed`."""
    return _lifted(_held(closure.lease), _stored(closure), None, "")


def _lifted(lease: Lease, closure: Measure, by: User | None, because: str) -> Measure:
    rules.require_open_closure(closure)
    lifting = _write(lease, _Kind.LIFTING, by=by, text=because, after=closure)
    lease.closed_from = lease.closed_until = None
    lease.save(update_fields=["closed_from", "closed_until"])
    give_back(lease)
    return lifting


@transaction.atomic
def begin_closure(*, lease: Lease) -> None:
    """On the first day of a closure that was given earlier: what is offered at the stall is taken back."""
    lease = _held(lease)
    if lease.is_closed_on(today()):
        take_back(lease, on=today())


@transaction.atomic
def appeal(*, measure: Measure, by: User, text: str) -> Measure:
    """The tenant asks the market's officers to look at a warning or a closure. It stands meanwhile; a warning leads to no closure.

    Raises ValidationError and asks nobody when a rule says no.
    """
    lease, measure = _held(measure.lease), _stored(measure)
    rules.require_tenant(lease, by)
    rules.require_appealable(measure, on=today())
    rules.require_words(text)
    asked = _write(lease, _Kind.APPEAL, by=by, text=text, after=measure)
    stall = lease.stall
    open_matter(
        kind=MATTER,
        subject=asked,
        maker=lease.tenant,
        city=stall.venue.city,
        title=lambda: (
            _("%(step)s of stall %(stall)s in %(venue)s")
            % {"step": measure.get_kind_display(), "stall": stall.number, "venue": stall.venue.name}
        ),
        by=by,
        text=text.strip(),
        is_demo=lease.is_demo,
    )
    return asked


@transaction.atomic
def decide_appeal(*, appeal: Measure, outcome: str, by: User, reason: str) -> Measure:
    """What an officer decided on an appeal. Won, a warning is over and a closure is lifted; one that is over already stays so.

    Raises ValidationError with code `appeal_decided`, `reason_required` or `own_cause`.
    """
    lease, appeal = _held(appeal.lease), _stored(appeal)
    rules.require_undecided(appeal)
    rules.require_words(reason)
    against = _stored(appeal.after)  # type: ignore[arg-type]
    rules.require_other_eyes(against, by)
    if outcome == Measure.Outcome.LIFTED and against.kind == _Kind.CLOSURE and not rules.is_answered(against):
        _lifted(lease, against, by, reason)
    return _write(lease, _Kind.DECISION, by=by, text=reason, after=appeal, outcome=outcome)
