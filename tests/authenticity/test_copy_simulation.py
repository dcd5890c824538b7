"""The simulation of copies: the same seed tells the same, detectors do what they are for, and the page holds what the command prints."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command, load_command_class

import authenticity
from authenticity.copies import BURST, REFUSED, STRANGERS, WINDOW
from authenticity.copy_simulation import DETECTORS, Days, Found, days_of, found, in_vain, lives, report
from authenticity.copy_worlds import WORLDS, World

PAGE = (Path(authenticity.__file__).parent / "COPIES.md").read_text()
COMMAND = "manage.py simulate_copies --seed 1405 --copied 200 --genuine 2000"


def told(world: World, *, copies: int, codes: int = 60) -> list[Days]:
    return days_of(lives(world, copies=copies, codes=codes, seed=1405))


def share(days: list[Days], detector: str = "both") -> float:
    return found(days, detector).share


def test_the_same_seed_tells_the_same_lives():
    assert lives(World(), copies=3, codes=5, seed=1) == lives(World(), copies=3, codes=5, seed=1)
    assert lives(World(), copies=3, codes=5, seed=1) != lives(World(), copies=3, codes=5, seed=2)


def test_exact_figures_of_a_small_run():
    ten = told(World(), copies=10)
    assert [found(ten, detector) for detector in DETECTORS] == [
        Found(44 / 60, 66),
        Found(27 / 60, 102),
        Found(54 / 60, 86),
    ]
    assert round(in_vain(told(World(), copies=0, codes=600), "both") * 600 * 2) == 7


def test_more_copies_are_found_more_often_and_sooner():
    few, some, many = (told(World(), copies=copies) for copies in (1, 10, 100))
    assert share(few) < share(some) <= share(many) == 1
    days = [found(cases, "both").days for cases in (some, many)]
    assert days[0] > days[1]


def test_both_together_find_what_either_finds():
    cases = told(World(), copies=10)
    assert share(cases) >= max(share(cases, "activation"), share(cases, "strangers"))
    for one in cases:
        assert one.both == min((day for day in (one.activation, one.strangers) if day), default=None)


def test_activation_needs_people_who_try():
    silent = World(tries=0.0, doubts=0.0)
    assert share(told(silent, copies=30), "activation") < 0.05 < share(told(World(), copies=30), "activation")


def test_a_piece_that_never_left_is_seen_by_no_stranger():
    unsold = World(source_owned=0.0)
    assert share(told(unsold, copies=100, codes=20), "strangers") == 0


@pytest.mark.parametrize("more", [{"visitors": 6.0, "gatherings": 0.6}, {"resold": 0.5}, {"shown_in_public": 0.5}])
def test_more_strangers_around_a_genuine_piece_ask_in_vain_more_often(more):
    quiet, busy = (told(world, copies=0, codes=600) for world in (World(), World(**more)))
    assert in_vain(quiet, "strangers") < in_vain(busy, "strangers")


def test_nobody_sees_a_genuine_piece_and_nobody_is_asked():
    alone = World(visitors=0.0, gatherings=0.0, resold=0.0, shown_in_public=0.0, genuine_doubts=0.0, household=0)
    assert in_vain(told(alone, copies=0, codes=300), "both") == 0


def test_the_page_holds_what_the_command_prints():
    """The first world, the last and all thresholds; the other worlds would take three times as long and share every line of code."""
    tables = report(seed=1405, copied_codes=200, genuine_codes=2000, worlds=(WORLDS[0], WORLDS[-1])).split("\n\n")
    assert [line for table in tables for line in table.splitlines() if f"{line}\n" not in PAGE] == []
    assert tables[2] in PAGE
    assert COMMAND in PAGE


def test_the_command_prints_the_tables_of_its_arguments():
    printed = StringIO()
    call_command("simulate_copies", seed=7, copied=2, genuine=10, stdout=printed)
    assert printed.getvalue() == report(seed=7, copied_codes=2, genuine_codes=10) + "\n"


def test_the_command_by_itself_is_the_one_on_the_page():
    parser = load_command_class("authenticity", "simulate_copies").create_parser("manage.py", "simulate_copies")
    options = parser.parse_args([])
    assert (options.seed, options.copied, options.genuine) == (1405, 200, 2000)


def test_the_page_names_the_thresholds_that_are_in_force():
    assert f"{STRANGERS} occasions within {WINDOW.days} days" in PAGE
    assert f"; {BURST.days} days count once" in PAGE
    assert f"{REFUSED} people who share neither network nor device" in PAGE


def test_every_world_is_in_the_tables():
    assert len({world.name for world in WORLDS}) == len(WORLDS) == 8
    for world in WORLDS:
        assert PAGE.count(f"| {world.name} |") == 6
