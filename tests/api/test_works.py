"""/api/v1/works and one work."""

from datetime import date, timedelta
from urllib.parse import urljoin

import pytest
from django.core.files.storage import default_storage

from authenticity.models import SealGrant, SealScheme
from catalogue.models import Product, ProductImage
from marketplace.core import clock
from marketplace.listing.services import create_work, offer_in_venue
from marketplace.search.services import index_works

pytestmark = pytest.mark.django_db
WORKS = "/api/v1/works"


@pytest.fixture
def market(kilim, foreign_tray, unproven_tray, bazaar, kilim_line, weaver):
    """The kilim, sealed and offered in a bound bazaar as well, and two trays that are not domestic."""
    offer_in_venue(work=kilim, venue=bazaar, price_rial=170_000_000, pieces=1)
    scheme = SealScheme.objects.create(
        slug="unesco", name_fa="مهر اصالت", name_en="Seal of excellence", body_fa="-", body_en="-"
    )
    dates = {"valid_from": date(2026, 1, 1), "valid_until": date(2026, 12, 31)}
    SealGrant.objects.create(scheme=scheme, product_line=kilim_line, maker=weaver, number="S-1", **dates)
    ProductImage.objects.create(
        product=kilim, original="works/k.webp", width=1200, height=900, sizes={"320": "works/k-320.webp", "640": "works/k-640.webp"},
        alt_fa="نقش گلیم", alt_en="A kilim's pattern", is_demo=True,
    )  # fmt: skip
    index_works([kilim.pk, foreign_tray.pk, unproven_tray.pk])


def titles(client, **asked) -> list[str]:
    return [item["title_en"] for item in client.get(WORKS, asked).json()["items"]]


def test_an_item_tells_what_was_promised(market, client, kilim, settings):
    settings.SITE_URL = "https://rasteh.example"
    body = client.get(WORKS, {"q": "گلیم", "lang": "en"}).json()
    assert (body["total"], body["next_cursor"]) == (1, None)
    assert body["items"] == [
        {
            "id": kilim.pk,
            "url": f"https://rasteh.example{'/en' + kilim.get_absolute_url()}",
            "title": "گلیم شیریکی‌پیچ",
            "title_en": "Shiriki-pich kilim",
            "craft": {"slug": "kilim", "name": "Kilim weaving"},
            "craft_group": {"slug": "flatweave", "name": "Loom weaves"},
            "city": {"slug": "sirjan", "name": "Sirjan"},
            "province": {"slug": "kerman", "name": "Kerman"},
            "maker": {"slug": "weaver", "name": "Kilim workshop"},
            "price_rial": 170_000_000,
            "seals": [{"slug": "unesco", "name": "Seal of excellence", "number": "S-1", "valid_until": "2026-12-31"}],
            "origin_state": "domestic",
            "venues": [{"slug": "qaleh-mahmoud", "name": "Qaleh Mahmoud bazaar"}],
            "picture": {
                "url": urljoin("https://rasteh.example", default_storage.url("works/k-640.webp")),
                "width": 1200,
                "height": 900,
                "sizes": {
                    "320": urljoin("https://rasteh.example", default_storage.url("works/k-320.webp")),
                    "640": urljoin("https://rasteh.example", default_storage.url("works/k-640.webp")),
                },
                "alt": "A kilim's pattern",
                "is_demo": True,
            },
            "is_demo": False,
        }
    ]


def test_names_and_addresses_are_persian_unless_asked(market, client):
    item = client.get(WORKS, {"q": "kilim"}).json()["items"][0]
    assert item["city"]["name"] == "سیرجان"
    assert "/en/" not in item["url"]
    assert item["picture"]["alt"] == "نقش گلیم"


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"q": "gelim"}, ["Shiriki-pich kilim"]),
        ({"city": "sirjan"}, ["Shiriki-pich kilim"]),
        ({"origin": ["foreign", "unproven"], "sort": "price"}, ["Copper tray", "Chased tray"]),
        ({"origin": "foreign", "city": "sirjan"}, []),
        ({"venue": "qaleh-mahmoud"}, ["Shiriki-pich kilim"]),
        ({"seal": "unesco"}, ["Shiriki-pich kilim"]),
        ({"price_max": 50_000_000, "sort": "-price"}, ["Chased tray", "Copper tray"]),
        ({"price_min": 50_000_001}, ["Shiriki-pich kilim"]),
        ({"q": "no such thing"}, []),
    ],
)
def test_filters(market, client, asked, expected):
    assert titles(client, **asked) == expected


def test_pages_follow_by_cursor(market, client):
    seen, cursor = [], ""
    for _page in range(3):
        body = client.get(WORKS, {"limit": 1, "cursor": cursor, "sort": "price"}).json()
        assert body["total"] == 3
        seen += [item["title_en"] for item in body["items"]]
        cursor = body["next_cursor"]
    assert seen == ["Copper tray", "Chased tray", "Shiriki-pich kilim"]
    assert cursor is None


def test_a_work_that_may_not_be_sold_today_is_not_listed(client, kilim, bazaar):
    offer_in_venue(work=kilim, venue=bazaar, price_rial=1_000_000, pieces=1)
    kilim.stockrecords.filter(venue=None).update(withdrawn_at="2026-11-22T08:00Z")
    index_works([kilim.pk])
    assert len(titles(client)) == 1
    clock.set_today(kilim.domestic_until + timedelta(days=1))
    assert titles(client) == []
    body = client.get(f"{WORKS}/{kilim.pk}").json()
    assert (body["price_rial"], body["offers"], body["venues"], body["origin_state"]) == (None, [], [], "unproven")


def test_one_work_in_full(market, client, kilim):
    body = client.get(f"{WORKS}/{kilim.pk}", {"lang": "en"}).json()
    assert (body["length_mm"], body["width_mm"], body["height_mm"], body["weight_grams"]) == (1200, 800, None, 3400)
    assert body["offers"] == [
        {"venue": {"slug": "qaleh-mahmoud", "name": "Qaleh Mahmoud bazaar"}, "price_rial": 170_000_000, "pieces": 1},
        {"venue": None, "price_rial": 180_000_000, "pieces": 3},
    ]
    assert len(body["pictures"]) == 1


@pytest.mark.parametrize("number", [0, 10**9, 10**30])
def test_no_such_work(db, client, number):
    answer = client.get(f"{WORKS}/{number}")
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")


def test_a_hidden_work_is_not_there(client, kilim):
    Product.objects.filter(pk=kilim.pk).update(is_public=False)
    assert client.get(f"{WORKS}/{kilim.pk}").status_code == 404


def test_the_same_queries_for_one_work_and_for_many(
    market, client, kilim, weaver, kilim_craft, django_assert_num_queries
):
    with django_assert_num_queries(4):
        assert len(titles(client, craft="kilim")) == 1
    many = [create_work(maker=weaver, craft=kilim_craft, title_fa="گلیم", price_rial=1_000_000) for _ in range(30)]
    index_works(work.pk for work in many)
    with django_assert_num_queries(4):
        assert len(titles(client, craft="kilim", limit=100)) == 31
    with django_assert_num_queries(5):
        client.get(f"{WORKS}/{kilim.pk}")
