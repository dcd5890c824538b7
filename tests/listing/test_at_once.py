"""A venue is bound, or an origin changes, at the moment a foreign work is offered: on PostgreSQL, first with the locks off."""

from datetime import date
from threading import Event

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from catalogue.models import Product
from marketplace.bazaars.models import Venue
from marketplace.listing import licences, origins, services
from marketplace.listing.licences import grant_venue_licence
from marketplace.listing.origins import change_origin
from marketplace.listing.services import offer_in_venue
from marketplace.partner.models import StockRecord
from tests.checkout.crowd import at_once

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _on_postgresql(db):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time and cannot show the race")


@pytest.fixture
def locks(request, monkeypatch) -> bool:
    """Whether the verbs hold what they decide by."""
    if not request.param:
        for module in (services, origins):
            monkeypatch.setattr(module, "hold", lambda *_args, **_more: None)
    return request.param


def together(change, offer) -> list:
    """`change` acts and waits before it commits, until `offer` was tried or a second has passed."""
    changed, tried = Event(), Event()

    def first():
        with transaction.atomic():
            change()
            changed.set()
            tried.wait(1)

    def second():
        changed.wait(10)
        try:
            return offer()
        except ValidationError as error:
            return error.code
        finally:
            tried.set()

    return at_once(first, second)


def unlawful() -> int:
    standing = StockRecord.objects.active().filter(venue__bound_since__isnull=False)
    return standing.exclude(product__origin_state="domestic").count()


@pytest.mark.parametrize("locks", [False, True], indirect=True)
def test_a_venue_that_is_bound_while_a_foreign_work_comes_in(foreign_tray, free_shop, locks):
    def bind():
        grant_venue_licence(
            venue=Venue.objects.get(pk=free_shop.pk),
            number="N-1",
            kind="shop",
            issuer_fa="ا",
            issued_on=date(2026, 11, 1),
            expires_on=date(2027, 11, 1),
        )

    work, venue = Product.objects.get(pk=foreign_tray.pk), Venue.objects.get(pk=free_shop.pk)
    told = together(bind, lambda: offer_in_venue(work=work, venue=venue, price_rial=9_000_000, pieces=1).pk)
    assert licences.Venue.objects.get(pk=free_shop.pk).bound_since == date(2026, 11, 1)
    if locks:
        assert told[1] == "foreign_goods"
    assert unlawful() == (0 if locks else 1)


@pytest.mark.parametrize("locks", [False, True], indirect=True)
def test_an_origin_that_is_lost_while_its_work_is_offered(kilim, bazaar, locks):
    def lose():
        change_origin(
            work=Product.objects.get(pk=kilim.pk), state="disputed", country="IR", basis="verified", until=None
        )

    work, venue = Product.objects.get(pk=kilim.pk), Venue.objects.get(pk=bazaar.pk)
    told = together(lose, lambda: offer_in_venue(work=work, venue=venue, price_rial=9_000_000, pieces=1).pk)
    assert Product.objects.get(pk=kilim.pk).origin_state == "disputed"
    if locks:
        assert told[1] == "foreign_goods"
    assert unlawful() == (0 if locks else 1)
