"""When a voucher's code is good, and for whom: a row a case."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError

from marketplace.voucher.models import Voucher, written
from marketplace.voucher.rules import (
    MOST_VOUCHERS,
    require_current_voucher,
    require_room_for_voucher,
    require_use_left,
    unknown_voucher,
)

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
SINGLE, MULTI, ONCE = Voucher.SINGLE_USE, Voucher.MULTI_USE, Voucher.ONCE_PER_CUSTOMER


def code_of(rule, *args, **facts) -> str:
    try:
        rule(*args, **facts)
    except ValidationError as error:
        return error.code
    return ""


@pytest.mark.parametrize(
    ("begins", "ends", "code"),
    [
        (-HOUR, HOUR, ""),
        (timedelta(), timedelta(), ""),
        (HOUR, 2 * HOUR, "voucher_not_begun"),
        (-2 * HOUR, -HOUR, "voucher_expired"),
    ],
)
def test_require_current_voucher(begins, ends, code):
    voucher = Voucher(code="A", start_datetime=NOON + begins, end_datetime=NOON + ends)
    assert code_of(require_current_voucher, voucher, at=NOON) == code


@pytest.mark.parametrize(
    ("usage", "orders", "signed_in", "used", "code"),
    [
        (SINGLE, 0, False, False, ""),
        (SINGLE, 1, False, False, "voucher_used"),
        (SINGLE, 1, True, False, "voucher_used"),
        (MULTI, 9, False, False, ""),
        (ONCE, 9, True, False, ""),
        (ONCE, 0, False, False, "voucher_needs_account"),
        (ONCE, 1, True, True, "voucher_used_by_you"),
    ],
)
def test_require_use_left(usage, orders, signed_in, used, code):
    voucher = Voucher(code="A", usage=usage, num_orders=orders)
    assert code_of(require_use_left, voucher, is_signed_in=signed_in, used_by_buyer=used) == code


def test_require_room_for_voucher():
    assert code_of(require_room_for_voucher, MOST_VOUCHERS - 1) == ""
    assert code_of(require_room_for_voucher, MOST_VOUCHERS) == "voucher_many"
    assert unknown_voucher().code == "voucher_unknown"


@pytest.mark.parametrize(
    ("typed", "stored"), [(" nowruz-۱۴۰۵", "NOWRUZ-1405"), ("عيدي ۵", "عیدی5"), ("a b\u200cc", "ABC")]
)
def test_a_code_is_stored_in_one_spelling(typed, stored):
    assert written(typed) == stored
