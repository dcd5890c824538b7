"""Sights in, what speaks for a copy out: who is a stranger, what one occasion is, when it is enough."""

from datetime import datetime, timedelta

import pytest

from authenticity.copies import (
    ACTIVATED,
    BURST,
    DISPATCHED,
    LOOKED,
    REFUSED,
    STRANGERS,
    TRIED,
    WINDOW,
    Sight,
    by_refusals,
    by_strangers,
    left_at,
    occasions,
    refusals,
    signs_of_copies,
)

START = datetime(2026, 11, 3, 12)


def sight(day: float, who: str = "", *, kind: str = LOOKED, place: str = "", device: str = "") -> Sight:
    """A sight on a day by somebody, or from a place with a device."""
    return Sight(
        round(day * 10_000), START + timedelta(days=day), kind, place or f"net {who}", device or f"phone {who}"
    )


OWNER = sight(0, "owner", kind=ACTIVATED)


def strangers(days, first=0) -> list[Sight]:
    return [sight(day, f"stranger {first + nth}") for nth, day in enumerate(days)]


def days_of(sights) -> list[float]:
    return [one.pk / 10_000 for one in sights]


def test_the_thresholds_are_those_of_the_simulation():
    assert (STRANGERS, WINDOW.days, BURST.days, REFUSED) == (7, 180, 3, 2)


def test_a_stranger_shares_neither_network_nor_device_with_anybody_before():
    looks = [
        sight(10, "a"),
        sight(20, place="net a", device="phone b"),
        sight(30, place="net c", device="phone a"),
        sight(40, place="net c", device="phone d"),
        sight(50, "e"),
        sight(60, "owner"),
    ]
    assert days_of(occasions([OWNER, *looks])) == [10, 50]


@pytest.mark.parametrize(
    ("days", "counted"),
    [
        ([1, 1.1, 1.2, 2, 3.9], [1]),
        ([1, 3.9, 4], [1, 4]),
        ([1, 2, 3, 4, 5, 6, 7], [1, 4, 7]),
        ([], []),
    ],
)
def test_three_days_are_one_occasion(days, counted):
    assert days_of(occasions([OWNER, *strangers(days)])) == counted


def test_looks_before_the_piece_left_count_not_and_are_remembered():
    in_shop = strangers([-40, -30, -20, -10])
    assert occasions(in_shop) == []
    again = [sight(10, "stranger 0"), sight(20, "new")]
    assert days_of(occasions([*in_shop, OWNER, *again])) == [20]


def test_a_piece_leaves_when_it_is_sent_or_activated_whichever_comes_first():
    sent = sight(-5, "maker", kind=DISPATCHED)
    assert left_at([OWNER, sent]) == sent.at
    assert left_at(strangers([1, 2])) is None


def test_the_order_in_which_sights_are_told_does_not_matter():
    told = [OWNER, *strangers(range(5, 60, 5))]
    assert occasions(reversed(told)) == occasions(told)


@pytest.mark.parametrize(
    ("days", "found"),
    [
        ([10 * nth for nth in range(1, 7)], None),
        ([10 * nth for nth in range(1, 8)], 70),
        ([30 * nth for nth in range(1, 8)], 210),
        ([31 * nth for nth in range(1, 20)], None),
        ([1 + nth / 100 for nth in range(50)], None),
    ],
)
def test_seven_occasions_in_half_a_year_are_a_case(days, found):
    told = [OWNER, *strangers(days)]
    expected = None if found is None else START + timedelta(days=found)
    assert by_strangers(told) == expected
    assert (signs_of_copies(told) is not None) is (found is not None)


def test_what_was_judged_counts_no_more_and_stays_known():
    told = [OWNER, *strangers([10 * nth for nth in range(1, 8)])]
    judged = told[-1].at
    assert signs_of_copies(told, after=judged) is None
    seen_again = [sight(80 + nth, f"stranger {nth}") for nth in range(7)]
    assert signs_of_copies([*told, *seen_again], after=judged) is None
    fresh = strangers([80 + 4 * nth for nth in range(7)], first=50)
    signs = signs_of_copies([*told, *fresh], after=judged)
    assert signs is not None
    assert days_of(signs.strangers) == [80, 84, 88, 92, 96, 100, 104]


def test_two_people_who_were_refused_are_a_case():
    one, two = sight(1, "a", kind=TRIED), sight(2, "b", kind=TRIED)
    assert by_refusals([one]) is None
    assert by_refusals([one, two]) == two.at
    assert signs_of_copies([one]) is None
    signs = signs_of_copies([one, two])
    assert signs is not None
    assert (signs.strangers, signs.refused) == ((), (one, two))


def test_who_mistyped_and_then_activated_was_not_refused():
    assert refusals([sight(-1, "owner", kind=TRIED), OWNER]) == []
    from_elsewhere = sight(-1, kind=TRIED, place="net away", device="phone owner")
    assert refusals([from_elsewhere, OWNER]) == []


def test_one_person_who_tries_ten_times_is_one():
    tries = [sight(nth / 100, "a", kind=TRIED) for nth in range(10)]
    assert refusals(tries) == tries[:1]
    assert by_refusals([*tries, sight(1, kind=TRIED, place="net a", device="phone new")]) is None


def test_refusals_that_were_judged_count_no_more():
    one, two, three = (sight(day, f"{day}", kind=TRIED) for day in (1, 2, 3))
    assert signs_of_copies([one, two, three], after=two.at) is None
