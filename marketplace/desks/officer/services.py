"""What an officer does outside a matter: a word on an origin, a change of a licence. In no one's own cause, and told to its maker."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from catalogue.models import FOR_EVER, Product
from marketplace.bazaars.models import LicenceEvent, Venue, VenueLicence
from marketplace.bazaars.rules import require_happened
from marketplace.core import chain
from marketplace.core.clock import today
from marketplace.core.models import User
from marketplace.core.notices import notify
from marketplace.listing.licences import (
    change_production_licence,
    grant_venue_licence,
    record_licence_event,
)
from marketplace.listing.origins import change_origin
from marketplace.makers.models import Maker, ProductionLicence
from marketplace.matters.models import Matter, MatterStep
from marketplace.matters.rules import forbid_own_cause
from marketplace.matters.services import assign

#: The log of what officers did to production licences, which keep no events of their own.
CHAIN = "production-licences"


def owners(maker: Maker | None) -> list[User]:
    """Whose cause a maker's is."""
    return [maker.owner] if maker is not None and maker.owner is not None else []


@transaction.atomic
def decide_origin(
    *, work: Product, state: str, country: str, place: str, until: date | None, reason: str, by: User
) -> Product:
    """An officer's word on a work's origin; the maker reads it with the reason.

    Raises ValidationError with code `own_cause`, `origin_country` or `origin_ended`.
    """
    forbid_own_cause(owners(work.maker), by)
    is_domestic = state == Product.Origin.DOMESTIC
    change_origin(
        work=work,
        state=state,
        country=country,
        place=place,
        basis=Product.Basis.VERIFIED,
        until=(until or FOR_EVER) if is_domestic else None,
        by=by,
        reason=reason,
    )
    notify(
        users=owners(work.maker),
        kind="origin_decided",
        sentence=_("An officer recorded the origin of “%(work)s”: %(state)s. %(reason)s"),
        params={"work": lambda: work.name, "state": lambda: str(Product.Origin(state).label), "reason": reason},
        link=reverse("desks:work", args=[work.pk]),
    )
    return work


@transaction.atomic
def change_licence(
    *,
    licence: ProductionLicence,
    expires_on: date | None = None,
    revoked_on: date | None = None,
    reason: str,
    by: User,
) -> ProductionLicence:
    """Renew or revoke a maker's production licence; who did it and why goes into the log that only grows.

    Raises ValidationError with code `own_cause`, `future_event` or `licence_dates`.
    """
    forbid_own_cause(owners(licence.maker), by)
    if revoked_on is not None:
        require_happened(revoked_on, on=today())
    change_production_licence(licence=licence, expires_on=expires_on, revoked_on=revoked_on)
    did = "revoked" if revoked_on else "renewed"
    body = {"licence": licence.pk, "day": str(revoked_on or expires_on), "by": by.pk, "reason": reason}
    chain.append(chain=CHAIN, kind=did, body=body)
    told = {
        "revoked": _("Your production licence %(number)s was revoked. %(reason)s"),
        "renewed": _("Your production licence %(number)s was renewed. %(reason)s"),
    }
    notify(
        users=owners(licence.maker),
        kind="licence_changed",
        sentence=told[did],
        params={"number": licence.number, "reason": reason},
        link=reverse("desks:home"),
    )
    return licence


@transaction.atomic
def record_event(
    *, licence: VenueLicence, kind: str, on: date, expires_on: date | None, note: str, by: User
) -> LicenceEvent:
    """Record what happened to a venue's licence. Raises ValidationError with code `own_cause` or those of `listing.licences`."""
    forbid_own_cause(licence.venue.managers.all(), by)
    return record_licence_event(licence=licence, kind=kind, on=on, expires_on=expires_on, by=by, note=note)


@transaction.atomic
def register_licence(*, venue: Venue, by: User, **facts: Any) -> VenueLicence:
    """Register a licence of a venue and its grant. Raises ValidationError with code `own_cause` or those of `listing.licences`."""
    forbid_own_cause(venue.managers.all(), by)
    return grant_venue_licence(venue=venue, by=by, **facts)


def assign_all(*, matters: list[Matter], to: User, by: User) -> list[tuple[Matter, ValidationError | None]]:
    """Give many matters to an officer, each in a transaction of its own; with each, what stopped it or None."""
    done: list[tuple[Matter, ValidationError | None]] = []
    for matter in matters:
        try:
            done.append((assign(matter=matter, to=to, by=by), None))
        except ValidationError as error:
            done.append((matter, error))
    return done


def steps_of(matter: Matter) -> list[MatterStep]:
    """What happened to a matter so far, with hands."""
    return list(matter.steps.select_related("by"))
