"""Notes and texts of a buyer's own belong to them: they may take them along, and they leave with the account."""

import json

from marketplace.basket.models import Basket
from marketplace.basket.models import Line as BasketLine
from marketplace.basket.services import add_to_basket
from marketplace.order.models import Line
from tests.basket.giftwrap import WORDS
from tests.cast import PASSWORD
from tests.order.sold import arrived, paid


def test_words_stand_in_the_file_and_go_with_the_account_and_the_order_stays_as_it_was_sold(
    client,
    gift_offer,
    contact,
    buyer,
    artisan,
):
    arrived(paid(gift_offer, contact, user=buyer, gift=WORDS).seller_orders.get(), artisan)
    add_to_basket(basket=Basket(owner=buyer), offer=gift_offer, gift=WORDS)
    client.force_login(buyer)
    told = json.loads(client.get("/account/data/my-data.json").content)
    assert told["order.Line"][0]["personal_text"] == WORDS.text
    assert [row["gift_note"] for row in told["basket.Line"]] == [WORDS.note, WORDS.note]
    assert client.post("/account/data/close/", {"password": PASSWORD}).headers["Location"] == "/"
    line = Line.objects.get()
    assert (line.personal_text, line.gift_note, line.is_made_to_order) == ("", "", True)
    assert list(BasketLine.objects.values_list("personal_text", "gift_note")) == [("", "")]
