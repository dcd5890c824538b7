"""Buying as it goes in life: from three makers at once, with a payment that fails first, and with a piece that goes back."""

import pytest

from marketplace.core.persian import to_latin_digits
from marketplace.demo.accounts import ARTISAN, BUYER
from tests.journeys.steps import (
    RECEIVER,
    count,
    eventually,
    fill_address,
    left,
    path_of,
    pay,
    press,
    sign_in,
    workshop_offers,
)
from tests.journeys.test_maker import photo

pytestmark = pytest.mark.browser

#: Within how long the worker asks the gateway for a refund: its turn comes once a minute.
SWEEP_SECONDS = 100
NOTE = "تولدت مبارک"
#: Offers of three makers, one each, with what is left of them: (offer, work, left).
THREE = (
    "SELECT MIN(s.id), s.partner_id FROM partner_stockrecord s JOIN catalogue_product p ON p.id = s.product_id "
    "WHERE s.withdrawn_at IS NULL AND s.venue_id IS NULL AND p.is_public = 1 AND p.origin_state = 'domestic' "
    "AND s.num_in_stock - COALESCE(s.num_allocated, 0) >= 1 GROUP BY s.partner_id ORDER BY s.partner_id LIMIT 3"
)


def put_in_basket(page, site, offer: int) -> None:
    """From the page of the offer's work."""
    work, slug = site.sql(
        "SELECT p.id, p.slug FROM catalogue_product p JOIN partner_stockrecord s ON s.product_id = p.id WHERE s.id = ?",
        offer,
    )[0]
    page.goto(f"/work/{work}/{slug}/")
    press(page, page.locator(f".offers form:has([value='{offer}']) .btn").first)


def wrap_the_first(page) -> None:
    """The first line that its maker would wrap, with a note and, where the work takes one, a text."""
    form = page.locator("details.gift:has([name=wrap])").first
    form.locator("summary").click()
    form.locator("[name=wrap]").check()
    form.locator("[name=note]").fill(NOTE)
    if form.locator("[name=text]").count():
        form.locator("[name=text]").fill("برای مینا")
    press(page, form.locator("button"))
    assert NOTE in page.locator("main ul.basket .words").first.inner_text()


def to_the_pay_page(page) -> None:
    page.goto("/basket/")
    press(page, page.locator("main a.btn.wide"))
    fill_address(page)
    assert path_of(page) == "/checkout/pay/"


def leave_shop(page, site) -> None:
    page.locator("[name=terms]").check()
    press(page, page.locator("[data-test=pay]"))
    assert page.url.startswith(f"{site.gateway_url}/pg/StartPay/")


def choose(page, choices, nth: int) -> None:
    """Another way of delivery; the sum on the page follows before it can be paid."""
    choice = choices.nth(nth % choices.count())
    if not choice.is_checked():
        with page.expect_response(lambda answer: answer.request.method == "POST" and answer.ok):
            choice.check()
        page.locator(".htmx-request, .htmx-swapping, .htmx-settling").first.wait_for(state="detached")


def number_on(page) -> str:
    return page.locator("[data-test=order-number]").inner_text().strip()


def audits_are_clean(site) -> None:
    """Each prints nothing of a fault and ends with 0; `manage` raises otherwise."""
    site.manage("audit_money")
    site.manage("audit_market")


def test_a_guest_buys_from_three_makers_and_pays_once(live_site, page_at):
    offers = [offer for offer, _partner in live_site.sql(THREE)]
    assert len(offers) == 3
    before = {offer: left(live_site, offer) for offer in offers}
    page = page_at(360, "fa")
    for offer in offers:
        put_in_basket(page, live_site, offer)
    assert page.locator("main h2.seller").count() == 3
    wrap_the_first(page)

    to_the_pay_page(page)
    assert NOTE in page.locator("#sale").inner_text()
    ways = page.locator("main fieldset.ways")
    assert ways.count() == 3
    for nth in range(3):  # each maker's parcel comes its own way
        choose(page, ways.nth(nth).locator("input[type=radio]"), nth)
    chosen = [ways.nth(nth).locator("input:checked").get_attribute("value") for nth in range(3)]
    asked = to_latin_digits(page.locator("[data-test=pay]").inner_text())
    leave_shop(page, live_site)
    assert [left(live_site, offer) for offer in offers] == [before[offer] - 1 for offer in offers]
    pay(page, live_site)

    number = number_on(page)
    parts = live_site.sql(
        "SELECT s.state, json_extract(s.delivery, '$.carrier') FROM order_sellerorder s JOIN order_order o ON o.id = s.order_id "
        "WHERE o.number = ? ORDER BY s.id",
        number,
    )
    assert [state for state, _code in parts] == ["placed"] * 3
    assert sorted(code for _state, code in parts) == sorted(chosen)
    ((total,),) = live_site.sql("SELECT total_incl_tax FROM order_order WHERE number = ?", number)
    assert f"{int(total) // 10:,}" in asked.replace("٬", ",")
    press(page, page.locator("main a.btn"))
    assert page.locator("main h2.seller").count() == 3
    assert NOTE in page.locator("main").inner_text()
    wrapped = live_site.sql(
        "SELECT l.wrap_rial FROM order_line l JOIN order_order o ON o.id = l.order_id WHERE o.number = ? AND l.gift_wrap",
        number,
    )
    assert len(wrapped) == 1
    audits_are_clean(live_site)

    another = page_at(360, "fa")
    another.goto("/checkout/order/")
    another.locator("[name=number]").fill(number)
    another.locator("[name=mobile]").fill(RECEIVER["mobile"])
    press(another, another.locator("main form .btn"))
    assert another.locator("main h2.seller").count() == 3


def test_a_payment_that_fails_is_tried_again_and_becomes_one_order(live_site, page_at):
    offer, _work, pieces = next(workshop_offers(live_site, city="sirjan", least=2))
    orders, attempts = count(live_site, "order_order"), count(live_site, "payments_paymentattempt")
    purchases = count(live_site, "checkout_purchase")
    page = page_at(360, "fa")
    put_in_basket(page, live_site, offer)
    to_the_pay_page(page)
    leave_shop(page, live_site)
    press(page, page.locator("button[value=FAIL]"))

    assert page.locator("main .state.wait").is_visible()
    assert (count(live_site, "order_order"), left(live_site, offer)) == (orders, pieces)
    press(page, page.locator("[data-test=try-again]"))
    pay(page, live_site)

    assert number_on(page)
    assert count(live_site, "order_order") == orders + 1
    assert count(live_site, "payments_paymentattempt") == attempts + 2
    assert count(live_site, "checkout_purchase") == purchases + 1
    assert left(live_site, offer) == pieces - 1
    audits_are_clean(live_site)


def test_a_piece_goes_back_and_its_money_too(live_site, page_at):
    offer = live_site.sql(
        "SELECT s.id FROM partner_stockrecord s JOIN catalogue_product p ON p.id = s.product_id "
        "JOIN makers_maker m ON m.id = p.maker_id JOIN core_user u ON u.id = m.owner_id WHERE u.username = ? "
        "AND s.withdrawn_at IS NULL AND s.venue_id IS NULL AND s.num_in_stock - COALESCE(s.num_allocated, 0) >= 1",
        ARTISAN.username,
    )[0][0]
    buyer = page_at(360, "fa")
    sign_in(buyer, BUYER)
    put_in_basket(buyer, live_site, offer)
    to_the_pay_page(buyer)
    leave_shop(buyer, live_site)
    pay(buyer, live_site)
    number = number_on(buyer)

    maker = page_at(1440, "fa")
    sign_in(maker, ARTISAN)
    _send(maker, f"{number}-1")

    buyer.goto(f"/checkout/order/{number}/")
    press(buyer, buyer.locator("main form[action$='/arrived/'] button"))
    press(buyer, buyer.locator("main a[href$='/return/']"))
    buyer.locator("[name=reason][value=broken]").check()
    buyer.locator("[name=text]").fill("لبهٔ گلیم پاره است.")
    buyer.locator("[name=photo_1]").set_input_files(photo("#8c2f2b", "JPEG"))
    press(buyer, buyer.locator("main form .btn[type=submit]"))
    assert path_of(buyer) == f"/checkout/order/{number}/"

    maker.goto(f"/desk/orders/{number}-1/")
    assert "لبهٔ گلیم پاره است." in maker.locator("main").inner_text()
    maker.locator("form[action$='/return/'] [name=answer], form[action$='/return/'] textarea").first.fill("بفرستید.")
    press(maker, maker.locator("button[value=accept]"))
    press(maker, maker.locator("button[value=received]"))

    refund = (
        "SELECT r.state, r.amount_rial, a.amount_rial FROM payments_refund r "
        "JOIN payments_paymentattempt a ON a.id = r.attempt_id JOIN checkout_purchase p ON p.id = a.payable_id WHERE p.number = ?"
    )
    assert eventually(lambda: [row[0] for row in live_site.sql(refund, number)] == ["given"], seconds=SWEEP_SECONDS)
    ((_state, given, paid),) = live_site.sql(refund, number)
    assert given == paid
    buyer.goto(f"/checkout/order/{number}/")
    assert f"{given // 10:,}" in to_latin_digits(buyer.locator("main").inner_text()).replace("٬", ",")
    assert live_site.sql(
        "SELECT s.state FROM order_sellerorder s JOIN order_order o ON o.id = s.order_id WHERE o.number = ?", number
    ) == [("returned",)]
    audits_are_clean(live_site)


def _send(maker, number: str) -> None:
    """The maker's steps up to the parcel."""
    maker.goto(f"/desk/orders/{number}/")
    press(maker, maker.locator("button[value=confirmed]"))
    maker.locator("[name=carrier]").fill("پست")
    maker.locator("[name=tracking]").fill("۱۲۳۴۵۶۷۸۹۰۱۲۳۴۵۶۷۸۹۰۱۲۳۴")
    press(maker, maker.locator("form[action$='/send/'] .btn"))
    assert maker.locator("form[action$='/send/']").count() == 0
