"""Rules of rounds and of the ladder: finding, warning, closure, appeal, decision, lifting.

Source: public notices of handicraft bazaars (inspection with photos, violation, warning, closure, appeal). Days and grave kinds are
the market's own rule, not law.
"""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from marketplace.bazaars.models import Venue
from marketplace.core.dbrules import DatabaseRule, Guard, declare, grows_only
from marketplace.core.models import User
from marketplace.rounds.models import About, Finding, Measure, Round, Visit
from marketplace.stalls.models import Lease, Stall

#: Days that a warning may give, both included; and the longest closure, in days.
DAYS_TO_MEND = (1, 60)
LONGEST_CLOSURE = 90
#: Days in which a warning or a closure may be appealed.
DAYS_TO_APPEAL = 30
#: What may close a stall without a warning before it: goods called Iranian that are not, and danger to people.
GRAVE = (About.FOREIGN, About.SAFETY)


def require_own_venue(venue: Venue, by: User) -> None:
    """Rounds and measures are for a venue's own managers. Raises ValidationError with code `not_your_venue`."""
    if not venue.managers.filter(pk=by.pk).exists():
        raise ValidationError(_("Only a manager of this venue does that."), code="not_your_venue")


def forbid_own_cause(lease: Lease, by: User) -> None:
    """Nobody inspects or measures their own stall. Raises ValidationError with code `own_cause`."""
    if lease.tenant.owner_id == by.pk:
        raise ValidationError(_("This is your own stall: another manager of the venue does that."), code="own_cause")


def require_running_lease(lease: Lease | None, *, on: date) -> None:
    """Only a stall that somebody holds is looked at. Raises ValidationError with code `nobody_there`."""
    if lease is None or not lease.is_running_on(on):
        raise ValidationError(_("Nobody holds this stall today."), code="nobody_there")


def require_own_round(round_: Round, by: User) -> None:
    """A round is kept by the manager who walks it. Raises ValidationError with code `not_your_round`."""
    if round_.by_id != by.pk:
        raise ValidationError(_("Another manager walks this round; begin your own."), code="not_your_round")


def require_stall_of_venue(stall: Stall, venue: int) -> None:
    """A round looks at stalls of its own venue. Raises ValidationError with code `other_venue`."""
    if stall.venue_id != venue:
        raise ValidationError(_("This stall is in another venue."), code="other_venue")


def require_open_round(round_: Round) -> None:
    """Raises ValidationError with code `round_ended`."""
    if round_.ended_at is not None:
        raise ValidationError(_("This round is ended; begin another."), code="round_ended")


def require_answers(visit: Visit, *, asked: int) -> None:
    """A visit is done when each question has its answer. Raises ValidationError with code `unanswered`."""
    left = asked - visit.answers.count()
    if left > 0:
        raise ValidationError(_("Answer every question of the checklist first."), code="unanswered")


def require_words(text: str) -> None:
    """What is found, and why a step is taken, is said in words. Raises ValidationError with code `reason_required`."""
    if not text.strip():
        raise ValidationError(_("Say why; the tenant reads it."), code="reason_required")


def require_finding_before_warning(finding: Finding | None, lease: Lease) -> None:
    """A warning stands on a finding at the same tenant's stall. Raises ValidationError with code `no_finding`."""
    if finding is None or finding.lease_id != lease.pk:
        raise ValidationError(_("Write down first what was found at this stall."), code="no_finding")


def forbid_second_warning(finding: Finding) -> None:
    """One finding, one warning. Raises ValidationError with code `warned_already`."""
    if finding.measures.filter(kind=Measure.Kind.WARNING).exists():
        raise ValidationError(_("A warning was given for this finding already."), code="warned_already")


def require_days_to_mend(days: int) -> None:
    """A warning gives time to mend. Raises ValidationError with code `days_to_mend`."""
    least, most = DAYS_TO_MEND
    if not least <= days <= most:
        raise ValidationError(_("Give between one and sixty days to mend."), code="days_to_mend")


def require_open_warning(warning: Measure) -> None:
    """Raises ValidationError with code `warning_over` for one that was mended, lifted, or followed by a closure."""
    if warning.kind != Measure.Kind.WARNING or is_answered(warning):
        raise ValidationError(
            _("This warning is over: it was mended, lifted, or led to a closure."), code="warning_over"
        )


def is_answered(measure: Measure) -> bool:
    """Whether a warning is mended, lifted or led on, or a closure is lifted."""
    steps = measure.followed_by.all()
    ended = {Measure.Kind.MENDED, Measure.Kind.CLOSURE, Measure.Kind.LIFTING}
    return any(
        step.kind in ended or any(one.outcome == Measure.Outcome.LIFTED for one in step.followed_by.all())
        for step in steps
    )


def require_warning_before_closure(warning: Measure | None, finding: Finding | None, lease: Lease) -> None:
    """A stall is closed after a warning; without one only for a grave finding. Raises ValidationError with code `no_warning`."""
    if warning is not None:
        if warning.lease_id == lease.pk and warning.kind == Measure.Kind.WARNING:
            return
    elif finding is not None and finding.lease_id == lease.pk and finding.about in GRAVE:
        return
    raise ValidationError(
        _(
            "A stall is closed after a warning whose days are over. Without a warning it is closed only for foreign goods or for "
            "danger to people."
        ),
        code="no_warning",
    )


def require_days_to_mend_over(warning: Measure, *, on: date) -> None:
    """Raises ValidationError with code `days_left` while the tenant may still mend."""
    if warning.mend_by is None or warning.mend_by >= on:
        raise ValidationError(_("The days to mend are not over yet."), code="days_left")


def require_closure_dates(*, starts_on: date, ends_on: date, on: date, lease: Lease) -> None:
    """A closure begins today or later, in the lease, for ninety days at most. Raises ValidationError with code `closure_dates`."""
    if not on <= starts_on <= ends_on:
        raise ValidationError(_("A closure begins today or later, and ends after it begins."), code="closure_dates")
    if starts_on > lease.last_on:
        raise ValidationError(_("The lease is over before the closure begins."), code="closure_dates")
    if ends_on - starts_on >= timedelta(days=LONGEST_CLOSURE):
        raise ValidationError(_("A closure is for ninety days at most."), code="closure_dates")


def require_no_open_closure(lease: Lease, *, on: date) -> None:
    """One closure at a time. Raises ValidationError with code `closed_already`."""
    if lease.closed_until is not None and lease.closed_until >= on:
        raise ValidationError(_("This stall is closed already, or a closure is to come."), code="closed_already")


def require_open_closure(closure: Measure) -> None:
    """Only a closure that stands is lifted. Raises ValidationError with code `not_closed`."""
    if closure.kind != Measure.Kind.CLOSURE or is_answered(closure):
        raise ValidationError(_("This closure is lifted already."), code="not_closed")


def require_tenant(lease: Lease, by: User) -> None:
    """The tenant appeals, and nobody in their stead. Raises ValidationError with code `not_your_stall`."""
    if lease.tenant.owner_id is None or lease.tenant.owner_id != by.pk:
        raise ValidationError(_("Only the tenant of the stall appeals."), code="not_your_stall")


def require_appealable(measure: Measure, *, on: date) -> None:
    """A warning or closure that stands is appealed once, within thirty days. Raises ValidationError with code `no_appeal`."""
    fits = measure.kind in (Measure.Kind.WARNING, Measure.Kind.CLOSURE) and not is_answered(measure)
    appealed = any(step.kind == Measure.Kind.APPEAL for step in measure.followed_by.all())
    if not fits or appealed or (on - measure.given_on).days > DAYS_TO_APPEAL:
        raise ValidationError(
            _("This can no longer be appealed: it is over, old, or was appealed before."), code="no_appeal"
        )


def require_no_open_appeal(warning: Measure) -> None:
    """A warning that waits for an officer leads to no closure. Raises ValidationError with code `appeal_open`."""
    steps = warning.followed_by.all()
    if any(step.kind == Measure.Kind.APPEAL and not step.followed_by.all() for step in steps):
        raise ValidationError(_("An officer looks at this warning; wait for the decision."), code="appeal_open")


def require_other_eyes(against: Measure, by: User) -> None:
    """An appeal is decided by other eyes than those of the venue's managers. Raises ValidationError with code `own_cause`."""
    venue = against.lease.stall.venue
    if against.by_id == by.pk or venue.managers.filter(pk=by.pk).exists():
        raise ValidationError(_("An appeal is not decided by a manager of the venue."), code="own_cause")


def require_undecided(appeal: Measure) -> None:
    """An appeal is decided once. Raises ValidationError with code `appeal_decided`."""
    if appeal.kind != Measure.Kind.APPEAL or appeal.followed_by.exists():
        raise ValidationError(_("This appeal was decided already."), code="appeal_decided")


def _answers(*kinds: str, more: str = "") -> str:
    """SQL that is true when the new measure answers one of these of its own lease."""
    named = ", ".join(f"'{kind}'" for kind in kinds)
    return f"EXISTS (SELECT 1 FROM rounds_measure w WHERE w.id = NEW.after_id AND w.lease_id = NEW.lease_id AND w.kind IN ({named}){more})"


_FOUND = "EXISTS (SELECT 1 FROM rounds_finding f WHERE f.id = NEW.finding_id AND f.lease_id = NEW.lease_id{more})"
_GRAVE = " AND f.about IN (" + ", ".join(f"'{about}'" for about in GRAVE) + ")"
_LIFTED = (
    " AND NOT EXISTS (SELECT 1 FROM rounds_measure a JOIN rounds_measure d ON d.after_id = a.id WHERE a.after_id = w.id "
    "AND d.outcome = 'lifted')"
)
_FREED = "EXISTS (SELECT 1 FROM rounds_measure x WHERE x.after_id = {closure}.id AND x.kind = 'lifting')"

ROUNDS_GROW_ONLY = declare(
    grows_only(
        "measures_grow_only",
        "rounds_measure",
        "rounds_finding",
        "rounds_finding_photos",
        "rounds_photo",
        "rounds_letter",
    )
)

#: The ladder in its order, and one open closure a lease, whoever writes the row: the lease's row is held while one is written.
LADDER_IN_DATABASE = declare(
    DatabaseRule(
        "measures_in_order",
        (
            Guard(
                "rounds_measure",
                f"CASE NEW.kind WHEN 'warning' THEN NOT {_FOUND.format(more='')} "
                f"WHEN 'mended' THEN NOT {_answers('warning')} "
                f"WHEN 'closure' THEN NOT ({_answers('warning', more=' AND w.mend_by < NEW.given_on' + _LIFTED)} "
                f"OR (NEW.after_id IS NULL AND {_FOUND.format(more=_GRAVE)})) "
                f"WHEN 'appeal' THEN NOT {_answers('warning', 'closure')} "
                f"WHEN 'decision' THEN NOT {_answers('appeal')} "
                f"WHEN 'lifting' THEN NOT {_answers('closure')} ELSE {{true}} END",
                events=("INSERT",),
            ),
            Guard(
                "rounds_measure",
                "NEW.kind = 'closure' AND (NOT EXISTS (SELECT 1 FROM stalls_lease l WHERE l.id = NEW.lease_id{locked}) "
                "OR EXISTS (SELECT 1 FROM rounds_measure c WHERE c.lease_id = NEW.lease_id AND c.kind = 'closure' "
                f"AND c.ends_on >= NEW.given_on AND NOT {_FREED.format(closure='c')}))",
                events=("INSERT",),
                part="once",
            ),
        ),
    )
)

#: The days on a lease are those of its closure that stands.
CLOSED_DAYS_IN_DATABASE = declare(
    DatabaseRule(
        "closed_days_follow_measures",
        (
            Guard(
                "stalls_lease",
                "(NEW.closed_from IS NOT NULL AND NOT EXISTS (SELECT 1 FROM rounds_measure c WHERE c.lease_id = NEW.id "
                "AND c.kind = 'closure' AND c.starts_on = NEW.closed_from AND c.ends_on = NEW.closed_until "
                f"AND NOT {_FREED.format(closure='c')})) OR (NEW.closed_from IS NULL AND EXISTS (SELECT 1 FROM rounds_measure c "
                "WHERE c.lease_id = NEW.id AND c.kind = 'closure' AND c.ends_on >= {today} "
                f"AND NOT {_FREED.format(closure='c')}))",
                columns=("closed_from", "closed_until"),
            ),
        ),
    )
)
