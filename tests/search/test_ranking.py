"""Points of a word: they only add up, and what is met narrowly is met widely too."""

import pytest

from marketplace.search.ranking import KIN, WORTH, gains
from marketplace.search.words import Word

BARE = Word(("kilim",))
BEGUN = Word(("kilim",), prefixes=("kilim",))
AKIN = Word(("rug",), kin=("carpet",))
BOTH = Word(("rug",), prefixes=("rug",), kin=("carpet",))


def _points(word: Word, place: str, *, kin: bool = False, begun: bool = False) -> float:
    """Of a work that has one of the forms in a place, or only a kin, or only a longer word."""
    whole = not kin and not begun
    met = [g for g in gains(word) if g.place == place and (whole or (kin and g.kin) or (begun and g.begun))]
    return pytest.approx(sum(gain.worth for gain in met))


@pytest.mark.parametrize("word", [BARE, BEGUN, AKIN, BOTH], ids=["bare", "begun", "akin", "both"])
@pytest.mark.parametrize("place", WORTH)
def test_a_whole_word_has_all_points_of_its_place(word, place):
    assert _points(word, place) == WORTH[place][0]


@pytest.mark.parametrize("word", [BEGUN, BOTH], ids=["begun", "both"])
def test_the_beginning_of_a_longer_word_has_its_own_points(word):
    assert _points(word, "title", begun=True) == WORTH["title"][1]


@pytest.mark.parametrize("word", [AKIN, BOTH], ids=["akin", "both"])
def test_a_word_of_nearly_the_same_meaning_has_a_part(word):
    assert _points(word, "title", kin=True) == KIN * WORTH["title"][0]


@pytest.mark.parametrize("word", [BARE, BEGUN, AKIN, BOTH], ids=["bare", "begun", "akin", "both"])
def test_nothing_takes_points_away(word):
    assert min(gain.worth for gain in gains(word)) > 0
