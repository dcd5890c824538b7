"""Delivery for a basket of several makers: what is offered, what it costs, what is written down."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from marketplace.basket.models import Basket, Line, framed
from marketplace.basket.services import add_to_basket, offer_to_sell
from marketplace.listing.services import create_work, offer_in_venue
from marketplace.shipping.models import Tariff, TariffStep
from marketplace.shipping.services import chosen, chosen_total, frozen, name_of, options_for
from tests.shipping.carriers import DAYS, POST, rates_of, tariff_of
from tests.shipping.test_tables import To

SIRJAN, SHIRAZ, RASHT = To("kerman", "سیرجان"), To("fars", "شیراز"), To("gilan", "رشت")


def lines_of(*wanted) -> list[Line]:
    """Lines as a basket loads them: of works (their only offer) or offers, with a number of pieces."""
    basket = Basket.objects.create()
    for thing, quantity in wanted:
        offer = thing.stockrecords.get() if hasattr(thing, "stockrecords") else thing
        add_to_basket(basket=basket, offer=offer_to_sell(offer.pk), quantity=quantity)
    return list(framed(Line.objects.filter(basket=basket)).order_by("pk"))


def prices(quotes) -> dict[str, int | str]:
    """Code → rial, or the code of the reason."""
    return {quote.code: quote.excluded.code if quote.excluded else quote.price_rial for quote in quotes}


def only(options):
    (quotes,) = options.values()
    return quotes


@pytest.mark.parametrize(
    ("to", "post_rial", "courier_rial"), [(SIRJAN, 625, 1_000), (SHIRAZ, 875, 1_200), (RASHT, 1_000, 1_300)]
)
def test_a_kilim_of_34_hundred_grams_is_large_for_the_post_and_costs_by_zone(
    post, courier, provinces, folding, kilim, to, post_rial, courier_rial
):
    quotes = only(options_for(lines_of((kilim, 1)), to))
    assert prices(quotes) == {"post": post_rial, "courier": courier_rial, "pickup": 0}
    assert [quote.days for quote in quotes] == [(1, 2), (1, 2), None]


def test_a_kilim_that_is_not_folded_is_too_long_for_the_post(post, courier, kilim):
    assert prices(only(options_for(lines_of((kilim, 1)), SIRJAN))) == {
        "post": "too_long",
        "courier": 1_000,
        "pickup": 0,
    }


def test_pieces_count_by_weight(post, courier, folding, kilim):
    quotes = only(options_for(lines_of((kilim, 3)), SIRJAN))
    assert quotes[0].legs[0].grams == 3 * 3_400 * 11 // 10
    assert prices(quotes) == {"post": 3_750, "courier": 9_000, "pickup": 0}


def test_a_work_without_weight_goes_by_its_crafts_usual_one_and_says_so(post, folding, weaver, licence, kilim_craft):
    work = create_work(maker=weaver, craft=kilim_craft, title_fa="گبه", price_rial=90_000_000)
    quote = only(options_for(lines_of((work, 1)), SIRJAN))[0]
    assert (quote.price_rial, quote.is_estimate, quote.legs[0].grams) == (500, True, 2_200)


def test_a_work_of_unknown_weight_is_paid_for_at_the_door_or_picked_up(post, courier, unproven_tray):
    quotes = only(options_for(lines_of((unproven_tray, 1)), SIRJAN))
    assert prices(quotes) == {"post": "weight_unknown", "courier": "weight_unknown", "door": 0, "pickup": 0}
    assert all(quote.excluded_because for quote in quotes[:2])


@pytest.mark.parametrize(
    ("blade_mm", "length_mm", "found"),
    [
        (55, 120, {"post": 100, "courier": 1_000, "pickup": 0}),
        (75, 160, {"post": 100, "courier": "blade_too_long", "pickup": 0}),
        (200, 320, {"post": "blade_too_long", "courier": "blade_too_long", "door": 0, "pickup": 0}),
        (None, 120, {"post": "blade_unknown", "courier": "blade_unknown", "door": 0, "pickup": 0}),
        (None, 70, {"post": 100, "courier": "blade_unknown", "pickup": 0}),
        (None, None, {"post": "blade_unknown", "courier": "blade_unknown", "door": 0, "pickup": 0}),
    ],
)
def test_a_knife_goes_by_whoever_takes_its_blade(
    post, courier, knives, coppersmith, copper_craft, kerman, blade_mm, length_mm, found
):
    knife = create_work(
        maker=coppersmith, craft=copper_craft, title_fa="چاقو", price_rial=9_000_000,
        blade_mm=blade_mm, length_mm=length_mm, weight_grams=200,
    )  # fmt: skip
    assert prices(only(options_for(lines_of((knife, 1)), To("kerman", "کرمان")))) == found


def test_works_that_lie_in_two_places_are_two_parcels(post, folding, kilim, weaver, kilim_craft, bazaar):
    other = create_work(maker=weaver, craft=kilim_craft, title_fa="پشتی", price_rial=9_000_000, weight_grams=500)
    stall = offer_in_venue(work=other, venue=bazaar, price_rial=9_500_000, pieces=1)
    quotes = only(options_for(lines_of((kilim, 1), (stall, 1)), SIRJAN))
    assert [(leg.zone, leg.price_rial) for leg in quotes[0].legs] == [("same_city", 625), ("province", 200)]
    assert quotes[0].price_rial == 825
    assert [leg.place.venue for leg in quotes[-1].legs] == [None, bazaar]


def test_the_first_choice_is_the_cheapest_that_comes_to_the_buyer(post, courier, folding, kilim, unproven_tray):
    options = options_for(lines_of((kilim, 1), (unproven_tray, 1)), SIRJAN)
    sellers = list(options)
    assert [quote.code for quote in chosen(options, {}).values()] == ["post", "door"]
    assert chosen_total(options, {}) == 625
    assert chosen_total(options, {sellers[0]: "courier", sellers[1]: "pickup"}) == 1_000


def test_a_carrier_that_is_excluded_cannot_be_chosen(post, courier, kilim):
    options = options_for(lines_of((kilim, 1)), SIRJAN)
    for code in ("post", "door", "no-such"):
        with pytest.raises(ValidationError) as told:
            chosen_total(options, dict.fromkeys(options, code))
        assert told.value.code == "delivery_not_offered"


def test_a_basket_of_several_makers_is_four_queries_more_than_its_lines(
    post, courier, folding, kilim, unproven_tray, foreign_tray, django_assert_num_queries
):
    lines = lines_of((kilim, 2), (unproven_tray, 1), (foreign_tray, 1))
    with django_assert_num_queries(4):
        options = options_for(lines, RASHT)
        total = chosen_total(options, {})
    assert (len(options), total) == (2, 7_500)


def test_what_is_chosen_is_kept_as_it_was(post, folding, kilim, sirjan):
    options = options_for(lines_of((kilim, 1)), SIRJAN)
    kept = {seller: frozen(quote) for seller, quote in chosen(options, {}).items()}
    assert list(kept.values()) == [
        {
            "carrier": "post", "kind": "carrier", "name_fa": "پست", "name_en": "Post", "price_rial": 625,
            "zone": "same_city", "tariff": Tariff.objects.get().pk, "source": "test", "source_en": "", "is_demo": False,
            "is_estimate": False, "days": [1, 2],
            "parcels": [
                {"city_fa": "سیرجان", "city_en": "Sirjan", "venue_fa": "", "venue_en": "", "zone": "same_city",
                 "grams": 3_740, "price_rial": 625}
            ],
        }
    ]  # fmt: skip


def test_without_any_table_a_work_still_comes_to_its_buyer(kilim):
    quotes = only(options_for(lines_of((kilim, 1)), SIRJAN))
    assert prices(quotes) == {"door": 0, "pickup": 0}
    with override("en"):
        assert [name_of(quote) for quote in quotes] == ["A carrier that the maker finds", "Pick-up"]
    assert frozen(quotes[0])["name_en"] == "A carrier that the maker finds"


def test_a_table_of_today_is_rewritten_whole(post, day):
    tariff_of(post, {2_000: (1, 2, 3, 4)}, valid_from=day, tariff=Tariff.objects.get())
    assert list(TariffStep.objects.order_by("price_rial").values_list("zone", "price_rial")) == [
        ("same_city", 1), ("province", 2), ("adjacent", 3), ("other", 4),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"valid_from": -1}, "tariff_begun"),
        ({"table": {}}, "tariff_empty"),
        ({"valid_until": 0, "valid_from": 1}, None),
    ],
)
def test_a_table_that_is_refused_changes_nothing(post, day, changes, code):
    before = list(TariffStep.objects.order_by("pk").values())
    facts = {"valid_from": day + timedelta(changes.get("valid_from", 0)), "days": DAYS}
    if "valid_until" in changes:
        facts["valid_until"] = day
    with pytest.raises(ValidationError) as told:
        tariff_of(post, changes.get("table", POST), tariff=Tariff.objects.get(), **facts)
    assert code is None or told.value.code == code
    assert list(TariffStep.objects.order_by("pk").values()) == before
    assert Tariff.objects.get().valid_from == day


def test_rates_of_a_table_are_whole(post):
    assert len(rates_of(POST)) == TariffStep.objects.count() == 12
