"""Search: the address decides, chips undo, nothing a reader types breaks it."""

import pytest

pytestmark = pytest.mark.django_db


def titles(page) -> list[str]:
    return [card.title for card in page.context["cards"]]


def test_words_and_facets_find_works_and_say_how_many(client, market):
    page = client.get("/en/search/", {"q": "kilim", "city": "sirjan"})
    assert titles(page) == ["Shiriki-pich kilim"]
    assert page.context["total"] == 1
    assert [chip.label for chip in page.context["chips"]] == ["Sirjan"]
    assert "1 work" in page.content.decode()


def test_facets_carry_names_counts_and_what_is_chosen(client, market):
    page = client.get("/en/search/", {"city": "sirjan"})
    cities = next(facet for facet in page.context["facets"] if facet.key == "city")
    assert [(choice.label, choice.count, choice.chosen) for choice in cities.choices] == [
        ("Sirjan", 1, True),
        ("Kerman", 1, False),
    ]
    assert cities.open is True


def test_a_chip_leads_to_the_address_without_it(client, market):
    page = client.get("/en/search/", {"q": "kilim", "city": "sirjan", "seal": "national-seal", "price_max": "20000000"})
    assert [(chip.label, chip.address) for chip in page.context["chips"]] == [
        ("Sirjan", "?q=kilim&seal=national-seal&price_max=20000000&unit=toman"),
        ("National seal", "?q=kilim&city=sirjan&price_max=20000000&unit=toman"),
        ("up to 20,000,000 toman", "?q=kilim&city=sirjan&seal=national-seal"),
    ]


def test_prices_are_read_in_the_unit_of_the_address(client, market):
    assert titles(client.get("/en/search/", {"price_max": "4500000", "unit": "toman"})) == ["Copper tray"]
    assert client.get("/en/search/", {"price_max": "4500000", "unit": "rial"}).context["total"] == 0


def test_the_order_can_be_chosen(client, market):
    assert titles(client.get("/en/search/", {"sort": "price"})) == ["Copper tray", "Chased tray", "Shiriki-pich kilim"]
    assert titles(client.get("/en/search/", {"sort": "-price"})) == ["Shiriki-pich kilim", "Chased tray", "Copper tray"]


def test_the_next_page_continues_where_the_last_one_ended(client, market, more_works):
    more_works(30)
    first = client.get("/en/search/")
    second = client.get("/en/search/" + first.context["more"])
    assert len(titles(first)) == 24
    assert len(titles(second)) == 9
    assert {card.id for card in first.context["cards"]} & {card.id for card in second.context["cards"]} == set()
    assert second.context["more"] == ""
    assert '<meta name="robots" content="noindex, follow">' in second.content.decode()


def test_nothing_found_helps_on(client, market):
    page = client.get("/en/search/", {"q": "zzzz", "city": "sirjan"})
    html = page.content.decode()
    assert page.context["total"] == 0
    assert "No work found" in html
    assert 'href="?q=zzzz"' in html
    assert len(titles(page)) == 3


def test_the_wrong_keyboard_is_understood_and_said(client, market):
    page = client.get("/search/", {"q": "'gdl"})
    assert [card.id for card in page.context["cards"]] == [market[0].pk]
    assert page.context["read_as"] == "گلیم"


@pytest.mark.parametrize(
    "query",
    [
        "q=%00",
        "q=%ff%fe",
        "city=%00",
        "cursor=!!",
        "price_min=x",
        "sort=x",
        "q=" + "%D9%90" * 300,
        "maker=nobody",
        "venue=<b>",
    ],
)
def test_a_broken_address_is_still_a_page(client, market, query):
    assert client.get(f"/search/?{query}").status_code == 200


@pytest.mark.parametrize(
    "text",
    [
        "گلیم " * 2_000,
        "a" * 10_000,
        "\x01\x02\x1b[2J\x7f",
        "title:* OR fx:[a TO z] AND -(",
        "(a+)+$" * 40,
        "/.*.*.*.*x/",
        "\u202eمیلگ\u202c \u2066x",
        "🧵🪡👩🏽‍🎨",
        "زیر " * 60 + "۹" * 60 + " میلیارد",
        "بین ۱ تا " * 40,
    ],
)
def test_a_hostile_query_gets_a_page(client, market, text):
    assert client.get("/search/", {"q": text}).status_code == 200
    assert client.get("/search/suggest/", {"q": text}).status_code == 200


def test_what_is_typed_is_shown_as_text(client, market):
    html = client.get("/en/search/", {"q": "<script>alert(1)</script>"}).content.decode()
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


def test_a_ticked_facet_leaves_a_clean_address(client, market):
    query = "price_min=&price_max=&unit=toman&city=sirjan"
    assert client.get(f"/search/?{query}", headers={"HX-Request": "true"})["HX-Push-Url"] == "/search/?city=sirjan"
    assert client.get("/search/?price_min=", headers={"HX-Request": "true"})["HX-Push-Url"] == "/search/"
    assert "HX-Push-Url" not in client.get(f"/search/?{query}")
    assert "HX-Push-Url" not in client.get("/search/?cursor=x", headers={"HX-Request": "true"})


def test_a_price_in_words_narrows_is_said_with_its_unit_and_can_be_undone(client, market):
    page = client.get("/search/", {"q": "سینی زیر ۴٫۵ میلیون"})
    read = page.context["price_read"]
    assert len(titles(page)) == 1
    assert (read["said"], read["bounds"], read["unit"]) == ("زیر ۴٫۵ میلیون", "تا ۴٬۵۰۰٬۰۰۰ تومان", "تومان")
    assert "words=1" in read["undo"]
    undone = client.get("/search/" + read["undo"])
    assert undone.context["price_read"] is None
    assert undone.context["total"] == 0


def test_a_named_unit_is_not_said_again_and_a_chosen_one_counts(client, market):
    named = client.get("/en/search/", {"q": "tray under 45 million rial"})
    assert (titles(named), named.context["price_read"]["unit"]) == (["Copper tray"], "")
    chosen = client.get("/en/search/", {"q": "tray under 45 million", "unit": "rial"})
    assert (titles(chosen), chosen.context["price_read"]["unit"]) == (["Copper tray"], "rial")


def test_a_slip_of_the_hand_is_read_and_said(client, market):
    page = client.get("/search/", {"q": "گیلم"})
    assert [card.id for card in page.context["cards"]] == [market[0].pk]
    assert page.context["read_as"] == "گلیم"


def test_where_no_work_has_all_words_those_with_nearly_all_are_shown(client, market):
    page = client.get("/en/search/", {"q": "kilim ardabil"})
    assert (page.context["total"], page.context["near"], titles(page)) == (0, True, ["Shiriki-pich kilim"])
    assert "Works with nearly all of these words" in page.content.decode()


def test_what_was_found_is_marked_in_titles(client, market):
    assert "Shiriki-pich <mark>kilim</mark>" in client.get("/en/search/", {"q": "kilim"}).content.decode()
    assert "<mark>" not in client.get("/en/search/").content.decode()


def test_the_page_that_explains_the_order_reads_the_engines_own_figures(client, db):
    page = client.get("/en/search/order/")
    assert [row[1:] for row in page.context["rows"]] == [("4", "2.5"), ("6", "3.5"), ("2", "1"), ("1", "0.5")]
    assert page.context["gains"] == {"seal": "0.75", "master": "0.5", "ready": "0.5"}
    assert "80 percent" in page.content.decode()
    assert client.get("/search/order/").context["gains"]["seal"] == "۰٫۷۵"
