"""A buyer without an account goes from the home page to an order, over the real gateway process; another gives up there."""

import re

import pytest

from marketplace.core.persian import to_latin_digits
from marketplace.demo.accounts import ARTISAN
from tests.journeys.steps import cancel, count, go_to_gateway, left, path_of, pay, press, sign_in, workshop_offers

pytestmark = pytest.mark.browser


@pytest.fixture
def kilim(live_site):
    """(offer, work, pieces left): the artisan's own kilim in their workshop of Sirjan."""
    mine = live_site.sql(
        "SELECT p.id FROM catalogue_product p JOIN makers_maker m ON m.id = p.maker_id "
        "JOIN core_user u ON u.id = m.owner_id WHERE u.username = 'artisan'"
    )
    works = {pk for (pk,) in mine}
    return next(row for row in workshop_offers(live_site, city="sirjan", least=2) if row[1] in works)


def walk_to(page, work: int) -> None:
    """Home → the card of Sirjan → the card of a work."""
    page.goto("/")
    press(page, page.locator("main a[href='/city/sirjan/']").first)
    assert page.locator("h1").inner_text() == "سیرجان"
    press(page, page.locator(f"main article.work a[href^='/work/{work}/']").first)
    assert path_of(page).startswith(f"/work/{work}/")


def test_a_guest_buys_a_kilim_of_sirjan_and_the_maker_sees_it(live_site, page_at, kilim):
    offer, work, pieces = kilim
    orders, seller_orders = count(live_site, "order_order"), count(live_site, "order_sellerorder")
    page = page_at(360, "fa")

    walk_to(page, work)
    title = page.locator("h1").inner_text()
    assert "گلیم" in title
    go_to_gateway(page, live_site)
    assert left(live_site, offer) == pieces - 1
    assert count(live_site, "order_order") == orders
    callback = pay(page, live_site)

    number = page.locator("[data-test=order-number]").inner_text().strip()
    assert path_of(page) == f"/checkout/done/{number}/"
    press(page, page.locator("main a.btn"))
    assert path_of(page) == f"/checkout/order/{number}/"
    assert title in page.locator("main").inner_text()
    bought = live_site.sql(
        "SELECT l.product_id, l.quantity, l.stockrecord_id FROM order_line l JOIN order_order o ON o.id = l.order_id "
        "WHERE o.number = ?",
        number,
    )
    assert bought == [(work, 1, offer)]
    assert live_site.sql("SELECT guest_mobile FROM order_order WHERE number = ?", number) == [("+989131110002",)]
    assert left(live_site, offer) == pieces - 1

    # the gateway's answer comes a second time, and a third
    for _again in range(2):
        page.goto(callback)
        assert path_of(page) == f"/checkout/done/{number}/"
        assert page.locator("[data-test=order-number]").inner_text().strip() == number
    assert count(live_site, "order_order") == orders + 1
    assert count(live_site, "order_sellerorder") == seller_orders + 1
    assert left(live_site, offer) == pieces - 1

    _the_maker_sees(page_at(1440, "fa"), f"{number}-1", title)
    _nobody_else_sees(page_at(360, "fa"), number)


def _the_maker_sees(page, number: str, title: str) -> None:
    sign_in(page, ARTISAN)
    page.goto("/desk/orders/")
    row = page.locator("main tbody tr").filter(has_text=number)
    assert row.count() == 1
    assert title in row.inner_text()
    assert "سیرجان" in row.inner_text()
    assert "مینا" not in page.locator("main").inner_text()


def _nobody_else_sees(page, number: str) -> None:
    """The number alone opens nothing; with the mobile it does, in the digits of a Persian keyboard."""
    page.goto(f"/checkout/order/{number}/")
    assert path_of(page) == "/checkout/order/"
    page.locator("[name=number]").fill(number)
    page.locator("[name=mobile]").fill("۰۹۱۳۱۱۱۰۰۰۳")
    press(page, page.locator("main form .btn"))
    assert page.locator("main .form-errors").is_visible()
    page.locator("[name=mobile]").fill("۰۹۱۳۱۱۱۰۰۰۲")
    press(page, page.locator("main form .btn"))
    assert path_of(page) == f"/checkout/order/{number}/"


def test_who_cancels_at_the_gateway_reads_so_orders_nothing_and_the_stock_is_back(live_site, page_at, kilim):
    offer, work, pieces = kilim
    before = {table: count(live_site, table) for table in ("order_order", "order_line", "order_sellerorder")}
    page = page_at(360, "fa")
    walk_to(page, work)
    go_to_gateway(page, live_site)
    assert left(live_site, offer) == pieces - 1

    callback = cancel(page, live_site)

    assert re.fullmatch(r"/checkout/done/RST[-\w]*/", path_of(page))
    assert page.locator("main .state.wait").is_visible()
    assert page.locator("[data-test=order-number]").count() == 0
    assert {table: count(live_site, table) for table in before} == before
    assert left(live_site, offer) == pieces
    # a forged «paid» in the address buys nothing
    page.goto(callback.replace("Status=NOK", "Status=OK"))
    assert page.locator("main .state.wait").is_visible()
    assert {table: count(live_site, table) for table in before} == before

    press(page, page.locator("main form [data-test=put-back]"))
    assert path_of(page) == "/basket/"
    assert page.locator("main ul.basket > li").count() == 1
    assert to_latin_digits(page.locator("header .count").inner_text()) == "1"
    assert left(live_site, offer) == pieces
