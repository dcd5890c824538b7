"""A maker's seals: what was granted, what is asked for and how far it is; each form obeyed once."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from authenticity.models import SealApplication, SealGrant, SealScheme
from authenticity.seals import apply_for_seal, send_again
from catalogue.models import ProductLine
from marketplace.core.models import User
from marketplace.core.refusals import name_of
from marketplace.desks.matters import FOR_MAKER, ShownStep, shown
from marketplace.desks.models import SentForm
from marketplace.makers.models import Maker
from marketplace.matters.models import Matter, MatterStep

_STATE = SealApplication.State
_COLOURS = {
    _STATE.SENT: "wait",
    _STATE.RETURNED: "bad",
    _STATE.JURY: "wait",
    _STATE.GRANTED: "good",
    _STATE.REFUSED: "bad",
}


@dataclass(frozen=True)
class GrantRow:
    """A grant with its state in a word and the colour of its badge."""

    grant: SealGrant
    state: str
    state_class: str

    @property
    def in_force(self) -> bool:
        """Whether works show it today."""
        return self.state_class == "good"


def grant_row(grant: SealGrant, *, on: date) -> GrantRow:
    """A grant as it stands on a day."""
    if grant.revoked_on is not None and grant.revoked_on <= on:
        return GrantRow(grant, _("revoked"), "bad")
    if grant.suspended_on is not None and grant.suspended_on <= on:
        return GrantRow(grant, _("suspended"), "bad")
    if grant.valid_until < on:
        return GrantRow(grant, _("expired"), "")
    return (
        GrantRow(grant, _("not in force yet"), "wait")
        if grant.valid_from > on
        else GrantRow(grant, _("in force"), "good")
    )


def grants_of(maker: Maker, *, on: date) -> list[GrantRow]:
    """A maker's grants, those in force first, then the latest."""
    grants = maker.grants.select_related("scheme", "product_line__craft").order_by("-valid_until", "-id")
    return sorted((grant_row(grant, on=on) for grant in grants), key=lambda row: not row.in_force)


def applications_of(maker: Maker) -> QuerySet[SealApplication]:
    """A maker's own applications, the last first."""
    return SealApplication.objects.filter(maker=maker).select_related("scheme", "product_line__craft", "grant")


def colour_of(application: SealApplication) -> str:
    """The colour of its state's badge."""
    return _COLOURS[_STATE(application.state)]


def steps_of(application: SealApplication, *, reader: User) -> list[tuple[Matter, ShownStep]]:
    """What happened, over all its matters, in two queries; with each step the matter where it can be answered."""
    matters = {one.pk: one for one in Matter.objects.filter(maker=application.maker, subject=name_of(application))}
    steps = MatterStep.objects.filter(matter__in=matters, kind__in=FOR_MAKER).order_by("at", "id")
    return [(matters[step.matter_id], shown(step, step.by_id == reader.pk)) for step in steps]


@transaction.atomic
def apply_once(
    *,
    maker: Maker,
    token: UUID,
    scheme: SealScheme,
    line: ProductLine,
    text: str,
    papers: list[tuple[str, str, bool]],
    by: User,
) -> tuple[SealApplication, bool]:
    """Ask for a seal; False with the application an earlier press sent. Raises ValidationError as `apply_for_seal` does."""
    sent, new = SentForm.objects.get_or_create(maker=maker, token=token)
    if not new:
        return SealApplication.objects.get(pk=sent.made_id, maker=maker), False
    application = apply_for_seal(scheme=scheme, line=line, papers=papers, text=text, by=by, is_demo=maker.is_demo)
    sent.made_id = application.pk
    sent.save(update_fields=["made_id"])
    return application, True


@transaction.atomic
def send_again_once(
    *, application: SealApplication, token: UUID, papers: list[tuple[str, str, bool]], by: User
) -> bool:
    """Send a returned application again; False for a second press. Raises ValidationError as `send_again` does."""
    _sent, new = SentForm.objects.get_or_create(
        maker=application.maker, token=token, defaults={"made_id": application.pk}
    )
    if new:
        send_again(application=application, papers=papers, by=by)
    return new
