"""What a buyer reads before and after paying for wrapped works and works with a text of their own."""

import pypdfium2
import pytest
from django.urls import reverse

from marketplace.basket.gifts import PLAIN
from marketplace.basket.models import Line
from marketplace.checkout.models import Purchase
from tests.basket.giftwrap import WORDS, WRAP
from tests.checkout.sale import TICKED, TYPED
from tests.order.sold import arrived, paid

pytestmark = pytest.mark.django_db
PRICE = 180_000_000


@pytest.fixture
def full(client, gift_offer):
    """A guest with one kilim, plain, who has given an address."""
    client.post(reverse("basket:add"), {"offer": gift_offer.pk})
    client.post("/checkout/", TYPED)
    return client


def ask(client, **typed) -> None:
    client.post(reverse("basket:gift"), {"line": Line.objects.get().pk, "note": "", "text": "", **typed})


def pay_page(client, prefix: str = "/en") -> str:
    return " ".join(client.get(f"{prefix}/checkout/pay/").content.decode().split())


def test_the_right_to_change_ones_mind_is_said_and_a_plain_work_is_no_exception(full):
    page = pay_page(full)
    assert "Within 7 working days after a work arrived" in page
    assert ("This does not hold" in page, 'help/#delivery"' in page) == (False, True)


def test_a_work_with_ones_own_text_is_named_with_the_day_it_leaves(full, kilim):
    kilim.lead_days = 20
    kilim.save()
    ask(full, text="برای مینا")
    page = pay_page(full)
    assert ("This does not hold for the work below" in page, "it bears your own text" in page) == (True, True)
    assert "ready in about 20 days, and sent by 12 December 2026 at the latest" in page
    assert "۲۱ آذر ۱۴۰۵" in pay_page(full, "")


def test_the_total_is_said_in_both_units_and_wrapping_in_a_row_of_its_own(full):
    ask(full, wrap="on")
    page = pay_page(full)
    assert ("<dt>Gift wrap</dt><dd><bdi>50,000</bdi>" in page, "50,000 toman" in page) == (True, True)
    total = full.get("/checkout/pay/").context["total_rial"]
    assert f"{total:,} rial" in page


def test_what_the_page_says_is_what_is_paid(full):
    ask(full, wrap="on", text="برای مینا")
    context = full.get("/checkout/pay/").context
    full.post("/checkout/pay/", {**TICKED, "total": context["total_rial"], "lost_seals": ""})
    purchase = Purchase.objects.get()
    assert purchase.total_rial == PRICE + WRAP + purchase.delivery_rial == context["total_rial"]


def test_the_order_the_invoice_the_slip_and_the_desk_say_the_words(client, gift_offer, contact, buyer, artisan):
    order = paid(gift_offer, contact, 2, user=buyer, gift=WORDS)
    client.force_login(buyer)
    page = client.get(reverse("checkout:order", args=[order.number])).content.decode()
    assert (WORDS.text in page, WORDS.note in page, "۱۰۰٬۰۰۰" in page) == (True, True, True)
    invoice = read(client, f"/en/checkout/order/{order.number}/invoice.pdf")
    assert ("Gift wrap of" in invoice, "1,000,000" in invoice) == (True, True)
    client.force_login(artisan)
    part = order.seller_orders.get()
    desk = client.get(reverse("desks:order", args=[part.number])).content.decode()
    assert (WORDS.text in desk, WORDS.note in desk) == (True, True)
    slip = read(client, f"/en/desk/orders/{part.number}/slip.pdf")
    assert ("With the text" in slip, "Note for the receiver" in slip, "1,000,000" in slip) == (True, True, False)


def test_giving_back_says_beforehand_which_work_needs_a_fault(client, gift_offer, contact, buyer, artisan):
    client.force_login(buyer)
    pages = []
    for gift in (WORDS, PLAIN):
        part = arrived(paid(gift_offer, contact, user=buyer, gift=gift).seller_orders.get(), artisan)
        pages.append(client.get(f"/en/checkout/order/{part.order.number}/{part.pk}/return/").content.decode())
    assert ["only for a fault in it" in page for page in pages] == [True, False]


def read(client, path: str) -> str:
    """The words of a paper in English."""
    paper = client.get(path).content
    return pypdfium2.PdfDocument(paper)[0].get_textpage().get_text_bounded()
