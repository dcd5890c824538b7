"""A route's lengths and times, its file and its drawing."""

import gpxpy
import pytest

from marketplace.maps.gpx import gpx_of
from marketplace.maps.journeys import DRIVE, Leg, Stop, journey
from marketplace.maps.sketch import HEIGHT, WIDTH, sketch

KERMAN = Stop("کرمان", 30.28, 57.08, 60, DRIVE)
RAYEN = Stop("راین", 29.60, 57.44, 30)
NOWHERE = Stop("بازار", None, None, 20)


def test_a_leg_is_the_straight_line_and_its_time_is_rounded_up_to_five_minutes():
    found = journey([KERMAN, RAYEN])
    # 0.68° of latitude are 75.6 km and 0.36° of longitude at 30° north 34.7 km
    assert found.legs[0].metres == pytest.approx(83_200, abs=300)
    assert (found.legs[0].way, found.legs[0].minutes) == (DRIVE, 200)
    assert (found.metres, found.minutes, found.is_whole) == (found.legs[0].metres, 290, True)


def test_a_degree_of_latitude_is_111_kilometres():
    assert journey([Stop("a", 30, 57, 0), Stop("b", 31, 57, 0)]).metres == pytest.approx(111_200, abs=200)


def test_a_stop_without_a_position_is_stayed_at_and_its_ways_are_not_counted():
    found = journey([KERMAN, NOWHERE, RAYEN])
    assert found.legs == (Leg(DRIVE, None, None), Leg("walk", None, None))
    assert (found.metres, found.minutes, found.is_whole) == (0, 110, False)


@pytest.mark.parametrize("stops", [[], [KERMAN]])
def test_fewer_than_two_stops_have_no_leg(stops):
    found = journey(stops)
    assert (found.legs, found.metres, sketch(found)) == ((), 0, None)


def test_the_file_is_read_back_with_its_stops_in_their_order():
    text = gpx_of(journey([KERMAN, NOWHERE, RAYEN]), name="روز", description="d & d", link="https://x.example/r/")
    assert 'version="1.1"' in text
    read = gpxpy.parse(text)
    points = [(point.name, point.latitude, point.longitude) for point in read.routes[0].points]
    assert points == [("1. کرمان", 30.28, 57.08), ("3. راین", 29.6, 57.44)]
    assert [point.name for point in read.waypoints] == ["1. کرمان", "3. راین"]
    assert (read.name, read.description, read.link) == ("روز", "d & d", "https://x.example/r/")


def test_the_drawing_has_north_above_and_keeps_its_edge():
    drawn = sketch(journey([KERMAN, NOWHERE, RAYEN]))
    north, south = drawn.dots
    assert (north.number, south.number) == (1, 3)
    assert (north.y < south.y, north.x < south.x) == (True, True)
    assert all(40 <= dot.x <= WIDTH - 40 and 40 <= dot.y <= HEIGHT - 40 for dot in drawn.dots)
    assert (drawn.bar_metres, drawn.bar_units <= WIDTH / 4) == (20_000, True)
