"""A voucher's code on the basket's page: any keyboard, clear refusals, nothing changed by one."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from marketplace.basket.models import Basket
from marketplace.checkout.models import Purchase
from marketplace.voucher.models import Voucher
from tests.checkout.sale import TICKED, TYPED, workshop_offer  # noqa: F401, contact
from tests.offer.discounts import a_range, a_voucher, an_offer

ENTER, SUMMARY = "/basket/voucher/", "/basket/"


@pytest.fixture(autouse=True)
def _no_tries_yet():
    cache.clear()


@pytest.fixture
def full(client, workshop_offer):  # noqa: F811
    """A guest with a kilim of 180,000,000 rial in the basket."""
    client.post(reverse("basket:add"), {"offer": workshop_offer.pk})
    return client


@pytest.fixture
def nowruz(kilim) -> Voucher:
    """The code NOWRUZ-5: ten percent off the kilim."""
    offer = an_offer(a_range(kilim), offer_type="Voucher", name="عیدی نوروز", name_en="Nowruz present")
    return a_voucher(offer, code="NOWRUZ-5")


def entered() -> list[str]:
    return list(Basket.objects.get().vouchers.values_list("code", flat=True))


@pytest.mark.parametrize("typed", ["NOWRUZ-5", "nowruz-5", " nowruz -۵ ", "Nowruz-٥"])
def test_a_code_of_any_keyboard_is_counted_in(full, nowruz, typed):
    answer = full.post(ENTER, {"code": typed})
    assert (answer.status_code, answer.headers["location"]) == (302, SUMMARY)
    page = full.get(SUMMARY)
    shown = page.context["basket_page"]
    assert (shown.goods_rial, shown.total_rial) == (180_000_000, 162_000_000)
    assert [(one.name, one.code, one.rial) for one in shown.discounts] == [("عیدی نوروز", "NOWRUZ-5", 18_000_000)]
    assert "عیدی نوروز" in page.content.decode()
    english = full.get("/en/basket/").content.decode()
    assert ("Nowruz present" in english, "عیدی" in english) == (True, False)


def test_a_voucher_is_taken_out_by_its_own_reader_only(full, client, nowruz):
    full.post(ENTER, {"code": "NOWRUZ-5"})
    mine = client.cookies.copy()
    client.cookies.clear()
    assert client.post(f"/basket/voucher/{nowruz.pk}/remove/").status_code == 404
    assert entered() == ["NOWRUZ-5"]
    client.cookies = mine
    assert client.post(f"/basket/voucher/{nowruz.pk}/remove/").headers["location"] == SUMMARY
    assert (entered(), client.get(SUMMARY).context["basket_page"].total_rial) == ([], 180_000_000)


REFUSED = {
    "voucher_expired": {"end_datetime": timezone.now() - timedelta(hours=1)},
    "voucher_not_begun": {"start_datetime": timezone.now() + timedelta(hours=1)},
    "voucher_used": {"usage": Voucher.SINGLE_USE, "num_orders": 1},
    "voucher_needs_account": {"usage": Voucher.ONCE_PER_CUSTOMER},
}


@pytest.mark.parametrize("code", REFUSED)
def test_a_voucher_that_cannot_be_used_says_why_and_stays_out(full, nowruz, code):
    Voucher.objects.update(**REFUSED[code])
    answer = full.post(ENTER, {"code": "nowruz-۵"})
    form = answer.context["voucher_form"]
    assert (answer.status_code, form["code"].value()) == (422, "nowruz-۵")
    assert [error.code for error in form.errors.as_data()["code"]] == [code]
    assert "NOWRUZ-5" in form.errors["code"][0]
    assert entered() == []


@pytest.mark.parametrize(("typed", "code"), [("NOROOZ", "voucher_unknown"), ("", "required")])
def test_a_code_that_nobody_gave_is_said(full, nowruz, typed, code):
    answer = full.post(ENTER, {"code": typed})
    assert (answer.status_code, entered()) == (422, [])
    assert [error.code for error in answer.context["voucher_form"].errors.as_data()["code"]] == [code]


def test_a_basket_takes_five_vouchers(full, kilim):
    for nth in range(6):
        a_voucher(an_offer(a_range(kilim), offer_type="Voucher"), code=f"C{nth}")
        answer = full.post(ENTER, {"code": f"C{nth}"})
    assert [error.code for error in answer.context["voucher_form"].errors.as_data()["code"]] == ["voucher_many"]
    assert len(entered()) == 5


def test_a_voucher_that_fits_nothing_is_kept_and_says_so(full, foreign_tray):
    a_voucher(an_offer(a_range(foreign_tray), offer_type="Voucher"), code="TRAYS")
    full.post(ENTER, {"code": "trays"})
    shown = full.get(SUMMARY).context["basket_page"]
    assert [(one.code, one.fits, one.problem) for one in shown.vouchers] == [("TRAYS", False, "")]
    assert shown.total_rial == 180_000_000


def test_a_voucher_that_ends_in_the_basket_says_so_there(full, nowruz):
    full.post(ENTER, {"code": "NOWRUZ-5"})
    Voucher.objects.update(**REFUSED["voucher_expired"])
    shown = full.get(SUMMARY).context["basket_page"]
    assert ("NOWRUZ-5" in shown.vouchers[0].problem, shown.total_rial) == (True, 180_000_000)


def test_trying_codes_is_slowed_down(full):
    answers = [full.post(ENTER, {"code": f"C{nth}"}).status_code for nth in range(21)]
    assert answers == [422] * 20 + [429]


def test_the_total_with_its_discount_is_what_is_paid_and_a_voucher_comes_back_with_the_works(full, nowruz):
    full.post(ENTER, {"code": "NOWRUZ-5"})
    full.post("/checkout/", TYPED)
    page = full.get("/checkout/pay/")
    assert page.context["total_rial"] == 162_000_000
    full.post("/checkout/pay/", {**TICKED, "total": "162000000"})
    purchase = Purchase.objects.get()
    assert purchase.total_rial == 162_000_000
    full.post(reverse("checkout:again", args=[purchase.number]))
    assert full.get(SUMMARY).context["basket_page"].total_rial == 162_000_000


def test_a_voucher_that_ends_before_the_button_is_told_and_nothing_is_held(full, nowruz):
    full.post(ENTER, {"code": "NOWRUZ-5"})
    full.post("/checkout/", TYPED)
    Voucher.objects.update(**REFUSED["voucher_expired"])
    answer = full.post("/checkout/pay/", {**TICKED, "total": "162000000"})
    assert answer.headers["location"] == "/checkout/pay/"
    assert Purchase.objects.count() == 0


def test_an_offer_is_worked_out_on_no_page_but_the_baskets_and_the_checkouts(full, kilim):
    an_offer(a_range(includes_all_products=True))
    for address in ("/", kilim.get_absolute_url(), "/search/", "/account/lists/"):
        with CaptureQueriesContext(connection) as seen:
            full.get(address, follow=True)
        assert not any("offer_" in query["sql"] or "voucher_" in query["sql"] for query in seen), address


def test_a_discount_is_shown_as_what_comes_off(full, nowruz):
    full.post(ENTER, {"code": "NOWRUZ-5"})
    assert "-۱٬۸۰۰٬۰۰۰" in full.get(SUMMARY).content.decode()
    assert "-1,800,000" in full.get("/en/basket/").content.decode()
