"""A search is its address: what it means is read, what it cannot mean is left out."""

import pytest
from django.http import QueryDict

from marketplace.shop.address import Address, read_address


def read(query: str) -> Address:
    return read_address(QueryDict(query))


def test_everything_an_address_can_say():
    address = read(
        "q=+kilim++of+Sirjan&city=sirjan&city=kerman&seal=x&price_min=10&price_max=۲۰۰&unit=rial&sort=-price&cursor=c"
    )
    assert address == Address(
        text="kilim of Sirjan",
        facets={"city": ("sirjan", "kerman"), "seal": ("x",)},
        price_min=10,
        price_max=200,
        unit="rial",
        sort="-price",
        cursor="c",
    )
    assert address.in_rial(200) == 200


def test_a_price_is_in_toman_unless_the_address_says_rial():
    assert read("price_min=۱۲٬۰۰۰").in_rial(12_000) == 120_000


@pytest.mark.parametrize(
    "query",
    [
        "",
        "q=",
        "sort=dearest",
        "unit=euro",
        "price_min=-1",
        "price_max=abc",
        "price_min=" + "9" * 19,
        "city=%00",
        "city=../etc",
        "x=y",
    ],
)
def test_what_means_nothing_is_left_out(query):
    assert read(query) == Address()


def test_words_are_bounded_and_values_too():
    assert len(read("q=" + "گ" * 5000).text) == 200
    assert len(read("&".join(f"city=c{n}" for n in range(500))).facets["city"]) == 40


@pytest.mark.parametrize(
    ("text", "sort", "order"), [("", "", "newest"), ("kilim", "", "relevance"), ("kilim", "price", "price")]
)
def test_the_order_follows_the_words_unless_one_is_chosen(text, sort, order):
    assert Address(text=text, sort=sort).order == order


def test_an_address_says_itself_again_and_forgets_the_cursor():
    query = "?q=kilim&city=sirjan&city=kerman&price_max=50&unit=toman&sort=price"
    assert read(query[1:] + "&cursor=abc").query() == query


def test_a_chip_takes_away_only_itself():
    address = read("city=sirjan&city=kerman&seal=x")
    assert address.without("city", "sirjan") == "?city=kerman&seal=x"
    assert address.without("seal", "x") == "?city=sirjan&city=kerman"
