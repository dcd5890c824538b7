"""What the desks send in for an officer's decision, each once however often its button is pressed."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from catalogue.models import Product
from marketplace.bazaars.models import Venue, VenueLicenceClaim
from marketplace.core.models import User
from marketplace.core.refusals import name_of
from marketplace.desks.matters import state_of
from marketplace.desks.models import SentForm
from marketplace.listing.claims import ORIGIN, VENUE_LICENCE, ask_verification, send_licence, send_venue_licence
from marketplace.listing.origins import add_origin_document
from marketplace.makers.models import Maker
from marketplace.matters.models import Matter

SENT = _("It was sent in. An officer compares it with the paper; you get a message when it is decided.")


@transaction.atomic
def send_licence_once(*, maker: Maker, token: UUID, facts: dict[str, Any]) -> tuple[Matter, bool]:
    """A maker's production licence; False with the matter an earlier press opened."""
    sent, new = SentForm.objects.get_or_create(maker=maker, token=token)
    if not new:
        return Matter.objects.get(pk=sent.made_id, maker=maker), False
    matter = send_licence(maker=maker, by=maker.owner, **facts)
    sent.made_id = matter.pk
    sent.save(update_fields=["made_id"])
    return matter, True


@transaction.atomic
def ask_origin_once(
    *, maker: Maker, token: UUID, work: Product, text: str, documents: list[tuple[str, str]]
) -> tuple[Matter, bool]:
    """Ask for a verification of a work's origin with (title, stored file) of its documents; False for a second press."""
    sent, new = SentForm.objects.get_or_create(maker=maker, token=token)
    if not new:
        return Matter.objects.get(pk=sent.made_id, maker=maker), False
    for title, file in documents:
        add_origin_document(work=work, title=title, file=file, by=maker.owner)
    matter = ask_verification(work=work, by=maker.owner, text=text)
    sent.made_id = matter.pk
    sent.save(update_fields=["made_id"])
    return matter, True


@transaction.atomic
def send_venue_licence_once(*, venue: Venue, by: User, facts: dict[str, Any]) -> bool:
    """A venue's licence or its renewal; False, with nothing sent, while the same one still waits for its decision."""
    Venue.objects.select_for_update().get(pk=venue.pk)
    same = VenueLicenceClaim.objects.filter(venue=venue, number=facts["number"], expires_on=facts["expires_on"])
    if Matter.objects.waiting().filter(kind=VENUE_LICENCE, subject__in=[name_of(claim) for claim in same]).exists():
        return False
    send_venue_licence(venue=venue, by=by, **facts)
    return True


def origin_matter(work: Product) -> Matter | None:
    """The question about a work's origin that waits for an officer, or None."""
    return Matter.objects.waiting().filter(kind=ORIGIN, subject=name_of(work)).first()


@dataclass(frozen=True)
class Claim:
    """A venue's licence as it was sent in, with what became of it."""

    claim: VenueLicenceClaim
    state: str
    state_class: str
    reason: str


def claims_of(venue: Venue, *, most: int = 5) -> list[Claim]:
    """What was sent in for a venue last, in two queries."""
    claims = list(venue.licence_claims.order_by("-pk")[:most])
    matters = {
        matter.subject: matter
        for matter in Matter.objects.filter(kind=VENUE_LICENCE, subject__in=[name_of(claim) for claim in claims])
    }
    return [
        Claim(claim, *state_of(matter), matter.reason)
        for claim in claims
        if (matter := matters.get(name_of(claim))) is not None
    ]
