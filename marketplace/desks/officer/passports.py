"""What an officer does about the passport of a piece: finds it by its label, suspends, reinstates, revokes."""

from collections.abc import Callable

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from authenticity.codes import read_code
from authenticity.models import Passport
from authenticity.passports import reinstate, revoke, suspend
from marketplace.core import chain
from marketplace.core.models import LogEntry, User
from marketplace.core.notices import notify
from marketplace.core.persian import to_latin_digits
from marketplace.desks.officer.seals import REINSTATE, REVOKE, SUSPEND
from marketplace.desks.officer.services import owners
from marketplace.matters.rules import forbid_own_cause

#: The officers' own log: who did what to a passport. The public log names no officer.
CHAIN = "passport-officers"
_ACTS: dict[str, Callable[..., Passport]] = {SUSPEND: suspend, REINSTATE: reinstate, REVOKE: revoke}
_TOLD = {
    SUSPEND: _("Your label %(serial)s of “%(work)s” is suspended. %(reason)s"),
    REINSTATE: _("Your label %(serial)s of “%(work)s” is in force again. %(reason)s"),
    REVOKE: _("Your label %(serial)s of “%(work)s” was revoked. %(reason)s"),
}


def passports_found(*, typed: str, maker: str) -> QuerySet[Passport]:
    """Passports by code or number as typed, of one maker (slug) or of all, the last first; nothing for nothing asked."""
    found = Passport.objects.select_related("work", "maker").order_by("-pk")
    if maker:
        found = found.filter(maker__slug=maker)
    if not typed:
        return found if maker else found.none()
    code = read_code(typed)
    return found.filter(code=code) if code else found.filter(serial=to_latin_digits(typed).strip())


@transaction.atomic
def change_passport(*, passport: Passport, act: str, reason: str, by: User) -> Passport:
    """Suspend, reinstate or revoke; its maker reads the reason. Raises ValidationError as the passports' services do, or `own_cause`."""
    forbid_own_cause(owners(passport.maker), by)
    changed = _ACTS[act](passport=passport, because=reason)
    chain.append(chain=CHAIN, kind=act, body={"passport": changed.pk, "by": by.pk, "reason": reason})
    notify(
        users=owners(passport.maker),
        kind="passport_changed",
        sentence=_TOLD[act],
        params={"serial": passport.serial, "work": lambda: passport.work.name, "reason": reason},
        link=reverse("desks:label-sheet", args=[changed.sheet_id]) if changed.sheet_id else reverse("desks:labels"),
    )
    return changed


def acts_on(passport: Passport) -> list[tuple[LogEntry, User | None]]:
    """What officers did to a passport, the last first, with hands; in two queries."""
    lines = list(LogEntry.objects.filter(chain=CHAIN, body__passport=passport.pk).order_by("-number"))
    people = User.objects.in_bulk({line.body["by"] for line in lines})
    return [(line, people.get(line.body["by"])) for line in lines]
