"""Screens of a kiosk: what stands there, in which language, and what its service worker is told to keep."""

import re

import pytest

from cms.kiosk import content
from cms.models import NewsPage, RoutePage, RouteStop
from cms.services import publish_city_story
from marketplace.places.models import Spot

pytestmark = pytest.mark.django_db


@pytest.fixture
def city_pages(sirjan):
    return {language: publish_city_story(sirjan, language, {"lead": "Kilims"}) for language in ("fa", "en")}


@pytest.fixture
def spot(sirjan):
    return Spot.objects.create(
        slug="kiosk", kind="kiosk", name_fa="کیوسک", name_en="Kiosk", city=sirjan, latitude="29.46", longitude="55.67",
        is_demo=True,
    )  # fmt: skip


@pytest.fixture
def route(city_pages, spot):
    page = RoutePage(title="A day", slug="a-day", lead="From the kiosk on.", locale=city_pages["en"].locale)
    page.stops = [RouteStop(sort_order=1, spot=spot), RouteStop(sort_order=2, spot=spot)]
    return city_pages["en"].add_child(instance=page)


def test_each_language_has_its_screens_below_one_address(client, city_pages):
    for address, language in (("/kiosk/sirjan/", "fa"), ("/kiosk/sirjan/en/", "en"), ("/kiosk/sirjan/en/map/", "en")):
        html = client.get(address).content.decode()
        assert f'<html lang="{language}"' in html
        assert "style=" not in html
    assert 'href="/kiosk/sirjan/en/map/"' in client.get("/kiosk/sirjan/map/").content.decode()
    assert client.get("/kiosk/nowhere/").status_code == 404


def test_the_start_leads_to_the_map_to_routes_and_to_pages(client, city_pages, route):
    html = client.get("/kiosk/sirjan/en/").content.decode()
    ways = re.findall(r'class="kiosk-way[^"]*" href="([^"]+)"', html)
    own = f"/kiosk/sirjan/en/page/{city_pages['en'].pk}/"
    assert ways == ["/kiosk/sirjan/en/map/", f"/kiosk/sirjan/en/page/{route.pk}/", own]


def test_a_route_is_shown_with_the_square_of_its_public_page(client, route):
    html = client.get(f"/kiosk/sirjan/en/page/{route.pk}/").content.decode()
    assert html.count('<li class="stop"') == 2
    assert "http://testserver/en/city/sirjan/a-day/" in html
    assert 'class="qr"' in html


def test_a_page_of_another_city_of_another_language_or_a_draft_is_not_found(client, city_pages, route, kerman):
    publish_city_story(kerman, "en", {"lead": "Copper"})
    assert client.get(f"/kiosk/kerman-city/en/page/{route.pk}/").status_code == 404
    assert client.get(f"/kiosk/sirjan/page/{route.pk}/").status_code == 404
    route.unpublish()
    assert client.get(f"/kiosk/sirjan/en/page/{route.pk}/").status_code == 404


def test_every_screen_is_kept_and_every_one_kept_is_there(client, city_pages, route):
    told = client.get("/kiosk/sirjan/offline.json")
    pages = told.json()["pages"]
    assert f"/kiosk/sirjan/en/page/{route.pk}/" in pages
    assert len(pages) == len(set(pages)) == 7
    assert {client.get(address).status_code for address in pages} == {200}
    assert "no-store" in told.headers["Cache-Control"]


def test_the_version_stays_until_something_changes(sirjan, city_pages, route, spot):
    seen = [content.version(sirjan)]
    assert content.version(sirjan) == seen[0]
    spot.latitude = "29.47"
    spot.save()
    seen.append(content.version(sirjan))
    route.title = "Another day"
    route.save_revision().publish()
    seen.append(content.version(sirjan))
    city_pages["fa"].add_child(instance=NewsPage(title="خبر", slug="n", lead="x", locale=city_pages["fa"].locale))
    seen.append(content.version(sirjan))
    assert len(set(seen)) == 4


def test_the_worker_answers_for_kiosks_only(client, sirjan):
    answer = client.get("/kiosk/worker.js")
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert "Service-Worker-Allowed" not in answer.headers
    assert "self.addEventListener" in answer.content.decode()


def test_screens_cost_few_queries(client, city_pages, route, django_assert_max_num_queries):
    for address in ("/kiosk/sirjan/en/", "/kiosk/sirjan/en/map/", f"/kiosk/sirjan/en/page/{route.pk}/"):
        client.get(address)
        with django_assert_max_num_queries(20):
            client.get(address)
