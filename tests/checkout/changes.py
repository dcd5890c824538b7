"""What can change under a sale: a work turns foreign, a venue's licence is suspended, a venue with a foreign work becomes bound, an
import permit is refused, a stall is closed."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from marketplace.basket.services import offer_to_sell
from marketplace.bazaars.models import LicenceEvent, VenueLicence
from marketplace.listing.licences import record_licence_event
from marketplace.listing.origins import change_origin, decide_import_permit
from marketplace.listing.services import offer_in_venue
from marketplace.partner.models import StockRecord
from marketplace.rounds.services import close_stall, note_finding
from marketplace.stalls.services import let_stall, put_stall
from tests.cast import DAY
from tests.stalls.floor import FIRST, LAST, stall_at


@dataclass(frozen=True)
class Change:
    """An offer that is lawful now, what makes it unlawful, and how a refusal of it then begins (English) and is coded."""

    offer: StockRecord
    happens: Callable[[], object]
    code: str
    sentence: str


def _origin(kilim, bazaar) -> Change:
    offer = offer_in_venue(work=kilim, venue=bazaar, price_rial=190_000_000, pieces=2)
    return Change(
        offer=offer_to_sell(offer.pk),
        happens=lambda: change_origin(work=kilim, state="foreign", country="TR", basis="verified", until=None),
        code="foreign_goods",
        sentence="is of foreign origin and cannot be sold in",
    )


def _suspended(kilim, bazaar) -> Change:
    offer = offer_in_venue(work=kilim, venue=bazaar, price_rial=190_000_000, pieces=2)
    licence = bazaar.licences.get()
    return Change(
        offer=offer_to_sell(offer.pk),
        happens=lambda: record_licence_event(licence=licence, kind=LicenceEvent.Kind.SUSPENDED, on=DAY),
        code="venue_closed",
        sentence="is not in force today",
    )


def _granted(tray, shop) -> Change:
    offer = offer_in_venue(work=tray, venue=shop, price_rial=45_000_000, pieces=2)
    licence = VenueLicence.objects.create(
        venue=shop,
        number="K-2",
        issuer_fa="اداره کل میراث فرهنگی کرمان",
        issued_on=DAY,
        expires_on=DAY.replace(year=2028),
    )
    return Change(
        offer=offer_to_sell(offer.pk),
        happens=lambda: record_licence_event(licence=licence, kind=LicenceEvent.Kind.GRANTED, on=DAY),
        code="foreign_goods",
        sentence="is of foreign origin and cannot be sold in",
    )


def _permit_refused(tray) -> Change:
    return Change(
        offer=offer_to_sell(tray.stockrecords.get().pk),
        happens=lambda: decide_import_permit(permit=tray.import_permit, accepted=False),
        code="no_import_permit",
        sentence="no import permit (green customs paper) stands for it",
    )


def _closed(kilim, bazaar, manager) -> Change:
    stall = put_stall(stall_at(bazaar, "1"))
    dates = {"starts_on": FIRST, "agreed_until": LAST}
    lease = let_stall(stall=stall, tenant=kilim.maker, crafts=[kilim.craft], rent_rial=0, by=manager, **dates)
    found = note_finding(lease=lease, about="foreign", text="قالیچهٔ ماشینی", by=manager)
    offer = offer_in_venue(work=kilim, venue=bazaar, price_rial=190_000_000, pieces=2)
    return Change(
        offer=offer_to_sell(offer.pk),
        happens=lambda: close_stall(lease=lease, finding=found, starts_on=DAY, ends_on=DAY, because="x", by=manager),
        code="stall_closed",
        sentence="is closed until 22 November 2026",
    )


@pytest.fixture(
    params=["origin turns foreign", "licence suspended", "licence granted", "permit refused", "stall closed"]
)
def change(request, kilim, bazaar, foreign_tray, free_shop, manager) -> Change:
    if request.param == "stall closed":
        return _closed(kilim, bazaar, manager)
    if request.param == "permit refused":
        return _permit_refused(foreign_tray)
    if request.param == "licence granted":
        return _granted(foreign_tray, free_shop)
    return (_origin if request.param == "origin turns foreign" else _suspended)(kilim, bazaar)
