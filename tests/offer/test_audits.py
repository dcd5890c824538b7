"""Counters of discounts that say something else than their uses are named."""

import pytest

from marketplace.checkout.services import start_purchase
from marketplace.offer.audits import offers_count_their_uses, vouchers_count_their_uses
from marketplace.offer.models import ConditionalOffer
from marketplace.voucher.models import Voucher
from tests.checkout.sale import basket_of
from tests.offer.discounts import a_range, a_voucher, an_offer

pytestmark = pytest.mark.django_db


@pytest.fixture
def bought(kilim, workshop_offer, contact) -> Voucher:
    """A voucher of one use in a purchase that waits, and an offer that nobody used."""
    voucher = a_voucher(an_offer(a_range(kilim), offer_type="Voucher"), usage=Voucher.SINGLE_USE)
    an_offer(a_range(kilim), max_global_applications=1, priority=-1)
    basket = basket_of(workshop_offer)
    basket.vouchers.add(voucher)
    start_purchase(basket=basket, user=None, contact=contact)
    return voucher


def test_counters_that_add_up_are_not_named(bought):
    assert (list(offers_count_their_uses()), list(vouchers_count_their_uses())) == ([], [])


def test_an_offer_that_counts_otherwise_is_named(bought):
    offer = bought.offers.get()
    ConditionalOffer.objects.filter(pk=offer.pk).update(num_applications=7)
    assert list(offers_count_their_uses()) == [
        f"Discount offer {offer.pk}: counts 7 uses and 18000000 rial, its uses are 1 and 18000000 rial."
    ]


def test_a_voucher_that_counts_otherwise_is_named(bought):
    Voucher.objects.update(num_orders=0)
    assert list(vouchers_count_their_uses()) == [f"Voucher {bought.pk}: counts 0 purchases, 1 used it."]
