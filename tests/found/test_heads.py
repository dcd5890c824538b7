"""Canonical addresses, languages and the cards that a page is shared as."""

import pytest
from bs4 import BeautifulSoup
from django.utils.translation import override

from tests.found.files import address_of

pytestmark = pytest.mark.django_db
HOST = "http://testserver"


def head(client, path: str) -> BeautifulSoup:
    return BeautifulSoup(client.get(path).content, "html.parser").head


def links(page: BeautifulSoup) -> dict[str, str]:
    return {link.get("hreflang", "canonical"): link["href"] for link in page.select("link[rel=canonical], [hreflang]")}


def said(page: BeautifulSoup) -> dict[str, str]:
    named = page.select("meta[property], meta[name^=twitter]")
    return {meta.get("property") or meta["name"]: meta["content"] for meta in named}


@pytest.mark.parametrize(
    "path", ["/", "/search/", "/city/sirjan/", "/craft/kilim/", "/maker/weaver/", "/venue/qaleh-mahmoud/", "/about/"]
)
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_a_page_names_itself_and_both_languages(client, market, path, prefix):
    assert links(head(client, prefix + path)) == {
        "canonical": HOST + prefix + path,
        "fa": HOST + path,
        "en": f"{HOST}/en{path}",
        "x-default": HOST + path,
    }


@pytest.mark.parametrize("path", ["/city/sirjan/?utm_source=x", "/search/?sort=price", "/makers/?page=1"])
def test_a_query_that_changes_no_works_is_dropped(client, market, path):
    plain = path.partition("?")[0]
    page = head(client, path)
    assert links(page) == {
        "canonical": HOST + plain,
        "fa": HOST + plain,
        "en": f"{HOST}/en{plain}",
        "x-default": HOST + plain,
    }
    assert page.select("meta[name=robots]") == []


@pytest.mark.parametrize("query", ["q=kilim", "city=sirjan", "price_min=1000"])
def test_a_search_is_not_indexed_and_stands_for_no_other_page(client, market, query):
    page = head(client, f"/search/?{query}")
    assert links(page) == {}
    assert [meta["content"] for meta in page.select("meta[name=robots]")] == ["noindex, follow"]


def test_a_work_is_shared_with_its_picture_and_words(client, market):
    with override("fa"):
        path = market[0].get_absolute_url()
    assert said(head(client, f"/en{path}")) == {
        "og:site_name": "Rasteh",
        "og:locale": "en_US",
        "og:url": f"{HOST}/en{path}",
        "og:type": "product",
        "og:title": "Shiriki-pich kilim · Kilim workshop",
        "og:image": address_of(f"works/{market[0].pk}-0-1200.webp"),
        "og:image:width": "1200",
        "og:image:height": "1200",
        "og:image:alt": "A kilim with red diamonds",
        "twitter:image:alt": "A kilim with red diamonds",
        "twitter:card": "summary_large_image",
    }


def test_a_page_without_a_picture_is_a_small_card(client, kilim):
    with override("fa"):
        path = kilim.get_absolute_url()
    shared = said(head(client, path))
    assert (shared["twitter:card"], shared["og:locale"], "og:image" in shared) == ("summary", "fa_IR", False)
