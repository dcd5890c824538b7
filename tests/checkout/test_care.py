"""After the sale by the buyer's own hand: what may be done, by whom, and that nobody else can."""

import io

import pypdfium2
import pytest
from django.urls import reverse
from PIL import Image

from marketplace.order.models import MoneyBack, Return, SellerOrder
from tests.order.sold import arrived, line_of, sent, sold  # noqa: F401
from tests.talks.test_pages import photo


def address(name: str, part: SellerOrder) -> str:
    return reverse(f"checkout:{name}", args=[part.order.number, part.pk])


def pieces(part: SellerOrder, count: int) -> dict:
    return {f"pieces_{line_of(part).pk}": str(count)}


@pytest.fixture
def bought(client, sold, buyer):  # noqa: F811
    client.force_login(buyer)
    return sold


def test_the_order_page_shows_the_way_and_what_may_be_done(client, bought, django_assert_max_num_queries):
    with django_assert_max_num_queries(24):
        page = client.get(reverse("checkout:order", args=[bought.order.number])).content.decode()
    assert 'aria-current="step"' in page
    assert address("cancel", bought) in page
    assert address("return", bought) not in page


def test_a_buyer_cancels_a_piece(client, bought):
    answer = client.post(address("cancel", bought), pieces(bought, 1))
    assert answer.status_code == 302
    assert MoneyBack.objects.get().amount_rial == 180_000_000


def test_a_wrong_cancel_form_keeps_what_was_typed(client, bought):
    answer = client.post(address("cancel", bought), {**pieces(bought, 0), "reason": "پشیمان شدم"})
    assert answer.status_code == 422
    assert "پشیمان شدم" in answer.content.decode()
    assert MoneyBack.objects.count() == 0


def test_a_buyer_says_that_it_arrived_and_gives_it_back_with_a_photo(client, bought, artisan):
    sent(bought, artisan)
    client.post(address("arrived", bought))
    photo = io.BytesIO()
    Image.new("RGB", (900, 600), "#a33").save(photo, "JPEG")
    photo.seek(0)
    photo.name = "torn.jpg"
    answer = client.post(
        address("return", bought), {**pieces(bought, 1), "reason": "broken", "text": "ریشه پاره است", "photo_1": photo}
    )
    assert answer.status_code == 302
    given = Return.objects.get()
    assert (given.reason, given.photos.count()) == ("broken", 1)
    assert given.photos.get().file.name.endswith(".webp")


def test_a_file_that_is_no_picture_is_refused_and_nothing_is_kept(client, bought, artisan):
    arrived(bought, artisan)
    wrong = io.BytesIO(b"<svg onload=alert(1)>")
    wrong.name = "x.svg"
    answer = client.post(
        address("return", bought), {**pieces(bought, 1), "reason": "broken", "text": "پاره", "photo_1": wrong}
    )
    assert (answer.status_code, Return.objects.count()) == (422, 0)


def test_photos_of_a_refused_return_are_to_be_chosen_again_and_words_stay(client, bought, artisan):
    arrived(bought, artisan)
    answer = client.post(
        "/en" + address("return", bought),
        {**pieces(bought, 1), "reason": "withdrawl", "text": "رنگش رفته", "photo_1": photo()},
    )
    page = answer.content.decode()
    assert (answer.status_code, Return.objects.count()) == (422, 0)
    assert ("choose your photos again" in page, "رنگش رفته" in page) == (True, True)


def test_a_refused_return_goes_to_an_officer(client, bought, artisan):
    arrived(bought, artisan)
    client.post(address("return", bought), {**pieces(bought, 1), "reason": "withdrawal"})
    Return.objects.update(state="refused")
    client.post(address("return-settle", bought), {"act": "officer"})
    assert Return.objects.get().state == "disputed"


@pytest.mark.parametrize("name", ["cancel", "return"])
def test_strangers_find_no_form(client, sold, other_artisan, name):  # noqa: F811
    assert client.get(address(name, sold)).status_code == 404
    client.force_login(other_artisan)
    assert client.get(address(name, sold)).status_code == 404


@pytest.mark.parametrize("name", ["cancel", "arrived", "return", "return-settle"])
def test_strangers_change_nothing(client, sold, artisan, other_artisan, name):  # noqa: F811
    sent(sold, artisan)
    client.force_login(other_artisan)
    assert client.post(address(name, sold), pieces(sold, 1)).status_code == 404
    sold.refresh_from_db()
    assert (sold.state, MoneyBack.objects.count(), Return.objects.count()) == ("dispatched", 0, 0)


def test_another_orders_part_is_not_found_by_its_number(client, bought, workshop_offer, contact):
    answer = client.get(reverse("checkout:cancel", args=[bought.order.number, bought.pk + 1]))
    assert answer.status_code == 404


@pytest.mark.parametrize(("prefix", "word"), [("", "راسته"), ("/en", "Rasteh")])
def test_the_invoice_is_a_pdf_in_the_pages_language(client, bought, prefix, word):
    answer = client.get(prefix + reverse("checkout:invoice", args=[bought.order.number]))
    assert answer["Content-Type"] == "application/pdf"
    text = pypdfium2.PdfDocument(answer.content)[0].get_textpage().get_text_bounded()
    assert word in text


def test_the_invoice_is_not_for_strangers(client, sold):  # noqa: F811
    assert client.get(reverse("checkout:invoice", args=[sold.order.number])).status_code == 404
