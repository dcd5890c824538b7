"""Seals as a truth table, and in one query."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from authenticity.models import SealGrant, SealScheme
from authenticity.queries import valid_seals
from authenticity.rules import require_valid_seal
from catalogue.models import Product

DAY = date(2026, 11, 22)
ONE = timedelta(days=1)
WORK = Product(maker_id=1, product_line_id=7)


def grant(**changes) -> SealGrant:
    facts = {"maker_id": 1, "product_line_id": 7, "valid_from": DAY, "valid_until": DAY, "revoked_on": None}
    return SealGrant(**(facts | changes))


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({}, None),
        ({"maker_id": 2}, "seal_other_maker"),
        ({"product_line_id": 8}, "seal_other_line"),
        ({"revoked_on": DAY}, "seal_revoked"),
        ({"revoked_on": DAY + ONE}, None),
        ({"valid_from": DAY + ONE, "valid_until": DAY + ONE}, "seal_not_yet"),
        ({"valid_from": DAY - ONE, "valid_until": DAY - ONE}, "seal_expired"),
    ],
)
def test_require_valid_seal(changes, code):
    if code is None:
        require_valid_seal(grant(**changes), work=WORK, on=DAY)
        return
    with pytest.raises(ValidationError) as refused:
        require_valid_seal(grant(**changes), work=WORK, on=DAY)
    assert refused.value.code == code


def test_a_work_without_a_line_carries_no_seal():
    with pytest.raises(ValidationError) as refused:
        require_valid_seal(grant(), work=Product(maker_id=1), on=DAY)
    assert refused.value.code == "seal_other_line"


@pytest.mark.django_db
def test_valid_seals_asks_once_and_leaves_out_the_expired(kilim, foreign_tray, django_assert_num_queries):
    scheme = SealScheme.objects.create(slug="national", name_fa="مهر", name_en="Seal", body_fa="و", body_en="M")
    dates = {"scheme": scheme, "product_line": kilim.product_line, "maker": kilim.maker}
    valid = SealGrant.objects.create(number="1", valid_from=DAY - ONE, valid_until=DAY + ONE, **dates)
    SealGrant.objects.create(number="2", valid_from=DAY - 9 * ONE, valid_until=DAY - ONE, **dates)
    SealGrant.objects.create(number="3", valid_from=DAY - ONE, valid_until=DAY + ONE, revoked_on=DAY, **dates)
    with django_assert_num_queries(1):
        assert valid_seals([kilim, foreign_tray], DAY) == {kilim.pk: [valid]}
