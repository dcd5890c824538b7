"""Seals lost since a sale, for whoever sends the piece."""

import pytest

from authenticity.models import SealGrant
from marketplace.checkout.placing import place_order
from marketplace.order.models import Line
from marketplace.order.seals import lost_since_sale
from tests.cast import DAY
from tests.checkout.sale import contact, purchase_of, workshop_offer  # noqa: F401  fixtures

pytestmark = pytest.mark.django_db


@pytest.fixture
def line(seal, workshop_offer, contact) -> Line:  # noqa: F811
    order = place_order(purchase_of(workshop_offer, contact))
    return Line.objects.select_related("product__parent").get(order=order)


def test_a_seal_in_force_is_not_lost(line):
    assert lost_since_sale([line], on=DAY) == {}


def test_a_revoked_seal_of_the_sale_is_named_in_one_query(line, seal, django_assert_num_queries):
    SealGrant.objects.filter(pk=seal.pk).update(revoked_on=DAY)
    with django_assert_num_queries(1):
        lost = lost_since_sale([line], on=DAY)
    assert {pk: [one["number"] for one in seals] for pk, seals in lost.items()} == {line.pk: ["Q-1"]}


def test_a_seal_granted_anew_is_not_lost(line, seal):
    SealGrant.objects.filter(pk=seal.pk).update(revoked_on=DAY)
    SealGrant.objects.create(
        scheme=seal.scheme,
        product_line=seal.product_line,
        maker=seal.maker,
        number="Q-2",
        valid_from=DAY,
        valid_until=seal.valid_until,
    )
    assert lost_since_sale([line], on=DAY) == {}


def test_a_line_sold_under_no_seal_asks_nothing(line, django_assert_num_queries):
    line.snapshot = {"seals": []}
    with django_assert_num_queries(0):
        assert lost_since_sale([line], on=DAY) == {}
