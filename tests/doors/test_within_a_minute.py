"""A seal or a label that was taken back is seen everywhere within a minute: pages ask anew, the search follows the worker's next round,
and nothing that others may keep is kept longer than that."""

import json
import re

import pytest
from django.test import Client

from authenticity.credentials.status_list import decode, is_set
from authenticity.passports import LIST_LENGTH, revoke
from authenticity.seals import revoke_seal, suspend_seal
from marketplace.basket.models import Line
from marketplace.core import clock, jobs, outbox
from marketplace.core.management.commands.worker import Command
from marketplace.search.queries import SearchRequest, find
from tests.cast import DAY

pytestmark = pytest.mark.django_db
MINUTE = 60


def a_round() -> None:
    """What the worker does every second; its command would close the connection of the test's own transaction."""
    while outbox.drain():
        pass


def sealed() -> list[int]:
    return find(SearchRequest(facets={"seal": ("quality-mark",)})).ids


def subject(client: Client, address: str) -> dict:
    return json.loads(client.get(address).content)["credentialSubject"]


def kept_for(response) -> int:
    """Seconds for which anybody may show this answer again without asking; nothing said is nothing kept, for no page has a date."""
    assert not response.headers.get("Last-Modified")
    said = re.search(r"max-age=(\d+)", response.headers.get("Cache-Control", ""))
    return int(said[1]) if said else 0


@pytest.mark.parametrize("lose", [revoke_seal, suspend_seal])
def test_a_lost_seal_is_gone_from_page_basket_and_search(engine, client: Client, kilim, seal, lose):
    a_round()
    assert sealed() == [kilim.pk]
    page, name = "/en" + kilim.get_absolute_url(), '<span class="seal">'
    client.post("/basket/add/", {"offer": kilim.stockrecords.get().pk})
    assert (name in client.get(page).content.decode(), Line.objects.get().seals) == (True, [seal.pk])
    lose(grant=seal, because="sample")
    assert name not in client.get(page).content.decode()
    assert "The seal “Quality mark” of this work is no longer in force." in client.get("/en/basket/").content.decode()
    a_round()
    assert sealed() == []
    assert find(SearchRequest()).ids == [kilim.pk]
    assert find(SearchRequest()).facets["seal"] == []


def test_the_worker_looks_every_second_and_for_expired_seals_every_minute():
    parser = Command().create_parser("manage.py", "worker")
    assert parser.parse_args([]).interval <= 1
    assert {job.name: job.seconds for job in jobs.registered()}["seals that expired"] <= MINUTE


def test_a_seal_that_expired_is_found_no_more_on_the_day_itself(engine, kilim, seal, day):
    type(seal).objects.filter(pk=seal.pk).update(valid_until=DAY)
    a_round()
    assert sealed() == [kilim.pk]
    clock.set_today(clock.days_ahead(1))
    assert sealed() == []


def test_a_revoked_label_is_marked_in_its_list_at_once(client, passport):
    place = passport.status_index % LIST_LENGTH
    address = f"/status/revocation-{passport.status_index // LIST_LENGTH}.json"
    marked = lambda: is_set(decode(subject(client, address)["encodedList"]), place)  # noqa: E731
    assert not marked()
    revoke(passport=passport, because="sample")
    assert marked()


def test_a_lost_seal_takes_no_label_back(client, passport, seal):
    address = f"/status/revocation-{passport.status_index // LIST_LENGTH}.json"
    before = subject(client, address)
    revoke_seal(grant=seal, because="sample")
    assert subject(client, address) == before


def test_nothing_that_tells_of_a_seal_or_label_is_kept_longer_than_a_minute(client, kilim, seal, passport):
    addresses = [
        *(kilim.get_absolute_url(), "/", "/search/", "/basket/", f"/maker/{kilim.maker.slug}/"),
        *(f"/v/{passport.code}", f"/v/{passport.code}?format=json", f"/v/{passport.code}/credential.json"),
        *("/status/revocation-0.json", "/status/suspension-0.json", f"/api/v1/works/{kilim.pk}"),
    ]
    kept = {address: kept_for(client.get(address)) for address in addresses}
    assert {address: seconds for address, seconds in kept.items() if seconds > MINUTE} == {}
