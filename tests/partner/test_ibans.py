"""A seller's IBAN: real, and verified by a person before money is sent to it."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, transaction

from marketplace.partner.ibans import set_iban, verify_iban
from marketplace.partner.models import Partner
from marketplace.partner.rules import require_iban
from tests.cast import DAY

pytestmark = pytest.mark.django_db
IBAN, OTHER = "IR062960000000100324200001", "IR580540105180021273113007"


@pytest.fixture
def seller(db):
    return Partner.objects.create(name="گلیم", code="weaver")


@pytest.mark.parametrize(
    "typed",
    [
        IBAN,
        "ir06 2960 0000 0010 0324 2000 01",
        "062960000000100324200001",
        "IR۰۶۲۹۶۰۰۰۰۰۰۰۱۰۰۳۲۴۲۰۰۰۰۱",
        "IR06-2960000000100324200001",
    ],
)
def test_a_sheba_is_read_however_it_is_typed(typed):
    assert require_iban(typed) == IBAN


@pytest.mark.parametrize(
    "typed", ["", "IR", "IR072960000000100324200001", IBAN[:-1], IBAN + "1", "DE89370400440532013000", "گلیم"]
)
def test_what_is_no_sheba_is_refused(typed, seller):
    with pytest.raises(ValidationError) as error:
        set_iban(seller=seller, iban=typed, owner="رضا")
    assert error.value.code == "bad_iban"
    seller.refresh_from_db()
    assert seller.iban == ""


def test_money_goes_to_a_verified_account_only(seller):
    seller = set_iban(seller=seller, iban=IBAN, owner=" رضا  کرمانی ")
    assert (seller.iban, seller.iban_owner, seller.paid_to) == (IBAN, "رضا کرمانی", "")
    verify_iban(seller=seller, on=DAY)
    seller.refresh_from_db()
    assert (seller.paid_to, seller.iban_verified_on) == (IBAN, DAY)


def test_another_account_is_verified_again_and_the_same_one_is_not(seller):
    seller = set_iban(seller=seller, iban=IBAN, owner="رضا")
    verify_iban(seller=seller, on=DAY)
    assert set_iban(seller=seller, iban=IBAN, owner="رضا").paid_to == IBAN
    assert set_iban(seller=seller, iban=OTHER, owner="رضا").paid_to == ""


def test_what_was_changed_meanwhile_is_not_verified(seller):
    seen = set_iban(seller=seller, iban=IBAN, owner="رضا")
    set_iban(seller=seller, iban=OTHER, owner="رضا")
    with pytest.raises(ValidationError) as error:
        verify_iban(seller=seen, on=DAY)
    assert error.value.code == "iban_changed"
    assert Partner.objects.get().iban_verified_on is None


@pytest.mark.parametrize("change", [{"iban": OTHER}, {"iban_owner": "کسی دیگر"}])
def test_no_hand_changes_a_verified_account_and_keeps_its_proof(change, seller):
    verify_iban(seller=set_iban(seller=seller, iban=IBAN, owner="رضا"), on=DAY)
    with pytest.raises(DatabaseError, match="verified_iban_stays"), transaction.atomic():
        Partner.objects.update(**change)
    assert (Partner.objects.get().iban, Partner.objects.get().iban_owner) == (IBAN, "رضا")


def test_no_empty_account_is_verified(seller):
    with pytest.raises(IntegrityError, match="only_an_iban_is_verified"), transaction.atomic():
        Partner.objects.update(iban_verified_on=date(2026, 1, 1))
