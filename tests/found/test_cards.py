"""Pictures for sharing: drawn by the worker, shown by the page, said in words."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image

from marketplace.core import jobs
from marketplace.found import cards
from marketplace.found.models import KeptFile
from marketplace.places.models import City
from tests.found.files import address_of

pytestmark = pytest.mark.django_db
HOST = "http://testserver"


def said(client, path: str) -> dict[str, str]:
    page = BeautifulSoup(client.get(path).content, "html.parser")
    return {meta["property"]: meta["content"] for meta in page.select("meta[property^='og:image']")}


@pytest.fixture
def drawn(market):
    cards.refresh(seconds=600)


def test_every_city_craft_and_group_has_a_card_in_each_language(drawn, sirjan):
    # the market, two cities, two groups, two crafts
    assert KeptFile.objects.filter(kind__startswith="card-").count() == 7 * 2
    kept = KeptFile.objects.get(kind="card-city-fa", number=sirjan.pk)
    with default_storage.open(kept.name) as file:
        picture = Image.open(BytesIO(file.read()))
    assert (picture.format, picture.size) == ("PNG", (1200, 630))


@pytest.mark.parametrize(
    ("path", "kind", "alt"),
    [
        ("/city/sirjan/", "city-fa", "سیرجان"),
        ("/en/city/sirjan/", "city-en", "Sirjan"),
        ("/en/craft/copper/", "craft-en", "Coppersmithing"),
        ("/en/crafts/metal/", "craftgroup-en", "Metalwork"),
        ("/en/", "market-en", "Rasteh"),
    ],
)
def test_a_page_is_shared_with_its_card_and_its_words(client, drawn, path, kind, alt):
    shared = said(client, path)
    names = list(KeptFile.objects.filter(kind=f"card-{kind}").values_list("name", flat=True))
    [name] = [name for name in names if address_of(name) == shared["og:image"]]
    assert (shared["og:image:width"], shared["og:image:height"]) == ("1200", "630")
    assert alt in shared["og:image:alt"]
    with default_storage.open(name) as file:
        picture = Image.open(file)
        assert (picture.format, picture.size) == ("PNG", (1200, 630))


def test_until_it_is_drawn_a_work_s_picture_stands_in(client, market):
    assert said(client, "/city/sirjan/")["og:image"] == address_of(f"works/{market[0].pk}-0-1200.webp")


def test_a_page_asks_nothing_more_for_its_card(client, drawn):
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get("/city/sirjan/")
        return len(queries)

    client.get("/city/sirjan/")
    with_card = asked()
    KeptFile.objects.all().delete()
    cards.forget()
    client.get("/city/sirjan/")
    assert asked() == with_card


def test_a_card_is_drawn_again_only_when_it_says_something_else(drawn, sirjan):
    assert cards.refresh() == 0
    before = KeptFile.objects.get(kind="card-city-en", number=sirjan.pk).name
    City.objects.filter(pk=sirjan.pk).update(craft_en="Shiriki kilims")
    assert cards.refresh() == 1
    after = KeptFile.objects.get(kind="card-city-en", number=sirjan.pk).name
    assert default_storage.exists(after)
    assert not default_storage.exists(before)


def test_a_turn_that_is_over_leaves_the_rest_to_the_next(market):
    assert cards.refresh(seconds=0) == 1
    assert cards.refresh(seconds=600) == 13


def test_the_yarns_are_those_of_the_style_sheet():
    css = (Path(settings.BASE_DIR) / "static" / "css" / "parts.css").read_text()
    kinds = re.findall(r"^\.weave(?:\.kind-\d)? \{[^}]*--a: (#\w+); --b: (#\w+); --c: (#\w+); --d: (#\w+);", css, re.M)
    assert tuple(kinds) == cards.PALETTES


def test_the_worker_knows_them():
    assert "sharing cards" in {job.name for job in jobs.registered()}
