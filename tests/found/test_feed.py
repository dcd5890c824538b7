"""The Merchant feed, read by feedparser and held against Google's rules for what must stand in an item."""

import gzip
import re
from datetime import date

import feedparser
import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from catalogue.models import Product
from marketplace.core import clock, jobs, outbox
from marketplace.found import feed_parts
from marketplace.found.feed import sold_between
from marketplace.found.models import KeptFile
from marketplace.listing.services import add_variant, create_work, edit_work, withdraw_offer
from tests.found.files import address_of
from tests.shop.conftest import add_image

pytestmark = pytest.mark.django_db
#: What Merchant Center refuses an item without.
REQUIRED = ("g_id", "title", "summary", "link", "g_image_link", "g_price", "g_availability", "g_condition")


@pytest.fixture(autouse=True)
def _one_part(monkeypatch):
    """Whatever the numbers of works are: a database may have counted on."""
    monkeypatch.setattr(feed_parts, "PART", 10**9)


def read(client, language: str = "en") -> list:
    answer = client.get(f"/feeds/google-{language}.xml")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/rss+xml; charset=utf-8")
    feed = feedparser.parse(answer.getvalue())
    assert not feed.bozo, feed.get("bozo_exception")
    assert (feed.version, feed.namespaces["g"]) == ("rss20", "http://base.google.com/ns/1.0")
    for item in feed.entries:
        assert all(item.get(name) for name in REQUIRED), item
        assert re.fullmatch(r"[1-9]\d* IRR", item.g_price)
        assert len(item.title) <= 150
    assert len({item.g_id for item in feed.entries}) == len(feed.entries)
    return feed.entries


def ids(items: list) -> list[int]:
    return [int(item.g_id) for item in items]


def test_a_work_on_sale_stands_in_it_with_its_cheapest_offer_in_rial(client, market, wool, settings):
    kilim = market[0]
    kilim.materials.add(wool)
    assert feed_parts.refresh() == 1
    item = read(client)[0]
    with override("en"):
        address = settings.SITE_URL + kilim.get_absolute_url()
    assert {name: item[name] for name in item if name.startswith("g_")} == {
        "g_id": str(kilim.pk),
        "g_image_link": address_of(f"works/{kilim.pk}-0-1200.webp", settings.SITE_URL),
        "g_additional_image_link": address_of(f"works/{kilim.pk}-1-1200.webp", settings.SITE_URL),
        "g_price": "170000000 IRR",
        "g_availability": "in_stock",
        "g_condition": "new",
        "g_identifier_exists": "no",
        "g_brand": "Kilim workshop",
        "g_product_type": "Loom weaves > Kilim weaving",
        "g_material": "Hand-spun wool",
        "g_shipping_weight": "3400 g",
        "g_max_handling_time": "2",
    }
    assert (item.title, item.link) == ("Shiriki-pich kilim", address)


def test_each_language_has_its_own_feed(client, market):
    feed_parts.refresh()
    persian, english = read(client, "fa")[0], read(client, "en")[0]
    assert (persian.title, persian.g_brand) == ("گلیم شیریکی‌پیچ", "کارگاه گلیم")
    assert (persian.g_id, persian.g_price) == (english.g_id, english.g_price)
    assert "/en/" not in persian.link
    assert client.get("/feeds/google-tr.xml").status_code == 404


def test_a_foreign_work_has_its_seller_for_no_brand(client, market):
    feed_parts.refresh()
    tray = next(item for item in read(client) if item.g_id == str(market[1].pk))
    assert "g_brand" not in tray


def test_what_cannot_be_bought_is_left_out(client, market):
    kilim, foreign, unproven = market
    foreign.stockrecords.get().allocate(2)
    withdraw_offer(offer=unproven.stockrecords.get(), because="test")
    feed_parts.refresh()
    assert ids(read(client)) == [kilim.pk]
    Product.objects.filter(pk=kilim.pk).update(is_public=False)
    feed_parts.make(0)
    assert read(client) == []


def test_an_offer_in_a_bound_bazaar_ends_with_the_proof_of_its_origin(client, market):
    clock.set_today(date(2028, 1, 2))
    feed_parts.refresh()
    assert read(client)[0].g_price == "180000000 IRR"


def test_a_work_without_a_picture_waits_for_one(client, kilim):
    feed_parts.refresh()
    assert read(client) == []
    add_image(kilim)
    feed_parts.make(0)
    assert ids(read(client)) == [kilim.pk]


def test_variants_are_items_of_a_group(client, weaver, licence, kilim_craft):
    work = create_work(maker=weaver, craft=kilim_craft, title_fa="گبه", title_en="Gabbeh", one_of_a_kind=False)
    small = add_variant(work=work, title_fa="گبه کوچک", title_en="Small gabbeh", price_rial=30_000_000, pieces=1)
    add_image(work)
    feed_parts.refresh()
    [item] = read(client)
    assert (item.g_id, item.g_item_group_id, item.title) == (str(small.pk), str(work.pk), "Small gabbeh")


def test_what_xml_cannot_hold_is_dropped_and_the_rest_escaped(client, market):
    Product.objects.filter(pk=market[0].pk).update(title_en="Kilim \x0b <b> & \ud7ff", description_en="A\x01B")
    feed_parts.refresh()
    assert read(client)[0].summary == "AB"


def test_a_part_costs_the_same_queries_however_many_works(market, more_works):
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            sold_between(0, 1_000_000, on=clock.today())
        return len(queries)

    few = asked()
    more_works(20)
    assert (few, asked()) == (3, 3)


def test_the_packed_feed_says_the_same(client, market):
    feed_parts.refresh()
    packed = client.get("/feeds/google-en.xml.gz")
    assert packed["Content-Type"] == "application/gzip"
    assert gzip.decompress(packed.getvalue()) == client.get("/feeds/google-en.xml").getvalue()


def test_reading_it_makes_nothing(client, market):
    feed_parts.refresh()
    with CaptureQueriesContext(connection) as queries:
        read(client)
    assert len(queries) == 1


def test_a_stopped_worker_goes_on_where_it_was(market, monkeypatch):
    last = market[-1].pk
    part = last // 3 + 1  # two or three parts, however high the numbers are
    monkeypatch.setattr(feed_parts, "PART", part)
    assert feed_parts.refresh(seconds=0) == 1
    made = set(KeptFile.objects.values_list("kind", "number"))
    assert made == {("feed-fa", 0), ("feed-en", 0)}
    assert feed_parts.refresh(seconds=600) == last // part > 0
    assert KeptFile.objects.filter(kind="feed-en").count() == last // part + 1
    assert feed_parts.refresh() == 0


def test_a_changed_work_s_part_is_made_anew_and_its_old_file_goes(client, market):
    feed_parts.refresh()
    while outbox.drain():
        pass
    feed_parts.refresh()
    before = KeptFile.objects.get(kind="feed-en").name
    assert feed_parts.refresh() == 0
    edit_work(work=market[0], title_en="Another kilim")
    while outbox.drain():
        pass
    assert feed_parts.refresh() == 1
    assert read(client)[0].title == "Another kilim"
    assert not default_storage.exists(before)


def test_a_new_day_makes_every_part_anew(market):
    feed_parts.refresh()
    assert list(feed_parts.due()) == []
    clock.set_today(date(2099, 1, 1))
    assert list(feed_parts.due()) == [0]


def test_the_worker_knows_it():
    assert "feed" in {job.name for job in jobs.registered()}
