"""Two sellers, and short ways to look at the books."""

import pytest
from django.db.models import Sum

from marketplace.core.registry import MONEY, audits
from marketplace.ledger import books
from marketplace.ledger.books import SalePart
from marketplace.ledger.models import Entry, Posting
from marketplace.partner.ibans import set_iban, verify_iban
from marketplace.partner.models import Partner
from tests.cast import DAY

IBAN, OTHER_IBAN = "IR062960000000100324200001", "IR580540105180021273113007"


@pytest.fixture
def weaver_seller(weaver):
    return Partner.objects.create(name="گلیم", code="weaver", maker=weaver)


@pytest.fixture
def copper_seller(coppersmith):
    return Partner.objects.create(name="مس", code="copper", maker=coppersmith)


@pytest.fixture
def two_parts(weaver_seller, copper_seller):
    """A basket of 1,500,000 rial: the buyer pays 1,400,000, since the market gives 100,000."""
    return [
        SalePart(weaver_seller.pk, goods_rial=1_000_000, delivery_rial=50_000, discount_rial=100_000,
                 commission_rial=70_000, tax_rial=7_000),
        SalePart(copper_seller.pk, goods_rial=450_000, commission_rial=31_500, tax_rial=3_150),
    ]  # fmt: skip


@pytest.fixture
def sold(two_parts):
    return books.record_sale(source="attempt:PAY-1", gateway="sandbox", amount_rial=1_400_000, parts=two_parts, on=DAY)


@pytest.fixture
def banked(weaver_seller, copper_seller, sold):
    """Both have verified accounts; the weaver is owed 973,000 and the coppersmith 415,350 rial."""
    for seller, iban in ((weaver_seller, IBAN), (copper_seller, OTHER_IBAN)):
        verify_iban(seller=set_iban(seller=seller, iban=iban, owner="رضا کرمانی"), on=DAY)


def balances() -> dict[str, int]:
    """Every account that is not at zero: a debit balance is positive."""
    sums = Posting.objects.order_by().values_list("account__code").annotate(rial=Sum("amount_rial"))
    return {code: rial for code, rial in sums if rial}


def written() -> tuple[int, int]:
    """How many entries and postings there are."""
    return Entry.objects.count(), Posting.objects.count()


def own_audits() -> dict:
    """The audits of the books and of stock. Other rooms' know what these tests leave out, such as the attempts of made-up sales."""
    rooms = ("marketplace.ledger.", "marketplace.partner.")
    return {name: check for name, check in audits(MONEY).items() if check.__module__.startswith(rooms)}


def found() -> list[str]:
    """Every breach that they name."""
    return [line for check in own_audits().values() for line in check()]
