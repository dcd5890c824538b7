"""Gift wrap, a note and a text of one's own: what is asked of a line, refused, kept and carried on."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import override

from marketplace.basket.gifts import PLAIN, Gift, cleaned
from marketplace.basket.lines import show
from marketplace.basket.models import Basket, Line
from marketplace.basket.services import add_to_basket, change_quantity, set_gift, swap_offer
from marketplace.listing.services import offer_in_venue
from tests.basket.giftwrap import WORDS, WRAP
from tests.checkout.sale import basket_of
from tests.order.sold import paid

pytestmark = pytest.mark.django_db
PRICE = 180_000_000


def words_in(basket: Basket) -> list[tuple[int, Gift]]:
    return [(line.quantity, Gift.of(line)) for line in Line.objects.filter(basket=basket).order_by("pk")]


def post(client, line: Line, **typed):
    return client.post(reverse("basket:gift"), {"line": line.pk, "note": "", "text": "", **typed})


def test_control_characters_go_and_half_spaces_stay():
    assert cleaned("  مي\u200cخواهم\x00\x07\u202e  تو\tرا\r\n ") == "می\u200cخواهم تو را"
    assert cleaned("یک\r\n دو \n", lines=True) == "یک\nدو"


def test_the_same_work_with_other_words_is_another_line_and_together_they_are_no_more_than_are_left(gift_offer):
    basket = basket_of(gift_offer)
    add_to_basket(basket=basket, offer=gift_offer, gift=WORDS)
    add_to_basket(basket=basket, offer=gift_offer, gift=WORDS)
    assert words_in(basket) == [(1, PLAIN), (2, WORDS)]
    with pytest.raises(ValidationError) as refused:
        add_to_basket(basket=basket, offer=gift_offer)
    assert (refused.value.code, words_in(basket)) == ("sold_out", [(1, PLAIN), (2, WORDS)])
    with pytest.raises(ValidationError):
        change_quantity(basket=basket, line=basket.lines.order_by("pk")[0], quantity=2)
    assert words_in(basket) == [(1, PLAIN), (2, WORDS)]


def test_a_line_that_gets_the_words_of_another_joins_it(gift_offer):
    basket = basket_of(gift_offer)
    add_to_basket(basket=basket, offer=gift_offer, gift=WORDS)
    set_gift(basket=basket, line=basket.lines.order_by("pk")[0], gift=WORDS)
    assert words_in(basket) == [(2, WORDS)]


@pytest.mark.parametrize(
    ("gift", "code"),
    [
        (Gift(text="بیش از دوازده حرف است"), "personal_text_too_long"),
        (Gift(note="ن" * 301), "note_too_long"),
    ],
)
def test_too_many_letters_are_refused(gift_offer, gift, code):
    basket = basket_of(gift_offer)
    with pytest.raises(ValidationError) as refused:
        set_gift(basket=basket, line=basket.lines.get(), gift=gift)
    assert (refused.value.code, words_in(basket)) == (code, [(1, PLAIN)])


@pytest.mark.parametrize(("gift", "code"), [(Gift(wrap=True), "no_wrapping"), (Gift(text="نام"), "no_personal_text")])
def test_what_its_maker_does_not_offer_is_refused(workshop_offer, gift, code):
    basket = basket_of(workshop_offer)
    with pytest.raises(ValidationError) as refused:
        set_gift(basket=basket, line=basket.lines.get(), gift=gift)
    assert (refused.value.code, words_in(basket)) == (code, [(1, PLAIN)])


def test_the_page_counts_wrapping_by_the_piece_in_a_row_of_its_own(gift_offer):
    basket = basket_of(gift_offer)
    add_to_basket(basket=basket, offer=gift_offer, quantity=2, gift=WORDS)
    shown = show(basket)
    assert (shown.goods_rial, shown.wrap_rial, shown.total_rial) == (3 * PRICE, 2 * WRAP, 3 * PRICE + 2 * WRAP)
    assert [line.made_for_buyer for line in shown.groups[0].lines] == [False, True]


def test_a_maker_who_stops_wrapping_leaves_a_line_that_says_so(gift_offer, kilim):
    basket = basket_of(gift_offer)
    set_gift(basket=basket, line=basket.lines.get(), gift=Gift(wrap=True))
    kilim.maker.gift_wrap_rial = None
    kilim.maker.save()
    with override("en"):
        shown = show(Basket.objects.get(pk=basket.pk))
    line = shown.groups[0].lines[0]
    assert (shown.payable, "Take the wrapping off" in line.problem, line.instead) == (False, True, None)
    assert (line.asked_in_vain, shown.total_rial) == (True, 0)


def test_the_form_keeps_what_it_was_sent_and_says_why_it_was_refused(client, gift_offer):
    client.post(reverse("basket:add"), {"offer": gift_offer.pk, "quantity": 1})
    line, typed = Line.objects.get(), "<b>بیش از دوازده حرف</b>"
    page = client.post("/en/basket/gift/", {"line": line.pk, "wrap": "on", "note": "یادداشت", "text": typed})
    text = page.content.decode()
    assert page.status_code == 422
    assert ("12 letters at most" in text, "&lt;b&gt;بیش" in text, "<b>بیش" in text) == (True, True, False)
    assert ("یادداشت</textarea>" in text, Gift.of(Line.objects.get())) == (True, PLAIN)


def test_the_form_writes_the_words_and_nobody_elses_line(client, gift_offer, buyer):
    client.post(reverse("basket:add"), {"offer": gift_offer.pk, "quantity": 1})
    line, other = Line.objects.get(), basket_of(gift_offer, owner=buyer).lines.get()
    assert post(client, line, wrap="on", note="تولدت\u0007 مبارک", text=" برای  مینا").status_code == 302
    assert Gift.of(Line.objects.get(pk=line.pk)) == WORDS
    assert post(client, other, wrap="on").status_code == 404
    assert Gift.of(Line.objects.get(pk=other.pk)) == PLAIN
    page = client.get("/basket/").content.decode()
    assert ("برای مینا" in page, "۵۰٬۰۰۰" in page) == (True, True)


def test_a_guests_words_go_with_them_when_they_sign_in(gift_offer, buyer):
    mine, guests = basket_of(gift_offer, owner=buyer), Basket()
    add_to_basket(basket=guests, offer=gift_offer, gift=WORDS)
    mine.merge(guests)
    assert words_in(mine) == [(1, PLAIN), (1, WORDS)]


def test_another_offer_of_the_work_takes_the_words_along(gift_offer, bazaar, licence, kilim):
    basket = Basket()
    line = add_to_basket(basket=basket, offer=gift_offer, gift=WORDS)
    there = offer_in_venue(work=kilim, venue=bazaar, price_rial=PRICE, pieces=1)
    swap_offer(basket=basket, line=line, offer=there)
    assert words_in(basket) == [(1, WORDS)]


def test_keeping_for_later_says_that_the_words_are_not_kept(client, gift_offer, buyer):
    client.force_login(buyer)
    line = add_to_basket(basket=Basket(owner=buyer), offer=gift_offer, gift=WORDS)
    page = client.post("/en/basket/later/", {"line": line.pk}, follow=True).content.decode()
    assert ("note and text are not kept" in page, Line.objects.count()) == (True, 0)


def test_ordering_again_brings_the_words_or_says_that_they_are_left_out(client, gift_offer, buyer, contact, kilim):
    order = paid(gift_offer, contact, user=buyer, gift=WORDS)
    client.force_login(buyer)
    again = reverse("checkout:reorder", args=[order.number])
    client.post(again)
    basket = Basket.objects.get(owner=buyer, status="Open")
    assert words_in(basket) == [(1, WORDS)]
    basket.lines.all().delete()
    kilim.personal_most = 0
    kilim.save()
    page = client.post("/en" + again, follow=True).content.decode()
    assert ("without its gift wrap" in page, words_in(basket)) == (True, [(1, PLAIN)])


def test_a_text_of_ones_own_is_written_on_the_works_page(client, gift_offer, kilim):
    page = client.get(kilim.get_absolute_url()).content.decode()
    assert (page.count('name="text"'), 'maxlength="12"' in page) == (1, True)
    client.post(reverse("basket:add"), {"offer": gift_offer.pk, "text": " برای\u202e مینا "})
    client.post(reverse("basket:add"), {"offer": gift_offer.pk, "text": ""})
    assert [(line.personal_text, line.quantity) for line in Line.objects.order_by("pk")] == [("برای مینا", 1), ("", 1)]


def test_a_work_that_takes_no_text_has_no_field_for_it_and_refuses_one(client, workshop_offer, kilim):
    assert 'name="text"' not in client.get(kilim.get_absolute_url()).content.decode()
    client.post(reverse("basket:add"), {"offer": workshop_offer.pk, "text": "برای مینا"})
    assert Line.objects.count() == 0


def test_a_text_that_is_too_long_stands_on_the_works_page_once_more(client, gift_offer, kilim):
    client.post(reverse("basket:add"), {"offer": gift_offer.pk})
    text = "برای مینای نازنینم"
    answer = client.post(reverse("basket:add"), {"offer": gift_offer.pk, "text": text}, follow=True)
    assert (f'value="{text}"' in answer.content.decode(), Line.objects.count()) == (True, 1)
    assert text not in client.get(kilim.get_absolute_url()).content.decode()
