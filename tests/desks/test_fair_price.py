from datetime import date

import pytest

from marketplace.desks.fair_price import fair_price
from marketplace.ledger.commission import Commission, commissions, share_of
from marketplace.ledger.models import CommissionRule


def keeps(share_bp: int, tax_bp: int = 0):
    def of(rial: int) -> Commission:
        kept = share_of(rial, share_bp)
        return Commission(1, share_bp, kept, tax_bp, share_of(kept, tax_bp))

    return of


def fair(share_bp=0, tax_bp=0, **facts):
    told = {"hours": 100, "wage": 1_000_000, "wage_source": "", "materials": 20_000_000, "asked": None} | facts
    return fair_price(**told, keeps=keeps(share_bp, tax_bp))


def test_hours_by_wage_and_materials_are_what_the_maker_should_receive():
    found = fair()
    assert (found.floor, found.price, found.covers) == (120_000_000, 120_000_000, False)


def test_of_a_price_the_market_keeps_its_share_and_the_rest_is_the_makers():
    found = fair(share_bp=1000, asked=150_000_000)
    assert (found.kept, found.received, found.an_hour, found.covers) == (15_000_000, 135_000_000, 1_150_000, True)
    below = fair(share_bp=1000, asked=130_000_000)
    assert (below.received, below.an_hour, below.covers) == (117_000_000, 970_000, False)


@pytest.mark.parametrize("share_bp", [0, 1, 333, 700, 1000, 2500, 9999])
@pytest.mark.parametrize("tax_bp", [0, 1000])
def test_the_price_told_is_enough_and_a_toman_less_is_not(share_bp, tax_bp):
    found = fair(share_bp, tax_bp, hours=7, wage=123_450, materials=98_760)
    if share_bp * (10_000 + tax_bp) >= 100_000_000:
        assert found.price == 0
        return
    of = keeps(share_bp, tax_bp)

    def received(price: int) -> int:
        kept = of(price)
        return price - kept.rial - kept.tax_rial

    assert found.price % 10 == 0
    assert received(found.price) >= found.floor > received(found.price - 10)


@pytest.mark.parametrize("missing", [{"hours": 0}, {"wage": 0}])
def test_without_hours_or_wage_nothing_is_reckoned(missing):
    assert fair(**missing) is None


def test_the_markets_share_is_that_of_the_books(weaver, kilim_craft, day):
    CommissionRule.objects.create(position=1, share_bp=700, valid_from=date(2026, 1, 1), source="test")
    table = commissions()
    found = fair_price(
        hours=10,
        wage=1_000_000,
        wage_source="",
        materials=0,
        asked=10_000_000,
        keeps=lambda rial: table.of(maker=weaver, craft=kilim_craft, venue=None, amount_rial=rial),
    )
    assert (found.kept, found.received) == (700_000, 9_300_000)
