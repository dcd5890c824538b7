"""Makers, venues, cities, crafts."""

import pytest

from marketplace.makers.models import Maker
from tests.cast import DAY

pytestmark = pytest.mark.django_db


def test_makers_by_slug_with_cursor(client, weaver, coppersmith, kilim):
    first = client.get("/api/v1/makers", {"limit": 1, "lang": "en"}).json()
    assert (first["total"], [one["name"] for one in first["items"]]) == (2, ["Copper workshop"])
    second = client.get("/api/v1/makers", {"limit": 1, "cursor": first["next_cursor"]}).json()
    assert [(one["slug"], one["works"], one["city"]["slug"]) for one in second["items"]] == [("weaver", 1, "sirjan")]
    assert second["next_cursor"] is None


def test_one_maker_with_licences_in_force(client, weaver, licence):
    body = client.get("/api/v1/makers/weaver", {"lang": "en"}).json()
    assert body["licences"] == [
        {
            "craft_group": {"slug": "flatweave", "name": "Loom weaves"},
            "kind": "individual",
            "valid_until": "2027-06-01",
            "is_demo": False,
        }
    ]
    licence.revoked_on = DAY
    licence.save()
    assert client.get("/api/v1/makers/weaver").json()["licences"] == []


def test_venues_tell_whether_they_are_bound_and_open(client, bazaar, free_shop):
    body = client.get("/api/v1/venues").json()
    assert [(one["slug"], one["is_bound"], one["is_open"]) for one in body["items"]] == [
        ("free-shop", False, True),
        ("qaleh-mahmoud", True, True),
    ]


def test_cities_and_crafts(client, sirjan, kilim_craft):
    city = client.get("/api/v1/cities", {"lang": "en"}).json()["items"][0]
    assert (city["name"], city["rank"], city["rank_year"], city["latitude"]) == ("Sirjan", "world", 1396, 29.45)
    craft = client.get("/api/v1/crafts", {"lang": "en"}).json()["items"][0]
    assert (craft["name"], craft["group"]["name"]) == ("Kilim weaving", "Loom weaves")
    assert craft["url"].endswith("/en/craft/kilim/")


@pytest.mark.parametrize(("name", "queries"), [("makers", 3), ("venues", 2), ("cities", 3), ("crafts", 2)])
def test_queries_do_not_grow_with_the_list(client, weaver, bazaar, sirjan, name, queries, django_assert_num_queries):
    for number in range(20):
        maker = Maker.objects.create(slug=f"maker-{number}", name_fa="-", name_en="-", city=sirjan)
        maker.crafts.set(weaver.crafts.all())
    with django_assert_num_queries(queries):
        assert client.get(f"/api/v1/{name}", {"limit": 100}).status_code == 200
