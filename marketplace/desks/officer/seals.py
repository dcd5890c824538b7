"""What an officer does about seals outside a matter: calls a jury and ends it, suspends, reinstates, revokes, keeps a certificate."""

from collections.abc import Callable, Iterable

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from authenticity.models import SealApplication, SealGrant
from authenticity.rules import require_pdf, require_standing_grant
from authenticity.seals import close_jury, reinstate_seal, revoke_seal, suspend_seal
from marketplace.core import chain
from marketplace.core.backends import normal_mobile
from marketplace.core.clock import today
from marketplace.core.models import LogEntry, User
from marketplace.core.notices import notify
from marketplace.desks.officer.services import owners
from marketplace.desks.papers import read_paper
from marketplace.juries.rules import forbid_calling_oneself
from marketplace.juries.services import Result, seat
from marketplace.matters.rules import forbid_own_cause

MAY_SIT = "juries.sit"
#: The officers' own log: who did what to a grant. The public log names no officer.
CHAIN = "seal-officers"
SUSPEND, REINSTATE, REVOKE = "suspend", "reinstate", "revoke"
_ACTS: dict[str, Callable[..., SealGrant]] = {SUSPEND: suspend_seal, REINSTATE: reinstate_seal, REVOKE: revoke_seal}
_TOLD = {
    SUSPEND: _("Your seal “%(seal)s” is suspended. %(reason)s"),
    REINSTATE: _("Your seal “%(seal)s” is in force again. %(reason)s"),
    REVOKE: _("Your seal “%(seal)s” was revoked. %(reason)s"),
}


def jurors() -> QuerySet[User]:
    """Everybody who is known to sit on juries, by name."""
    return User.objects.with_perm(MAY_SIT).order_by("last_name", "first_name", "username")


def person_of(typed: str) -> User | None:
    """The one person with this mail address or mobile."""
    mobile = normal_mobile(typed)
    found = list(User.objects.filter(**({"mobile": mobile} if mobile else {"email__iexact": typed.strip()}))[:2])
    return found[0] if len(found) == 1 else None


@transaction.atomic
def call_jurors(*, application: SealApplication, people: Iterable[User], by: User) -> list[User]:
    """Call people to the jury and tell them; all or nobody. Returns those who are new.

    Raises ValidationError with code `own_cause`, `knows_the_maker`, or those of `juries.services.seat`.
    """
    forbid_own_cause(owners(application.maker), by)
    panel = application.panel
    assert panel is not None
    there = set(panel.seats.values_list("juror", flat=True))
    new = [one for one in dict.fromkeys(people) if one.pk not in there]
    for one in new:
        forbid_calling_oneself(one, by)
        seat(panel=panel, juror=one)
    notify(
        users=new,
        kind="jury_called",
        sentence=_("You are called to a jury on %(craft)s. The dossier names nobody; please give your points."),
        params={"craft": lambda: application.product_line.craft.name},
        link=reverse("desks:jury-panel", args=[panel.pk]),
    )
    return new


def end_jury(*, application: SealApplication, by: User) -> Result:
    """Close the jury; its result waits for a decision. Raises ValidationError with code `own_cause`, `too_few_jurors`, `wrong_step`."""
    forbid_own_cause(owners(application.maker), by)
    return close_jury(application=application)[1]


@transaction.atomic
def change_grant(*, grant: SealGrant, act: str, reason: str, by: User) -> SealGrant:
    """Suspend, reinstate or revoke; its maker reads the reason. Raises ValidationError as the seals' services do, or `own_cause`."""
    forbid_own_cause(owners(grant.maker), by)
    changed = _ACTS[act](grant=grant, because=reason)
    _kept(changed, act, by, reason)
    notify(
        users=owners(grant.maker),
        kind="seal_changed",
        sentence=_TOLD[act],
        params={"seal": lambda: f"{grant.scheme.name} {grant.number}", "reason": reason},
        link=reverse("desks:seals"),
    )
    return changed


@transaction.atomic
def keep_certificate(*, grant: SealGrant, upload: UploadedFile, by: User) -> SealGrant:
    """Keep the certificate that was looked at today. Raises ValidationError, also for what is no PDF, and keeps the one before."""
    forbid_own_cause(owners(grant.maker), by)
    held = SealGrant.objects.select_for_update().get(pk=grant.pk)
    require_standing_grant(held)
    content, _ending = read_paper(upload)
    require_pdf(content)
    held.attach_certificate(f"{held.pk}.pdf", content, on=today())
    _kept(held, "certificate", by, held.certificate_digest)
    return held


def _kept(grant: SealGrant, kind: str, by: User, reason: str) -> None:
    chain.append(chain=CHAIN, kind=kind, body={"grant": grant.pk, "by": by.pk, "reason": reason})


def acts_on(grant: SealGrant) -> list[tuple[LogEntry, User | None]]:
    """What officers did to a grant, the last first, with hands; in two queries."""
    lines = list(LogEntry.objects.filter(chain=CHAIN, body__grant=grant.pk).order_by("-number"))
    people = User.objects.in_bulk({line.body["by"] for line in lines})
    return [(line, people.get(line.body["by"])) for line in lines]
