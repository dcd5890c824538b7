"""Pictures for the demonstration: same seed, same picture; every craft of the list has its manner."""

import csv
import re
from pathlib import Path

import numpy as np
import pytest

from marketplace.demo import art
from marketplace.demo.art.crafts import CRAFTS, GROUPS
from marketplace.demo.art.manners import MANNERS

ROOT = Path(art.__file__).resolve().parents[1]
with (ROOT / "data" / "crafts.csv").open(encoding="utf-8") as listing:
    ROWS = list(csv.DictReader(listing))


def small(image):
    return np.asarray(image.resize((50, 50)), np.int16)


@pytest.mark.parametrize("name", sorted(MANNERS))
def test_manner_draws_a_square_rgb_picture_that_is_not_blank(name):
    picture = art.manners()[name](5)
    assert (picture.mode, picture.size) == ("RGB", (1000, 1000))
    assert np.asarray(picture).std() > 8


@pytest.mark.parametrize("name", sorted(MANNERS))
def test_every_variant_of_a_manner_draws_the_same_picture_twice(name):
    for variant in MANNERS[name].variants:
        first, second = (MANNERS[name](3, "x", (variant,)) for _ in range(2))
        assert first.tobytes() == second.tobytes()


def test_a_size_is_kept():
    assert art.draw("Pottery", "pottery", 1, size=240).size == (240, 240)


def test_forty_seeds_of_one_craft_are_pairwise_different():
    pictures = [small(art.draw("Kilim (gelim) weaving", "flatweave", seed)) for seed in range(40)]
    for i, one in enumerate(pictures):
        for other in pictures[:i]:
            assert np.abs(one - other).mean() > 3


def test_two_crafts_of_one_manner_differ_under_the_same_seed():
    assert art.draw("Basketry", "wood", 7).tobytes() != art.draw("Kapu weaving", "wood", 7).tobytes()


def test_every_row_of_the_craft_list_has_a_manner_and_its_variants():
    assert {row["craft_en"] for row in ROWS} == set(CRAFTS)
    assert {row["group"] for row in ROWS} == set(GROUPS)
    for target in [*CRAFTS.values(), *GROUPS.values()]:
        name, _, only = target.partition(":")
        assert {key.strip() for key in only.split(",") if key.strip()} <= set(MANNERS[name].variants)


def test_every_manner_is_used_by_some_craft():
    assert {target.partition(":")[0] for target in CRAFTS.values()} == set(MANNERS)


def test_there_are_at_least_twelve_manners():
    assert len(art.manners()) >= 12


def test_a_craft_not_on_the_list_follows_its_group():
    assert art.draw("Something new", "glass", 2).size == (1000, 1000)


def test_an_unknown_craft_in_an_unknown_group_is_refused():
    with pytest.raises(KeyError):
        art.draw("Something new", "nowhere", 2)


def test_detail_has_the_picture_s_size_and_another_content():
    picture = art.draw("Pateh embroidery", "embroidery", 4)
    near = art.detail(picture, 4)
    assert (near.mode, near.size) == (picture.mode, picture.size)
    assert np.abs(small(near) - small(picture)).mean() > 3
    assert near.tobytes() == art.detail(picture, 4).tobytes()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["craft_en"])
def test_words_say_what_is_drawn_and_that_a_computer_drew_it(row):
    for seed in range(6):
        fa, en = art.describe(row["craft_en"], row["group"], seed)
        assert fa.endswith("، تصویر رایانه‌ای")
        assert en.endswith(", drawn by computer")
        assert not re.search(r"[A-Za-z{}]", fa)
        assert "{" not in en
    assert art.describe(row["craft_en"], row["group"], 0) == art.describe(row["craft_en"], row["group"], 0)


def test_words_name_the_colours_the_picture_was_dyed_with():
    manner = MANNERS["qali"]
    _, _, dyes = manner.start("Carpet (qali) weaving", 9)
    fa, en = art.describe("Carpet (qali) weaving", "carpet", 9)
    assert all(name in fa for name in dyes.fa)
    assert all(name in en for name in dyes.en)


def test_pictures_are_drawn_without_the_web_framework():
    for path in Path(art.__file__).parent.glob("*.py"):
        assert "django" not in re.sub(r"Nothing here knows of Django\.", "", path.read_text(encoding="utf-8")).lower()
