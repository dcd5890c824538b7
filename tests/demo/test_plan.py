"""What the demo will hold, before any database: plausible, in agreement with its pictures, and nobody's real name."""

import re

from marketplace.demo.plan import SHARED_PICTURES, makers, plan_work
from marketplace.demo.tables import rows
from marketplace.demo.titles import colour_seen

WORKS = [plan_work(number) for number in range(1, 601)]
GROUPS = {row["craft_en"]: row["group"] for row in rows("crafts")}


def test_the_same_number_gives_the_same_work():
    assert plan_work(17) == plan_work(17)
    assert plan_work(17) != plan_work(18)


def test_six_hundred_works_cover_every_craft_group():
    assert {GROUPS[work.craft_en] for work in WORKS} == set(GROUPS.values())


def test_twelve_works_are_foreign_and_their_sellers_have_no_licence():
    foreign = [work for work in WORKS if work.country != "IR"]
    assert len(foreign) == 12
    assert not any(work.maker.is_licensed for work in foreign)


def test_sirjan_has_at_least_thirty_kilims():
    kilims = [work for work in WORKS if work.maker.city_en == "Sirjan" and "گلیم" in work.title.fa]
    assert len(kilims) >= 30


def test_every_maker_is_called_a_sample_and_no_two_share_a_name():
    names = [maker.name for maker in makers()]
    assert len(names) >= 60
    assert all("نمونه" in name.fa and name.en.startswith("Sample ") for name in names)
    assert len({name.en for name in names}) == len({name.fa for name in names}) == len(names)


def test_every_kind_of_maker_and_every_craft_city_is_there():
    assert {maker.kind for maker in makers()} == {"person", "home", "group", "large", "cooperative"}
    assert {maker.city_en for maker in makers()} == {row["place_en"] for row in rows("places")}
    assert any(maker.is_master for maker in makers())


def test_a_title_names_the_ground_colour_of_its_picture():
    rugs = [work for work in WORKS if "زمینهٔ" in work.title.fa]
    assert len(rugs) > 50
    assert all(f"زمینهٔ {colour_seen(work.shown.fa).fa}" in work.title.fa for work in rugs)


def test_titles_are_whole_in_both_languages():
    for work in WORKS:
        assert not re.search(r"[{}]|  |،\s*،|(?<!\w)نقش\s*(،|$)", work.title.fa), work.title
        assert not re.search(r"[{}؀-ۿ]|  |, ,| design on$", work.title.en), work.title


def test_prices_are_in_rial_and_within_what_such_things_cost():
    assert min(work.price_rial for work in WORKS) >= 1_000_000
    assert max(work.price_rial for work in WORKS) <= 12_000_000_000
    assert all(work.price_rial % 10_000 == 0 for work in WORKS)


def test_a_larger_thing_of_a_kind_weighs_more():
    kilims = sorted((w.length_mm, w.weight_grams) for w in WORKS if w.kind_of_thing.en == "Shiriki-pich kilim")
    weights = [weight for _length, weight in kilims]
    assert weights == sorted(weights)


def test_later_works_share_the_pictures_of_the_first():
    later = [plan_work(number) for number in range(601, 3001)]
    assert all(plan_work(work.picture).craft_en == work.craft_en for work in later)
    assert len({work.picture for work in later}) < SHARED_PICTURES + 30
