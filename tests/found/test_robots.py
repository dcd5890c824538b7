"""robots.txt by the standard library's own reader, and the site that is not to be indexed."""

from urllib.robotparser import RobotFileParser

import pytest

pytestmark = pytest.mark.django_db
HOST = "http://testserver"


@pytest.fixture
def robots(client):
    def read() -> RobotFileParser:
        reader = RobotFileParser()
        reader.parse(client.get("/robots.txt").content.decode().splitlines())
        return reader

    return read


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_pages_are_open_and_rooms_of_one_person_are_closed(robots, prefix):
    reader = robots()
    for path in ("/", "/search/", "/work/1/kilim/", "/city/sirjan/", "/makers/?page=2"):
        assert reader.can_fetch("Googlebot", prefix + path), path
    for path in (
        *("/basket/", "/checkout/address/", "/account/", "/desk/works/", "/sign-in/", "/list/x/"),
        "/search/suggest/?q=a",
    ):
        assert not reader.can_fetch("Googlebot", prefix + path), path


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_searches_have_no_end_and_are_closed(client, prefix):
    # a wildcard of RFC 9309, which the standard library's reader does not know
    assert f"Disallow: {prefix}/search/?*" in client.get("/robots.txt").content.decode().splitlines()


@pytest.mark.parametrize("path", ["/admin/", "/cms/", "/pay/x/", "/private/x", "/api/v1/works"])
def test_doors_without_a_language_are_closed(robots, path):
    assert not robots().can_fetch("Googlebot", path)


def test_the_sitemap_is_named_where_the_site_is_indexed(robots, settings):
    assert robots().site_maps() == [f"{HOST}/sitemap.xml"]
    settings.INDEXED = False
    assert robots().site_maps() is None


def test_a_site_that_is_not_the_real_one_asks_to_be_kept_nowhere(client, settings, market):
    paths = ["/", "/robots.txt", "/en/search/", "/media/none.webp"]
    assert [client.get(path).headers.get("X-Robots-Tag") for path in paths] == [None] * 4
    settings.INDEXED = False
    other = type(client)()
    assert [other.get(path).headers.get("X-Robots-Tag") for path in paths] == ["noindex, nofollow"] * 4
