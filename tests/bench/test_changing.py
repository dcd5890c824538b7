"""A market that changes while it is measured."""

import random

from marketplace.bench.changing import change
from marketplace.core.models import OutboxEvent
from marketplace.listing.services import offer_in_venue
from marketplace.listing.withdrawals import WORK_CHANGED


def test_each_change_is_another_price_and_is_told(kilim, free_shop):
    offer = offer_in_venue(work=kilim, venue=free_shop, price_rial=9_000_000, pieces=1)
    OutboxEvent.objects.all().delete()
    others = list(kilim.stockrecords.exclude(pk=offer.pk))
    for other in others:
        other.delete()
    assert change(random.Random(1), 3) == 3
    offer.refresh_from_db()
    assert offer.price == 9_030_000
    told = OutboxEvent.objects.filter(topic=WORK_CHANGED)
    assert list(told.values_list("key", flat=True)) == [str(kilim.pk)] * 3


def test_a_market_without_offers_changes_nothing(db):
    assert change(random.Random(1), 3) == 0
    assert not OutboxEvent.objects.exists()
