"""Which offers are looked at at all."""

import logging
from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.translation import override

from marketplace.offer.models import ConditionalOffer
from marketplace.offer.services import work_out
from tests.checkout.sale import basket_of
from tests.offer.discounts import a_range, an_offer, fresh

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def worked_out(offer, user=None) -> list[int]:
    basket, lines = fresh(basket_of(offer, owner=user))
    return [one.rial for one in work_out(basket=basket, lines=lines, user=user)]


def test_an_offer_that_staff_left_half_made_is_left_out_and_logged(kilim, workshop_offer, caplog):
    half = an_offer(a_range(kilim), value=50)
    half.benefit.range = None
    half.benefit.save()
    an_offer(a_range(kilim), at_least=("", 1))
    an_offer(a_range(kilim))
    with caplog.at_level(logging.WARNING):
        assert worked_out(workshop_offer) == [18_000_000]
    assert caplog.text.count("is left out") == 2


@pytest.mark.parametrize(
    "facts",
    [
        {"start_datetime": timezone.now() + HOUR},
        {"end_datetime": timezone.now() - HOUR},
        {"status": "Suspended"},
        {"offer_type": "Voucher"},
        {"max_global_applications": 2, "num_applications": 2},
        {"max_discount": 5, "total_discount": 5},
        {"max_user_applications": 1},
    ],
    ids=["not begun", "over", "suspended", "of a voucher", "used up", "paid out", "for accounts"],
)
def test_an_offer_that_is_not_open_gives_a_guest_nothing(kilim, workshop_offer, facts):
    an_offer(a_range(kilim))
    ConditionalOffer.objects.update(**facts)
    assert worked_out(workshop_offer) == []


def test_uses_that_came_back_open_an_offer_that_oscar_calls_consumed(kilim, workshop_offer):
    offer = an_offer(a_range(kilim), max_global_applications=1)
    ConditionalOffer.objects.update(num_applications=1)
    offer.refresh_from_db()
    offer.save()
    assert (offer.status, worked_out(workshop_offer)) == ("Consumed", [])
    offer.give_back(times=1, rial=0)
    assert worked_out(workshop_offer) == [18_000_000]


def test_names_of_offers_are_read_in_the_readers_language(kilim):
    offer = an_offer(a_range(kilim), name="تخفیف پاییز", name_en="Autumn")
    names = []
    for language in ("fa", "en"):
        with override(language):
            names.append(offer.shown_name)
    assert names == ["تخفیف پاییز", "Autumn"]
