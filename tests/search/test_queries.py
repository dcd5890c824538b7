"""Finding works, with each engine."""

from datetime import date, timedelta

import pytest

from authenticity.models import SealGrant, SealScheme
from catalogue.models import Product
from marketplace.core import clock
from marketplace.listing.services import create_work, offer_in_venue
from marketplace.makers.models import Maker
from marketplace.search.queries import FacetCount, SearchPage, SearchRequest, Suggestion, find, suggest
from marketplace.search.services import index_works

pytestmark = pytest.mark.django_db


WAYS_TO_ASK = [
    "گلیم", "گلیم بافی", "گلیم‌بافی", "گلیمبافی", "گليم", "گلی", "kilim", "Kilim", "gelim", "'gdl", "نهمهئ", "گلیم سیرجان", "سیرجان گلیم",
    "شیریکی پیچ", "شیریکیپیچ", "گلیم‌های سیرجان", "پشم", "Hand-spun wool", "قلعه محمود", "sirjan weaving",
]  # fmt: skip


def page(text="", **more) -> SearchPage:
    return find(SearchRequest(text=text, **more))


def ids(text="", **more) -> list[int]:
    return page(text, **more).ids


@pytest.fixture
def shop(engine, kilim, foreign_tray, unproven_tray, bazaar, wool):
    """A domestic kilim of Sirjan in its workshop and in a bound bazaar; a foreign and an unproven tray of Kerman."""
    offer_in_venue(work=kilim, venue=bazaar, price_rial=170_000_000, pieces=1)
    kilim.materials.add(wool)
    index_works([kilim.pk, foreign_tray.pk, unproven_tray.pk])


@pytest.mark.parametrize("sort", ["relevance", "price"])
def test_every_way_to_ask_for_the_kilim_finds_it_alone(shop, kilim, sort):
    for text in WAYS_TO_ASK:
        assert ids(text, sort=sort) == [kilim.pk], text


def test_what_nothing_answers_to_is_an_empty_page(shop):
    for text in ["گلیم اردبیل", "xyzzy", "سسسسس", "🧵", '+-&&||!(){}[]^"~*?:\\/', "\0\x07", "\ud800"]:
        found = page(text)
        assert (found.ids, found.total, found.next_cursor) == ([], 0, ""), text


HOSTILE = [
    "گلیم " * 2500, "a" * 10_000, "title:* OR fx:[a TO z]", "*:*", '"گلیم', "گلیم~2^9 AND (", "../../etc", "%00", "<script>", "گ\0ل",
    "/.*/", "\\", "\ud800", "🧵",
]  # fmt: skip


@pytest.mark.parametrize("place", ["text", "facet", "cursor"])
def test_hostile_input_gives_a_page(shop, place):
    for text in HOSTILE:
        asked = {
            "text": {"text": text},
            "facet": {"facets": {"city": (text, "sirjan"), text: (text,)}},
            "cursor": {"cursor": text},
        }
        assert isinstance(page(**asked[place]), SearchPage), text


def test_hostile_numbers_give_a_page(shop):
    for number in (-(10**30), 0, 10**30):
        assert isinstance(page(price_min=number, price_max=number, limit=number), SearchPage)


def test_wrong_layout_is_tried_only_where_nothing_was_found(shop, kilim):
    assert page("'gdl").read_as == "گلیم"
    assert page("kilim").read_as == ""


def test_title_outweighs_names_and_names_outweigh_the_rest(engine, weaver, kilim_craft, coppersmith, copper_craft):
    make = {"price_rial": 1_000_000}
    told = create_work(maker=coppersmith, craft=copper_craft, title_fa="سینی", description_fa="با نقش گلیم", **make)
    named = create_work(maker=weaver, craft=kilim_craft, title_fa="زیرانداز", **make)
    titled = create_work(maker=coppersmith, craft=copper_craft, title_fa="سینی گلیم", **make)
    begun = create_work(maker=coppersmith, craft=copper_craft, title_fa="گلیمینه", **make)
    index_works([told.pk, named.pk, titled.pk, begun.pk])
    assert ids("گلیم") == [titled.pk, begun.pk, named.pk, told.pk]


def test_equals_come_newest_first(engine, weaver, kilim_craft):
    works = [create_work(maker=weaver, craft=kilim_craft, title_fa="گلیم", price_rial=1_000_000) for _ in range(3)]
    for days, work in enumerate(works):
        Product.objects.filter(pk=work.pk).update(date_created=work.date_created - timedelta(days=30 * days))
    index_works(work.pk for work in works)
    assert ids("گلیم") == ids() == [work.pk for work in works]


def test_counts_of_a_chosen_facet_are_without_its_own_filter(shop, kilim):
    found = page(facets={"city": ("sirjan",)})
    assert found.ids == [kilim.pk]
    assert found.facets["city"] == [FacetCount("sirjan", 1, True), FacetCount("kerman-city", 1, False)]
    assert found.facets["group"] == [FacetCount("flatweave", 1, False)]


def test_values_of_a_facet_widen_and_facets_narrow(shop, kilim, foreign_tray, unproven_tray):
    assert page(facets={"city": ("sirjan", "kerman-city")}).total == 2
    found = page(facets={"city": ("sirjan", "kerman-city"), "craft": ("copper",)})
    assert found.ids == [unproven_tray.pk]
    assert found.facets["city"] == [FacetCount("kerman-city", 1, True), FacetCount("sirjan", 0, True)]
    assert found.facets["craft"] == [FacetCount("copper", 1, True), FacetCount("kilim", 1, False)]


def test_a_foreign_work_belongs_to_no_craft_city(shop, foreign_tray):
    assert foreign_tray.pk not in ids(facets={"city": ("kerman-city",)})
    assert foreign_tray.pk not in ids(facets={"province": ("kerman",)})
    assert foreign_tray.pk in ids(facets={"origin": ("foreign",)})


def test_each_facet(shop, kilim, foreign_tray, unproven_tray):
    trays = {foreign_tray.pk, unproven_tray.pk}
    expected = {
        ("group", "metal"): trays, ("craft", "kilim"): {kilim.pk}, ("city", "kerman-city"): {unproven_tray.pk},
        ("province", "kerman"): {unproven_tray.pk, kilim.pk}, ("maker", "weaver"): {kilim.pk}, ("maker_kind", "home"): {kilim.pk},
        ("venue", "qaleh-mahmoud"): {kilim.pk}, ("material", "wool"): {kilim.pk}, ("origin", "foreign"): {foreign_tray.pk},
        ("origin", "unproven"): {unproven_tray.pk}, ("origin", "domestic"): {kilim.pk},
        ("one_of_a_kind", "yes"): {unproven_tray.pk}, ("ready", "yes"): trays | {kilim.pk},
        ("maker", "no-such"): set(),
    }  # fmt: skip
    for (facet, value), works in expected.items():
        assert set(ids(facets={facet: (value,)})) == works, (facet, value)


def test_measures_are_facets_in_steps(engine, kilim, unproven_tray):
    Product.objects.filter(pk=kilim.pk).update(length_mm=1_500, width_mm=1_000, weight_grams=4_000, lead_days=2)
    Product.objects.filter(pk=unproven_tray.pk).update(length_mm=300, weight_grams=900, lead_days=20)
    index_works([kilim.pk, unproven_tray.pk])
    expected = {
        ("size", "hand"): {unproven_tray.pk}, ("size", "room"): {kilim.pk}, ("size", "hall"): set(),
        ("weight", "1kg"): {unproven_tray.pk}, ("weight", "5kg"): {kilim.pk, unproven_tray.pk},
        ("lead", "3d"): {kilim.pk}, ("lead", "30d"): {kilim.pk, unproven_tray.pk}, ("master", "yes"): set(),
    }  # fmt: skip
    for (facet, value), works in expected.items():
        assert set(ids(facets={facet: (value,)})) == works, (facet, value)


@pytest.mark.parametrize("gain", ["master", "ready", "seal"])
def test_of_works_that_answer_alike_one_with_a_gain_comes_first(
    engine, weaver, coppersmith, kilim_craft, kilim_line, gain
):
    make = {"craft": kilim_craft, "title_fa": "سینی", "price_rial": 1_000_000}
    better = create_work(maker=weaver, product_line=kilim_line, **make)
    newer = create_work(maker=coppersmith, **make)
    Product.objects.filter(pk=better.pk).update(date_created=newer.date_created - timedelta(days=9))
    index_works([better.pk, newer.pk])
    assert ids("سینی ") == [newer.pk, better.pk]
    if gain == "master":
        Maker.objects.filter(pk=weaver.pk).update(is_master=True)
    elif gain == "ready":
        Product.objects.filter(pk=newer.pk).update(made_to_order=True)
    else:
        scheme = SealScheme.objects.create(slug="unesco", name_fa="مهر", name_en="Seal", body_fa="-", body_en="-")
        days = {"valid_from": date(2026, 1, 1), "valid_until": date(2099, 1, 1)}
        SealGrant.objects.create(scheme=scheme, product_line=kilim_line, maker=weaver, number="1", **days)
    index_works([better.pk, newer.pk])
    assert ids("سینی ") == [better.pk, newer.pk]


def test_unknown_facets_and_sorts_are_passed_over(shop):
    assert page(facets={"smell": ("rose",), "city": ()}, sort="fame").total == 3


def test_price_bounds_are_included_and_count_the_cheapest_lawful_offer(shop, kilim, foreign_tray, unproven_tray):
    assert ids(price_min=170_000_000) == [kilim.pk]
    assert ids(price_min=170_000_001) == []
    assert ids(price_max=45_000_000) == [foreign_tray.pk]
    assert ids(sort="price") == [foreign_tray.pk, unproven_tray.pk, kilim.pk]
    assert ids(sort="-price") == [kilim.pk, unproven_tray.pk, foreign_tray.pk]


@pytest.mark.parametrize("text", ["", "گلیم"])
@pytest.mark.parametrize("sort", ["relevance", "newest", "price", "-price"])
def test_pages_follow_one_another_without_gap_or_repeat(engine, weaver, kilim_craft, text, sort):
    works = [
        create_work(maker=weaver, craft=kilim_craft, title_fa="گلیم", price_rial=1_000_000 + 5_000 * (n // 3))
        for n in range(10)
    ]
    index_works(work.pk for work in works)
    cursor, pages = "", []
    while True:
        found = page(text, sort=sort, limit=4, cursor=cursor)
        assert found.total == 10
        pages.append(found.ids)
        cursor = found.next_cursor
        if not cursor:
            break
    assert [len(some) for some in pages] == [4, 4, 2]
    assert sorted(pk for some in pages for pk in some) == sorted(work.pk for work in works)


def test_a_seal_is_found_until_its_last_day(engine, kilim, kilim_line, weaver):
    scheme = SealScheme.objects.create(slug="unesco", name_fa="مهر اصالت", name_en="Seal", body_fa="-", body_en="-")
    SealGrant.objects.create(
        scheme=scheme,
        product_line=kilim_line,
        maker=weaver,
        number="1",
        valid_from=date(2026, 1, 1),
        valid_until=date(2026, 12, 31),
    )
    index_works([kilim.pk])
    sealed = {"facets": {"seal": ("unesco",)}}
    clock.set_today(date(2026, 12, 31))
    assert ids(**sealed) == [kilim.pk]
    clock.set_today(date(2027, 1, 1))
    assert ids(**sealed) == []
    assert ids() == [kilim.pk]


def test_a_lapsed_origin_is_not_found_as_domestic(engine, kilim):
    index_works([kilim.pk])
    clock.set_today(kilim.domestic_until + timedelta(days=1))
    assert ids(facets={"origin": ("domestic",)}) == []
    assert ids() == [kilim.pk]
    index_works([kilim.pk])
    assert ids(facets={"origin": ("unproven",)}) == [kilim.pk]


def test_without_an_index_the_page_is_empty(engine, kilim):
    assert page("گلیم") == SearchPage([], 0, {})


def test_facets_can_be_left_out(shop):
    found = page(counted=(), facets={"city": ("sirjan",)})
    assert (found.total, found.facets) == (1, {})


def test_suggestions_are_names_then_works(shop, kilim):
    assert suggest("گلیم") == [
        Suggestion("craft", "kilim", "گلیم‌بافی"),
        Suggestion("maker", "weaver", "کارگاه گلیم"),
        Suggestion("work", str(kilim.pk), "گلیم شیریکی‌پیچ"),
    ]
    assert suggest("sir", language="en") == [
        Suggestion("city", "sirjan", "Sirjan"),
        Suggestion("work", str(kilim.pk), "Shiriki-pich kilim"),
    ]
    assert suggest("") == suggest("xyzzy") == []


def test_suggestions_ask_at_most_six_queries(shop, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        suggest("k")
