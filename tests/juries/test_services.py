"""A jury: blind, whole, once, three or more."""

import pytest
from django.core.exceptions import ValidationError

from marketplace.core.models import User
from marketplace.juries.models import Panel, Score, Seat
from marketplace.juries.services import Criterion, close, hand_in, open_panel, seat, seat_of

pytestmark = pytest.mark.django_db
CRITERIA = (Criterion("skill", "مهارت", "Skill", 10), Criterion("design", "طرح", "Design", 5))
FULL = {"skill": 8, "design": 5}


@pytest.fixture
def jurors(day):
    return [User.objects.create_user(f"juror-{number}") for number in range(4)]


@pytest.fixture
def panel(kilim_line, artisan):
    return open_panel(subject=kilim_line, dossier={"size": "120 × 80"}, criteria=CRITERIA, interested=[artisan.pk])


def refused(code: str, act) -> None:
    with pytest.raises(ValidationError) as error:
        act()
    assert error.value.code == code


def test_three_jurors_make_a_result(panel, jurors):
    for juror, points in zip(jurors, (FULL, {"skill": 6, "design": 4}, {"skill": 10, "design": 3}), strict=False):
        seat(panel=panel, juror=juror)
        hand_in(panel=panel, juror=juror, points=points)
    result = close(panel=panel)
    assert (result.by_criterion, result.percent, result.jurors) == ({"skill": 8, "design": 4}, 80.0, 3)
    assert close(panel=panel) == result


def test_two_are_too_few(panel, jurors):
    for juror in jurors[:2]:
        seat(panel=panel, juror=juror)
        hand_in(panel=panel, juror=juror, points=FULL)
    seat(panel=panel, juror=jurors[2])
    refused("too_few_jurors", lambda: close(panel=panel))
    assert Panel.objects.get().closed_at is None


def test_the_maker_cannot_sit(panel, artisan):
    refused("interested", lambda: seat(panel=panel, juror=artisan))
    assert Seat.objects.count() == 0


@pytest.mark.parametrize(
    "points", [{}, {"skill": 8}, {**FULL, "charm": 1}, {"skill": 11, "design": 1}, {"skill": -1, "design": 1}]
)
def test_scores_are_whole_and_within_range(panel, jurors, points):
    seat(panel=panel, juror=jurors[0])
    refused("scores", lambda: hand_in(panel=panel, juror=jurors[0], points=points))
    assert (Score.objects.count(), Seat.objects.get().handed_in_at) == (0, None)


def test_what_is_handed_in_stays(panel, jurors):
    seat(panel=panel, juror=jurors[0])
    hand_in(panel=panel, juror=jurors[0], points=FULL)
    refused("handed_in", lambda: hand_in(panel=panel, juror=jurors[0], points={"skill": 1, "design": 1}))
    assert sorted(Score.objects.values_list("points", flat=True)) == [5, 8]


def test_strangers_and_closed_panels(panel, jurors):
    refused("no_seat", lambda: hand_in(panel=panel, juror=jurors[0], points=FULL))
    for juror in jurors[:3]:
        seat(panel=panel, juror=juror)
        hand_in(panel=panel, juror=juror, points=FULL)
    close(panel=panel)
    refused("panel_closed", lambda: seat(panel=panel, juror=jurors[3]))


def test_a_juror_reads_their_own_points_only(panel, jurors):
    for juror in jurors[:2]:
        seat(panel=panel, juror=juror)
        hand_in(panel=panel, juror=juror, points=FULL)
    mine = seat_of(panel, jurors[0])
    assert {score.seat_id for score in mine.scores.all()} == {mine.pk}
    assert "maker" not in str(panel.dossier)
