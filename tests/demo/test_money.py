"""Sample commission and sample accounts: marked as such, added once, and of no real bank."""

import pytest

from marketplace.demo.money import demo_iban, make_money
from marketplace.ledger.commission import commissions
from marketplace.ledger.models import CommissionRule
from marketplace.listing.oscar_parts import seller_of
from marketplace.partner.models import Partner
from marketplace.partner.rules import require_iban

pytestmark = pytest.mark.django_db


def test_it_is_added_once_and_marked(weaver, coppersmith, kilim_craft):
    weaver.is_demo = True
    weaver.save()
    seller_of(weaver), seller_of(coppersmith)
    assert make_money() == 6 + 1
    assert make_money() == 0
    assert set(CommissionRule.objects.values_list("is_demo", flat=True)) == {True}
    found = commissions().of(maker=weaver, craft=kilim_craft, venue=None, amount_rial=1_000_000)
    assert (found.share_bp, found.rial, found.tax_rial) == (500, 50_000, 0)
    assert Partner.objects.get(maker=weaver).paid_to.startswith("IR")
    assert Partner.objects.get(maker=coppersmith).iban == ""


def test_an_operators_rules_stay_alone(day):
    CommissionRule.objects.create(position=1, share_bp=100, valid_from=day)
    assert make_money() == 0
    assert CommissionRule.objects.count() == 1


@pytest.mark.parametrize("number", [1, 7, 123_456])
def test_a_sample_account_has_the_right_form_and_no_bank(number):
    iban = demo_iban(number)
    assert require_iban(iban) == iban
    assert iban[4:7] == "000"
