"""The judged set is sound, and its one rule of grading says what it should."""

from collections import Counter

import pytest

from marketplace.search.judged import AKIN, EXACT, NOT, PARTLY, grade, intents, ndcg, queries, works

TRAY = {
    "craft_en": "Coppersmithing", "thing_en": "Copper tray", "city_en": "Kerman", "province_en": "Kerman",
    "materials_en": "Copper;Brass", "colour_en": "", "toman": "1900000",
}  # fmt: skip


def test_the_set_is_large_and_no_text_stands_twice():
    texts = [query.text for query in queries()]
    assert len(texts) == len(set(texts)) >= 150


def test_every_trouble_is_in_the_set():
    kinds = Counter(query.kind for query in queries())
    assert {"typo", "arabic", "joined", "layout", "latin", "synonym", "phrase", "price", "plural", "ezafe"} <= set(
        kinds
    )


def test_about_half_of_the_intents_are_held_back():
    held = [intent.is_held_back for intent in intents().values()]
    assert 0.4 < sum(held) / len(held) < 0.6


def test_every_intent_has_a_work_that_answers_it_whole():
    for intent in intents().values():
        assert any(grade(work, intent) == EXACT for work in works()), intent.name


@pytest.mark.parametrize(
    ("name", "change", "expected"),
    [
        ("copper_gift", {}, EXACT),
        ("copper_gift", {"toman": "2000001"}, NOT),
        ("copper_gift", {"city_en": "Isfahan", "province_en": "Isfahan"}, NOT),
        ("copper_gift", {"materials_en": "Steel"}, NOT),
        ("copper_jug", {}, PARTLY),
        ("copper", {"craft_en": "Enamel (mina) work"}, AKIN),
        ("copper", {"craft_en": "Knife making"}, NOT),
        ("red_rug", {"craft_en": "Carpet (qali) weaving"}, PARTLY),
        ("red_rug", {"craft_en": "Carpet (qali) weaving", "colour_en": "crimson"}, EXACT),
        ("vase", {"thing_en": "Clay vase"}, EXACT),
        ("vase", {}, NOT),
    ],
)
def test_a_grade_follows_from_the_intent(name, change, expected):
    assert grade(TRAY | change, intents()[name]) == expected


def test_ndcg_is_one_for_the_best_order_and_falls_with_every_fault():
    assert ndcg([3, 2, 1], [1, 3, 2]) == 1
    assert round(ndcg([2, 3, 1], [3, 2, 1]), 4) == 0.8428
    assert ndcg([0, 0], [3]) == 0
    assert ndcg([], [3]) == 0
