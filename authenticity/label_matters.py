"""What officers decide about labels: one that seems to be copied, one that a visitor doubts, a doubt about a code that no label has."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from authenticity.label_cases import COPIED_LABEL, DOUBT, UNKNOWN_LABEL
from authenticity.label_facts import facts_of_copies, facts_of_doubts, facts_of_unknown, passport_of
from authenticity.models import Passport
from authenticity.passports import annul_revocation, reinstate, revoke, suspend
from authenticity.rules import forbid_lasting_end
from marketplace.matters.kinds import Decision, Kind, register
from marketplace.matters.models import Matter


def _leave(matter: Matter, by: Any, reason: str) -> None:
    """The label stays as it is."""


def _public(reason: str) -> str:
    """As much of a reason as a passport's page has room for."""
    return reason.strip()[: Passport._meta.get_field("because").max_length]


def _suspend(matter: Matter, by: Any, reason: str) -> None:
    suspend(passport=passport_of(matter), because=_public(reason))


def _revoke(matter: Matter, by: Any, reason: str) -> None:
    passport = passport_of(matter)
    forbid_lasting_end(passport)
    revoke(passport=passport, because=_public(reason))


def _end_suspension(matter: Matter, by: Any, reason: str) -> None:
    passport = passport_of(matter)
    if passport.suspended_on is not None:  # an officer may have ended it since
        reinstate(passport=passport, because=_public(reason))


def _annul_revocation(matter: Matter, by: Any, reason: str) -> None:
    passport = passport_of(matter)
    if passport.revoked_on is not None:
        annul_revocation(passport=passport, because=_public(reason))


def _page(matter: Matter) -> str:
    return passport_of(matter).work.get_absolute_url()


def _page_of_unknown(matter: Matter) -> str:
    return reverse("shop:verify-ask")


AGAINST = (
    Decision(
        "suspend",
        label=_("Suspend the passport; the reason stands on its page"),
        told=_("“%(title)s” is suspended: %(text)s You may appeal."),
        apply=_suspend,
        undo=_end_suspension,
    ),
    Decision(
        "revoke",
        label=_("Revoke the passport; the reason stands on its page"),
        told=_("“%(title)s” was revoked: %(text)s You may appeal."),
        apply=_revoke,
        undo=_annul_revocation,
    ),
)
register(
    Kind(
        code=COPIED_LABEL,
        name=_("Label seen in many places"),
        days=7,
        decisions=(
            Decision(
                "unfounded",
                label=_("No ground for a question; it stays as it is"),
                told=_("“%(title)s” was looked at, and nothing changes. %(text)s"),
                apply=_leave,
                needs_reason=False,
            ),
            *AGAINST,
        ),
        page=_page,
        template="desks/officer/facts_copied_label.html",
        context=facts_of_copies,
    )
)
register(
    Kind(
        code=DOUBT,
        name=_("Doubt of a visitor"),
        days=7,
        decisions=(
            Decision(
                "unfounded",
                label=_("The doubt has no ground; it stays as it is"),
                told=_("A doubt about “%(title)s” was looked at, and nothing changes. %(text)s"),
                apply=_leave,
                needs_reason=False,
            ),
            *AGAINST,
        ),
        page=_page,
        template="desks/officer/facts_doubt.html",
        context=facts_of_doubts,
    )
)
register(
    Kind(
        code=UNKNOWN_LABEL,
        name=_("Doubt about an unknown code"),
        days=7,
        decisions=(
            Decision(
                "seen", label=_("Seen; nothing to do"), told=_("%(title)s: %(text)s"), apply=_leave, needs_reason=False
            ),
            Decision(
                "followed", label=_("Followed up, as the reason says"), told=_("%(title)s: %(text)s"), apply=_leave
            ),
        ),
        page=_page_of_unknown,
        template="desks/officer/facts_doubts.html",
        context=facts_of_unknown,
    )
)
