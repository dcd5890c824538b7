"""Rules of deciding: once, with a reason, by no one in their own cause; an appeal by another pair of eyes."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from marketplace.core.models import User
from marketplace.matters.kinds import Decision
from marketplace.matters.models import Matter

#: Days in which a decision may be appealed.
DAYS_TO_APPEAL = 30


def require_open(matter: Matter) -> None:
    """Raises ValidationError with code `matter_decided`."""
    if not matter.is_open:
        raise ValidationError(_("This was decided already."), code="matter_decided")


def require_known_decision(decision: Decision | None) -> None:
    """Raises ValidationError with code `unknown_decision`."""
    if decision is None:
        raise ValidationError(_("Choose one of the decisions."), code="unknown_decision")


def require_reason(decision: Decision, reason: str) -> None:
    """Raises ValidationError with code `reason_needed`."""
    if decision.needs_reason and not reason.strip():
        raise ValidationError(_("Write the reason: the maker reads it and may appeal."), code="reason_needed")


def forbid_own_cause(people: Iterable[User], by: User) -> None:
    """Nobody decides about their own workshop or venue. Raises ValidationError with code `own_cause`."""
    if any(person.pk == by.pk for person in people):
        raise ValidationError(
            _("You cannot decide about your own workshop, or about a venue you manage."), code="own_cause"
        )


def require_somebody_to_ask(people: Iterable[User]) -> None:
    """Raises ValidationError with code `nobody_to_ask` where no one has an account."""
    if not any(people):
        raise ValidationError(
            _("Nobody with an account stands behind this; there is no one to ask."), code="nobody_to_ask"
        )


def require_other_eyes(matter: Matter, by: User) -> None:
    """An appeal is decided by another officer. Raises ValidationError with code `same_officer`."""
    if matter.appeal_of is not None and matter.appeal_of.decided_by_id == by.pk:
        raise ValidationError(
            _("An appeal is decided by another officer than the one who decided first."), code="same_officer"
        )


def require_appealable(matter: Matter, decision: Decision | None, *, days: int) -> None:
    """Raises ValidationError with code `no_appeal` for what is open, cannot be undone, is old, or was appealed before."""
    fits = not matter.is_open and decision is not None and decision.undo is not None and days <= DAYS_TO_APPEAL
    if not fits or matter.appeal_of is not None or hasattr(matter, "appeal"):
        raise ValidationError(_("This decision cannot be appealed any more."), code="no_appeal")
