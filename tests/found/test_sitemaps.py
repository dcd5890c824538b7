"""Sitemaps, read by a parser of others and held against the rules of sitemaps.org."""

import re
from datetime import datetime

import pytest
from defusedxml.ElementTree import fromstring
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from catalogue.models import Product
from marketplace.found import sitemaps
from tests.found.files import address_of
from tests.shop.conftest import add_image

pytestmark = pytest.mark.django_db
HOST = "http://testserver"
NS = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML, IMAGE = "{http://www.w3.org/1999/xhtml}", "{http://www.google.com/schemas/sitemap-image/1.1}"
#: What sitemaps.org allows in one file.
MOST_ADDRESSES, MOST_BYTES, LONGEST_ADDRESS = 50_000, 50 * 1024 * 1024, 2_048


@pytest.fixture(autouse=True)
def _fresh_index(monkeypatch):
    monkeypatch.setattr(sitemaps, "PART", 1_000_000_000)
    cache.delete(sitemaps.INDEX_KEY)
    yield
    cache.delete(sitemaps.INDEX_KEY)


def read(client, path: str) -> bytes:
    answer = client.get(path)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/xml")
    return answer.getvalue()


def locations(xml: bytes, item: str) -> list[str]:
    """The addresses of a file, each checked against the rules."""
    assert len(xml) <= MOST_BYTES
    root = fromstring(xml)
    assert root.tag == NS + {"url": "urlset", "sitemap": "sitemapindex"}[item]
    assert 1 <= len(root) <= MOST_ADDRESSES
    found = []
    for entry in root:
        assert entry.tag == NS + item
        [address] = [one.text for one in entry.findall(NS + "loc")]
        assert address.startswith(HOST)
        assert len(address) < LONGEST_ADDRESS
        assert re.fullmatch(r"[!-~]+", address), "an address is written in ASCII"
        for day in entry.findall(NS + "lastmod"):
            assert datetime.fromisoformat(day.text).tzinfo
        found.append(address)
    assert len(found) == len(set(found))
    return found


def in_fa(work: Product) -> str:
    with override("fa"):
        return work.get_absolute_url()


def test_the_index_names_every_part_and_each_can_be_read(client, market):
    named = locations(read(client, "/sitemap.xml"), "sitemap")
    assert [one.removeprefix(HOST) for one in named] == [
        "/sitemaps/pages-0.xml",
        "/sitemaps/works-0.xml",
        "/sitemaps/makers-0.xml",
    ]
    for address in named:
        locations(read(client, address.removeprefix(HOST)), "url")


def test_a_work_stands_in_both_languages_with_its_pictures(client, market):
    xml = read(client, "/sitemaps/works-0.xml")
    paths = [in_fa(work) for work in market]
    assert locations(xml, "url") == [HOST + prefix + path for path in paths for prefix in ("", "/en")]
    first = fromstring(xml)[0]
    links = {link.get("hreflang"): link.get("href") for link in first.findall(XHTML + "link")}
    assert links == {"fa": HOST + paths[0], "en": f"{HOST}/en{paths[0]}", "x-default": HOST + paths[0]}
    assert [one.text for one in first.findall(f"{IMAGE}image/{IMAGE}loc")] == [
        address_of(f"works/{market[0].pk}-{number}-1200.webp") for number in (0, 1)
    ]


def test_of_many_pictures_the_first_five_are_named(client, market):
    for _picture in range(6):
        add_image(market[0])
    first = fromstring(read(client, "/sitemaps/works-0.xml"))[0]
    assert len(first.findall(f"{IMAGE}image")) == 5


def test_every_address_of_a_sitemap_is_a_page_that_may_be_indexed(client, market):
    closed = [line.removeprefix("Disallow: ") for line in client.get("/robots.txt").content.decode().splitlines()]
    for kind in ("pages", "works", "makers"):
        for address in locations(read(client, f"/sitemaps/{kind}-0.xml"), "url"):
            path = address.removeprefix(HOST)
            html = client.get(path).content.decode()
            assert f'<link rel="canonical" href="{address}">' in html
            assert "noindex" not in html
            assert not any(path.startswith(one) for one in closed if one.startswith("/")), path


def test_what_has_no_page_is_not_named(client, market):
    Product.objects.filter(pk=market[1].pk).update(is_public=False)
    assert not any(in_fa(market[1]) in one for one in locations(read(client, "/sitemaps/works-0.xml"), "url"))


@pytest.mark.parametrize("path", ["/sitemaps/works-7.xml", "/sitemaps/orders-0.xml"])
def test_a_part_that_is_not_named_is_not_found(client, market, path):
    assert client.get(path).status_code == 404


def test_parts_are_ranges_of_ids_and_hold_each_work_once(client, market, monkeypatch):
    monkeypatch.setattr(sitemaps, "PART", 1)
    cache.delete(sitemaps.INDEX_KEY)
    named = [one for one in locations(read(client, "/sitemap.xml"), "sitemap") if "/works-" in one]
    assert named == [f"{HOST}/sitemaps/works-{work.pk}.xml" for work in market]
    assert [locations(read(client, one.removeprefix(HOST)), "url")[0] for one in named] == [
        HOST + in_fa(work) for work in market
    ]


def test_a_part_costs_two_queries_however_many_works(client, market, more_works):
    def asked() -> list[str]:
        cache.delete(sitemaps.INDEX_KEY)
        read(client, "/sitemap.xml")
        with CaptureQueriesContext(connection) as queries:
            read(client, "/sitemaps/works-0.xml")
        return [query["sql"] for query in queries]

    few = asked()
    more_works(20)
    many = asked()
    assert (len(few), len(many)) == (2, 2)
    assert not any("OFFSET" in sql or "COUNT" in sql for sql in many)


def test_the_index_is_two_statements_and_then_none(client, market):
    with CaptureQueriesContext(connection) as queries:
        read(client, "/sitemap.xml")
    assert len(queries) == 2
    with CaptureQueriesContext(connection) as queries:
        read(client, "/sitemap.xml")
    assert len(queries) == 0


def test_a_part_that_did_not_change_is_not_read_again(client, market):
    changed = client.get("/sitemaps/works-0.xml")["Last-Modified"]
    again = client.get("/sitemaps/works-0.xml", headers={"if-modified-since": changed})
    assert (again.status_code, again["Cache-Control"]) == (304, "public, max-age=3600")


def test_a_name_that_xml_would_trip_over_is_escaped(client, market):
    Product.objects.filter(pk=market[0].pk).update(slug="a&b<c")
    xml = read(client, "/sitemaps/works-0.xml")
    assert b"a&b" not in xml
    assert locations(xml, "url")[0] == f"{HOST}/work/{market[0].pk}/a&b%3Cc/"
