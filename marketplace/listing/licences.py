"""What happens to licences, and what follows from it at once: of venues (dates, withdrawals) and of makers (origins of their works)."""

from datetime import date
from typing import Any

from django.db import transaction

from marketplace.bazaars.dates import venue_dates
from marketplace.bazaars.models import LicenceEvent, Venue, VenueLicence
from marketplace.bazaars.rules import require_happened, require_new_end, require_proper_licence
from marketplace.core import outbox
from marketplace.core.clock import today
from marketplace.crafts.models import CraftGroup
from marketplace.listing.origins import redeclare_works
from marketplace.listing.rules import require_issued_since_revoked
from marketplace.listing.withdrawals import WORK_CHANGED, withdraw_unlawful_in
from marketplace.makers.models import Maker, ProductionLicence
from marketplace.partner.models import StockRecord


@transaction.atomic
def grant_venue_licence(
    *, venue: Venue, number: str, kind: str, issued_on: date, expires_on: date, by=None, **facts: Any
) -> VenueLicence:
    """Register a licence of a venue and its grant. The venue is bound from that day."""
    require_proper_licence(issued_on=issued_on, expires_on=expires_on)
    licence = VenueLicence.objects.create(
        venue=venue, number=number, kind=kind, issued_on=issued_on, expires_on=expires_on, **facts
    )
    record_licence_event(licence=licence, kind=LicenceEvent.Kind.GRANTED, on=issued_on, by=by)
    return licence


@transaction.atomic
def renew_venue_licence(*, licence: VenueLicence, on: date, expires_on: date, by=None, note: str = "") -> LicenceEvent:
    """A new end for a licence, and the event that says so. It ends no suspension."""
    return record_licence_event(
        licence=licence, kind=LicenceEvent.Kind.RENEWED, on=on, expires_on=expires_on, by=by, note=note
    )


@transaction.atomic
def record_licence_event(
    *, licence: VenueLicence, kind: str, on: date, expires_on: date | None = None, by=None, note: str = ""
) -> LicenceEvent:
    """Write an event and move the venue's dates by it; offers that are now unlawful are withdrawn in the same transaction.

    `expires_on`: a renewal's new end; other events have none. Raises ValidationError with code `future_event`, `new_end` or
    `licence_dates`. Sellers and managers are told.
    """
    require_happened(on, on=today())
    require_new_end(kind=kind, expires_on=expires_on)
    venue = Venue.objects.select_for_update().get(pk=licence.venue_id)
    if kind == LicenceEvent.Kind.RENEWED and expires_on is not None:
        require_proper_licence(issued_on=licence.issued_on, expires_on=expires_on)
        licence.expires_on = expires_on
        licence.save(update_fields=["expires_on"])
    event = LicenceEvent.objects.create(licence=licence, kind=kind, on=on, recorded_by=by, note=note)
    dates = venue_dates(LicenceEvent.objects.filter(licence__venue=venue).select_related("licence"))
    venue.bound_since, venue.bound_until, venue.open_until = dates.bound_since, dates.bound_until, dates.open_until
    withdraw_unlawful_in(venue, on=today())
    venue.save(update_fields=["bound_since", "bound_until", "open_until"])
    outbox.post_many(
        WORK_CHANGED, set(StockRecord.objects.active().filter(venue=venue).values_list("product_id", flat=True))
    )
    return event


@transaction.atomic
def record_production_licence(*, maker: Maker, **facts: Any) -> ProductionLicence:
    """Register a maker's production licence; works that were declared Iranian become domestic by it at once."""
    require_proper_licence(issued_on=facts["issued_on"], expires_on=facts["expires_on"])
    licence = ProductionLicence.objects.create(maker=maker, **facts)
    redeclare_works(maker=maker, group=licence.craft_group_id, on=today())
    return licence


@transaction.atomic
def change_production_licence(
    *, licence: ProductionLicence, expires_on: date | None = None, revoked_on: date | None = None
) -> ProductionLicence:
    """Renew (`expires_on`) or revoke (`revoked_on`) a production licence. The works that stood on it follow, and first."""
    licence.expires_on = expires_on or licence.expires_on
    licence.revoked_on = revoked_on or licence.revoked_on
    return _rewrite(licence)


@transaction.atomic
def accept_production_licence(
    *, maker: Maker, craft_group: CraftGroup, number: str, issued_on: date, expires_on: date, **facts: Any
) -> ProductionLicence:
    """Register a licence, or renew the one the maker holds under this number: its capacity is counted once.

    The later end stands, so an older paper shortens nothing; a fact left empty stays as it was. A revoked licence counts again only
    by a paper issued on that day or after: raises ValidationError with code `licence_revoked`.
    """
    number = number.strip()
    held = ProductionLicence.objects.select_for_update(of=("self",)).select_related("maker")
    licence = held.filter(maker=maker, craft_group=craft_group, number=number).first()
    if licence is None:
        dates = {"issued_on": issued_on, "expires_on": expires_on}
        return record_production_licence(maker=maker, craft_group=craft_group, number=number, **dates, **facts)
    require_issued_since_revoked(licence, issued_on=issued_on)
    licence.revoked_on = None
    licence.expires_on = max(licence.expires_on, expires_on)
    # a paper whose time is still to come does not interrupt the one in force
    licence.issued_on = max(licence.issued_on, issued_on) if issued_on <= today() else licence.issued_on
    for name, value in facts.items():
        setattr(licence, name, value or getattr(licence, name))
    return _rewrite(licence, *facts)


def _rewrite(licence: ProductionLicence, *also: str) -> ProductionLicence:
    require_proper_licence(issued_on=licence.issued_on, expires_on=licence.expires_on)
    redeclare_works(maker=licence.maker, group=licence.craft_group_id, on=today(), before=licence)
    licence.save(update_fields=["issued_on", "expires_on", "revoked_on", *also])
    # what grew only holds once the licence is written
    redeclare_works(maker=licence.maker, group=licence.craft_group_id, on=today())
    return licence
