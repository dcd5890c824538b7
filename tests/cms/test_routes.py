"""A route's page: stops in order, totals, the file, the data for machines, the square to take it along."""

import json
import re

import gpxpy
import pytest
from django.core.exceptions import ValidationError

from cms.models import RoutePage, RouteStop
from cms.services import publish_city_story
from marketplace.places.models import Spot


@pytest.fixture
def spot(sirjan):
    return Spot.objects.create(
        slug="kiosk", kind="kiosk", name_fa="کیوسک", name_en="Kiosk", city=sirjan, latitude="29.46", longitude="55.67",
        is_demo=True,
    )  # fmt: skip


@pytest.fixture
def route(sirjan, spot):
    parent = publish_city_story(sirjan, "en", {"lead": "Kilims"})
    page = RoutePage(title="A day", slug="a-day", lead="From the kiosk on.", locale=parent.locale, is_demo=True)
    page.stops = [
        RouteStop(sort_order=2, name_en="A bench", latitude="29.47", longitude="55.67", minutes=15),
        RouteStop(sort_order=1, spot=spot, minutes=10),
    ]
    parent.add_child(instance=page)
    return page


def test_a_route_shows_its_stops_in_order_with_its_length_and_time(client, route):
    html = client.get("/en/city/sirjan/a-day/").content.decode()
    stops = re.findall(r'<li class="stop" data-name="([^"]+)" data-lat="([^"]+)" data-lon="([^"]+)"', html)
    assert stops == [("1. Kiosk", "29.46000", "55.67000"), ("2. A bench", "29.47000", "55.67000")]
    assert "2 stops · 1.1 km as the crow flies · about 45 min in all" in html
    assert "On, on foot: 1.1 km, about 20 min" in html
    assert "A sample route" in html
    assert "style=" not in html


def test_a_route_is_a_file_that_navigators_read(client, route):
    answer = client.get("/en/city/sirjan/a-day/gpx/")
    assert answer.headers["Content-Type"] == "application/gpx+xml"
    assert "attachment" in answer.headers["Content-Disposition"]
    read = gpxpy.parse(answer.content.decode())
    assert [point.name for point in read.routes[0].points] == ["1. Kiosk", "2. A bench"]
    assert read.link == "http://testserver/en/city/sirjan/a-day/"


def test_a_draft_has_no_file(client, route):
    route.unpublish()
    assert client.get("/en/city/sirjan/a-day/gpx/").status_code == 404


def test_machines_read_a_trip(client, route):
    html = client.get("/en/city/sirjan/a-day/").content.decode()
    graph = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)[1])["@graph"]
    trip = next(node for node in graph if node["@type"] == "TouristTrip")
    steps = trip["itinerary"]["itemListElement"]
    assert [(step["position"], step["item"]["name"]) for step in steps] == [(1, "Kiosk"), (2, "A bench")]
    assert steps[0]["item"]["geo"] == {"@type": "GeoCoordinates", "latitude": "29.46000", "longitude": "55.67000"}


def test_more_stops_cost_no_query(client, route, spot, django_assert_max_num_queries):
    client.get("/en/city/sirjan/a-day/")
    with django_assert_max_num_queries(20) as few:
        client.get("/en/city/sirjan/a-day/")
    RouteStop.objects.bulk_create(RouteStop(page=route, sort_order=order, spot=spot) for order in range(3, 15))
    with django_assert_max_num_queries(len(few)):
        client.get("/en/city/sirjan/a-day/")


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({}, "no_place"),
        ({"name_en": "A bench"}, "no_place"),
        ({"name_en": "A bench", "latitude": "29.4"}, "half_position"),
        ({"spot": True, "name_en": "A bench"}, "two_places"),
    ],
)
def test_a_stop_that_is_nowhere_or_in_two_places_is_refused(fields, code, spot):
    stop = RouteStop(**fields | ({"spot": spot} if "spot" in fields else {}))
    with pytest.raises(ValidationError) as refusal:
        stop.clean()
    assert refusal.value.code == code


def test_a_place_of_a_route_is_not_deleted_under_it(route, spot):
    with pytest.raises(Exception, match="protected"):
        spot.delete()
    assert Spot.objects.filter(pk=spot.pk).exists()


def test_a_draft_of_the_editor_shows_its_own_stops(route, spot):
    route.stops = [RouteStop(sort_order=1, name_en="A well", latitude="29.48", longitude="55.66")]
    html = route.make_preview_request().content.decode()
    assert 'data-name="1. A well"' in html
    assert "A bench" not in html


def test_a_kept_page_of_a_route_is_old_once_a_place_moves(client, route, spot, django_capture_on_commit_callbacks):
    assert 'data-lat="29.46000"' in client.get("/en/city/sirjan/a-day/").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        spot.latitude = "29.40"
        spot.save()
    assert 'data-lat="29.40000"' in client.get("/en/city/sirjan/a-day/").content.decode()


def test_a_translation_begins_with_the_same_stops(route, sirjan):
    persian = publish_city_story(sirjan, "fa", {"lead": "گلیم"})
    copy = route.copy_for_translation(persian.locale)
    assert [(stop.name_en, stop.minutes) for stop in copy.stops.all()] == [("", 10), ("A bench", 15)]
    assert copy.get_parent().pk == persian.pk
