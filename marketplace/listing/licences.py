"""What happens to a venue's licence, and what follows from it at once."""

from datetime import date, timedelta

from django.db import transaction

from marketplace.bazaars.models import LicenceEvent, Venue, VenueLicence
from marketplace.core import outbox
from marketplace.core.clock import today
from marketplace.listing.services import WORK_CHANGED, withdraw_unlawful_in
from marketplace.partner.models import StockRecord

_Kind = LicenceEvent.Kind


@transaction.atomic
def record_licence_event(*, licence: VenueLicence, kind: str, on: date, by=None, note: str = "") -> LicenceEvent:
    """Write an event and move the venue's dates by it; offers that are now unlawful are withdrawn in the same transaction.

    The first grant binds; revocation or surrender frees from its day; suspension and expiry only close the sale.
    """
    venue = Venue.objects.select_for_update().get(pk=licence.venue_id)
    event = LicenceEvent.objects.create(licence=licence, kind=kind, on=on, recorded_by=by, note=note)
    _move_dates(venue, licence, kind, on)
    withdraw_unlawful_in(venue, on=today())
    venue.save(update_fields=["bound_since", "bound_until", "open_until"])
    outbox.post_many(
        WORK_CHANGED, set(StockRecord.objects.active().filter(venue=venue).values_list("product_id", flat=True))
    )
    return event


def _move_dates(venue: Venue, licence: VenueLicence, kind: str, on: date) -> None:
    if kind in {_Kind.GRANTED, _Kind.RENEWED, _Kind.REINSTATED}:
        free_before = venue.bound_until is not None and venue.bound_until <= on
        if venue.bound_since is None or free_before:
            venue.bound_since = on
        venue.bound_until = None
        venue.open_until = licence.expires_on
    else:
        venue.open_until = on - timedelta(days=1)
    if kind in {_Kind.REVOKED, _Kind.SURRENDERED}:
        venue.bound_until = on
        venue.open_until = None
