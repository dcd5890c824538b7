"""A maker's sale: its steps, its parcel, its returns; another maker's is not there."""

import pytest
from django.urls import reverse

from authenticity.passports import make_labels
from marketplace.order.models import MoneyBack, Return, SellerOrder
from marketplace.order.returns import ask_return
from tests.checkout.sale import contact, workshop_offer  # noqa: F401
from tests.order.sold import arrived, line_of, sold  # noqa: F401


def address(name: str, part: SellerOrder) -> str:
    return reverse(f"desks:{name}", args=[part.number])


@pytest.fixture
def mine(client, sold, artisan):  # noqa: F811
    client.force_login(artisan)
    return sold


def state(part: SellerOrder) -> str:
    return SellerOrder.objects.values_list("state", flat=True).get(pk=part.pk)


def test_a_sale_shows_who_it_goes_to_and_what_comes_next(client, mine):
    page = client.get(address("order", mine)).content.decode()
    assert "خیابان امام" in page
    assert "کرمان" in page
    assert 'value="confirmed"' in page
    assert 'value="ready"' not in page


def test_a_maker_confirms_and_sends(client, mine):
    client.post(address("order-step", mine), {"to": "confirmed"})
    assert state(mine) == "confirmed"
    client.post(address("order-send", mine), {"carrier": "پست", "tracking": "987"})
    assert state(mine) == "dispatched"


def test_a_label_is_tied_to_the_line_it_leaves_with(client, mine, licence):
    licence.pieces_a_year = 10
    licence.save()
    sheet, _labels = make_labels(work=line_of(mine).product, count=1)
    passport = sheet.passports.get()
    client.post(address("order-step", mine), {"to": "confirmed"})
    client.post(address("order-send", mine), {"carrier": "پست", f"labels_{line_of(mine).pk}": passport.code.lower()})
    passport.refresh_from_db()
    assert (state(mine), passport.order_line) == ("dispatched", line_of(mine))


def test_an_unknown_label_sends_nothing_and_keeps_what_was_typed(client, mine):
    client.post(address("order-step", mine), {"to": "confirmed"})
    answer = client.post(address("order-send", mine), {"carrier": "تیپاکس", f"labels_{line_of(mine).pk}": "NOPE"})
    assert (answer.status_code, state(mine)) == (422, "confirmed")
    assert "تیپاکس" in answer.content.decode()


def test_a_step_out_of_turn_is_said(client, mine):
    answer = client.post(address("order-step", mine), {"to": "delivered"}, follow=True)
    assert state(mine) == "placed"
    assert mine.number in answer.content.decode()


def test_a_maker_cancels_with_a_reason(client, mine):
    form = {f"pieces_{line_of(mine).pk}": "3"}
    assert client.post(address("order-cancel", mine), form).status_code == 422
    assert (state(mine), MoneyBack.objects.count()) == ("placed", 0)
    client.post(address("order-cancel", mine), {**form, "reason": "آتش گرفت"})
    assert state(mine) == "cancelled"


def test_a_maker_answers_a_return(client, mine, artisan):
    arrived(mine, artisan)
    ask_return(part=mine, pieces={line_of(mine).pk: 1}, reason="withdrawal")
    assert client.post(address("order-return", mine), {"act": "refuse"}).status_code == 422
    assert Return.objects.get().state == "asked"
    client.post(address("order-return", mine), {"act": "accept"})
    client.post(address("order-return", mine), {"act": "received"})
    assert Return.objects.get().state == "given_back"
    assert MoneyBack.objects.get().amount_rial == 180_000_000


def test_the_slip_is_a_pdf(client, mine):
    assert client.get(address("order-slip", mine))["Content-Type"] == "application/pdf"


@pytest.mark.parametrize("name", ["order", "order-cancel", "order-slip"])
def test_another_makers_sale_is_not_there(client, sold, coppersmith, other_artisan, name):  # noqa: F811
    client.force_login(other_artisan)
    assert client.get(address(name, sold)).status_code == 404


@pytest.mark.parametrize("name", ["order-step", "order-send", "order-cancel", "order-return"])
def test_another_maker_changes_nothing(client, sold, coppersmith, other_artisan, name):  # noqa: F811
    client.force_login(other_artisan)
    answer = client.post(address(name, sold), {"to": "confirmed", "carrier": "x", "act": "accept"})
    assert (answer.status_code, state(sold), MoneyBack.objects.count()) == (404, "placed", 0)
