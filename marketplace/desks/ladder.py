"""Findings and measures as their pages show them: the warnings and closures of leases, each with its steps and how it stands."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from marketplace.core.models import User
from marketplace.rounds import rules
from marketplace.rounds.models import Finding, Measure
from marketplace.stalls.models import Lease

_Kind = Measure.Kind
HEADS = (_Kind.WARNING, _Kind.CLOSURE)


@dataclass(frozen=True)
class Ladder:
    """A warning or a closure, the steps that answer it, and how it stands in a word and a badge's colour."""

    head: Measure
    steps: list[Measure]
    word: str
    badge: str


def measures_seen_by(user: User) -> QuerySet[Measure]:
    """Warnings and closures of stalls in venues that a person manages, and of stalls that they hold."""
    mine = Q(lease__stall__venue__in=user.venues.all()) | Q(lease__tenant__owner=user)
    return _with_steps(Measure.objects.filter(mine, kind__in=HEADS).distinct())


def _with_steps(heads: QuerySet[Measure]) -> QuerySet[Measure]:
    answers = Measure.objects.select_related("by").prefetch_related("letters").order_by("pk")
    return heads.select_related("lease__stall__venue", "lease__tenant", "finding", "by", "after").prefetch_related(
        Prefetch("followed_by", queryset=answers),
        Prefetch("followed_by__followed_by", queryset=answers),
        "finding__photos",
        "letters",
    )


def ladders_of(leases: list[Lease], *, on: date) -> dict[int, list[Ladder]]:
    """Lease → its warnings and closures, newest first. Four queries for any number."""
    found: dict[int, list[Ladder]] = {lease.pk: [] for lease in leases}
    heads = _with_steps(Measure.objects.filter(lease__in=leases, kind__in=HEADS)).order_by("-pk")
    for head in heads:
        found[head.lease_id].append(ladder_of(head, on=on))
    return found


def ladder_of(head: Measure, *, on: date) -> Ladder:
    """One warning or closure with its steps; asks no query when it was read by the functions above."""
    steps = [step for answer in head.followed_by.all() for step in (answer, *answer.followed_by.all())]
    steps = sorted((step for step in steps if step.kind not in HEADS), key=lambda step: step.pk)
    return Ladder(head, steps, *_state(head, on))


def _state(head: Measure, on: date) -> tuple[str, str]:
    kinds = {step.kind for step in head.followed_by.all()}
    if _Kind.MENDED in kinds:
        return _("mended"), "good"
    if rules.is_answered(head):
        return (_("led to a closure"), "bad") if _Kind.CLOSURE in kinds else (_("lifted"), "good")
    if any(step.kind == _Kind.APPEAL and not step.followed_by.all() for step in head.followed_by.all()):
        return _("appealed, not decided yet"), "wait"
    if head.kind == _Kind.WARNING:
        assert head.mend_by
        return (_("days to mend are over"), "bad") if head.mend_by < on else (_("to be mended"), "wait")
    assert head.starts_on
    assert head.ends_on
    if head.starts_on > on:
        return _("closure to come"), "wait"
    return (_("over"), "") if head.ends_on < on else (_("closed"), "bad")


def findings_of(lease: Lease) -> QuerySet[Finding]:
    """What was found at a tenant's stall, newest first."""
    return Finding.objects.filter(lease=lease).prefetch_related("photos", "measures").order_by("-pk")


def what_may_follow(head: Measure, *, on: date) -> dict[str, Any]:
    """Which steps the rules let follow a warning or closure today, for the buttons of its page."""
    is_warning = head.kind == _Kind.WARNING
    return {
        "may_mend": is_warning and not rules.is_answered(head),
        "may_close": is_warning
        and _passes(rules.require_open_warning, head)
        and _passes(rules.require_days_to_mend_over, head, on=on)
        and _passes(rules.require_no_open_appeal, head)
        and _passes(rules.require_running_lease, head.lease, on=on)
        and _passes(rules.require_no_open_closure, head.lease, on=on),
        "may_lift": not is_warning and _passes(rules.require_open_closure, head),
        "may_appeal": _passes(rules.require_appealable, head, on=on),
    }


def _passes(rule: Any, *things: Any, **more: Any) -> bool:
    try:
        rule(*things, **more)
    except ValidationError:
        return False
    return True
