"""A line remembers the seals it was put in with; those lost since are said, and what it costs is one query a basket."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from authenticity.models import SealGrant
from catalogue.models import ProductLine
from marketplace.basket.lines import show
from marketplace.basket.models import Basket, Line
from marketplace.basket.seals import seals_of
from marketplace.basket.services import add_to_basket, offer_to_sell, put_back
from marketplace.listing.services import create_work
from marketplace.partner.strategy import Selector
from tests.cast import DAY

pytestmark = pytest.mark.django_db


def basket_with(*works, owner=None) -> Basket:
    basket = Basket.objects.create(owner=owner)
    basket.strategy = Selector().strategy()
    for work in works:
        add_to_basket(basket=basket, offer=offer_to_sell(work.stockrecords.get().pk))
    return basket


def again(basket: Basket) -> Basket:
    found = Basket.objects.get(pk=basket.pk)
    found.strategy = Selector().strategy()
    return found


def shown(basket: Basket):
    page = show(again(basket))
    return page, [line for group in page.groups for line in group.lines]


def revoke(grant: SealGrant) -> None:
    SealGrant.objects.filter(pk=grant.pk).update(revoked_on=DAY)


def test_a_line_remembers_the_seals_of_its_work(kilim, seal):
    basket = basket_with(kilim)
    assert Line.objects.get().seals == [seal.pk]
    page, lines = shown(basket)
    assert (lines[0].seals.in_force, lines[0].seals.lost, page.lost_seals) == ([seal], [], "")


def test_a_lost_seal_is_said_and_named_in_the_word_of_the_page(kilim, seal):
    basket = basket_with(kilim)
    revoke(seal)
    page, lines = shown(basket)
    assert (lines[0].seals.in_force, lines[0].seals.lost) == ([], [seal])
    assert page.lost_seals == f"{lines[0].id}-{seal.pk}"
    assert page.payable


def test_a_seal_that_was_not_there_is_not_missed(kilim, seal):
    revoke(seal)
    page, lines = shown(basket_with(kilim))
    assert (lines[0].seals.lost, page.lost_seals) == ([], "")


def test_the_same_seal_granted_anew_is_no_loss(kilim, seal, weaver, kilim_line):
    basket = basket_with(kilim)
    revoke(seal)
    renewed = SealGrant.objects.create(
        scheme=seal.scheme,
        product_line=kilim_line,
        maker=weaver,
        number="Q-2",
        valid_from=DAY,
        valid_until=date(2028, 1, 1),
    )
    page, lines = shown(basket)
    assert (lines[0].seals.in_force, page.lost_seals) == ([renewed], "")


def test_a_work_that_left_its_product_line_lost_the_seal(kilim, seal, weaver, kilim_craft):
    basket = basket_with(kilim)
    kilim.product_line = ProductLine.objects.create(maker=weaver, craft=kilim_craft, name_fa="دیگر", name_en="Other")
    kilim.save(update_fields=["product_line"])
    assert [line.seals.lost for line in shown(basket)[1]] == [[seal]]


def test_a_line_from_before_seals_were_remembered_misses_none(kilim, seal):
    basket = basket_with(kilim)
    Line.objects.update(seals=None)
    revoke(seal)
    assert shown(basket)[0].lost_seals == ""


def test_a_line_put_back_and_a_merged_line_go_on_remembering(kilim, seal, buyer):
    frozen = basket_with(kilim)
    revoke(seal)
    mine = Basket.objects.create(owner=buyer)
    mine.strategy = Selector().strategy()
    assert put_back(into=mine, frozen=again(frozen)) == []
    assert [line.seals.lost for line in shown(mine)[1]] == [[seal]]
    guest = Basket.objects.create()
    guest.strategy = Selector().strategy()
    guest.merge(again(mine), add_quantities=False)
    assert [line.seals.lost for line in shown(guest)[1]] == [[seal]]


def test_a_seal_is_said_on_the_page_of_the_basket(client, kilim, seal):
    client.post("/basket/add/", {"offer": kilim.stockrecords.get().pk})
    assert '<span class="seal">نشان مرغوبيت</span>' in client.get("/basket/").content.decode()
    revoke(seal)
    page = client.get("/en/basket/").content.decode()
    assert "The seal “Quality mark” of this work is no longer in force." in page
    assert '<span class="seal">' not in page


def test_seals_cost_a_basket_of_any_size_one_query(weaver, licence, kilim_craft, kilim_line, seal):
    def works(many: int, line: ProductLine | None):
        return [
            create_work(maker=weaver, craft=kilim_craft, title_fa=f"گلیم {n}", price_rial=10**7, product_line=line)
            for n in range(many)
        ]

    def queries(basket: Basket) -> int:
        with CaptureQueriesContext(connection) as seen:
            assert show(again(basket)).payable
        return len(seen)

    plain, one, twelve = (
        basket_with(*works(12, None)),
        basket_with(*works(1, kilim_line)),
        basket_with(*works(12, kilim_line)),
    )
    assert (queries(one) - queries(plain), queries(twelve) - queries(plain)) == (1, 1)
    revoke(seal)
    assert queries(twelve) - queries(plain) == 1
    assert len(seals_of(again(twelve).all_lines(), on=DAY)) == 12
