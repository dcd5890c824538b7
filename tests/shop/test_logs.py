"""The public logs: readable by anybody, newest first, checked by the worker; the officers' own stay closed."""

import hashlib
import json
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from authenticity.models import Passport
from authenticity.passports import make_labels, revoke, void_label
from marketplace.core import chain, jobs
from marketplace.shop.views import logs

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_cache():
    cache.clear()


def test_a_log_shows_its_newest_lines_with_both_fingerprints(client, passports):
    revoke(passport=passports[0], because="a copy was found")
    response = client.get("/en/log/passports/")
    lines = [line for line, _facts in response.context["lines"]]
    assert [(line.number, line.kind) for line in lines] == [(2, "revoked"), (1, "issued")]
    page = response.content.decode()
    for word in (lines[0].hash, lines[1].hash, chain.START, "a copy was found", "1405-000003"):
        assert word in page


def test_the_lines_as_json_can_be_worked_out_by_anybody(client, passports):
    void_label(passport=passports[0], because="پاره")
    told = client.get("/log/passports/?format=json").json()
    for line in told["lines"]:
        text = json.dumps(
            [told["chain"], line["number"], line["at"], line["kind"], line["body"], line["previous"]],
            sort_keys=True,
            ensure_ascii=False,
            separators=(",", ":"),
        )
        assert hashlib.sha256(text.encode()).hexdigest() == line["hash"]
    assert (told["lines"][0]["previous"], told["older"]) == (told["lines"][1]["hash"], None)


def test_older_lines_are_on_the_next_page(client, day, monkeypatch):
    monkeypatch.setattr(logs, "LINES_A_PAGE", 2)
    for number in range(5):
        chain.append(chain="seals", kind="applied", body={"round": number})
    first = client.get("/log/seals/")
    assert (first.context["previous_cursor"], first.context["next_cursor"]) == ("", 3)
    second = client.get("/log/seals/?cursor=3")
    assert [line.number for line, _facts in second.context["lines"]] == [3, 2]
    assert (second.context["previous_cursor"], second.context["next_cursor"]) == (5, 1)
    assert client.get("/log/seals/?cursor=x").status_code == 200


def test_no_reader_waits_for_a_check(client, passports, monkeypatch):
    asked = []
    monkeypatch.setattr(chain, "first_broken", lambda name: asked.append(name) or 1)
    assert "being checked" in client.get("/en/log/passports/").content.decode()
    assert asked == []
    chain.check_all()
    pages = [client.get(address).content.decode() for address in ("/en/log/passports/", "/en/log/")]
    assert (asked, ["broken at line 1" in page for page in pages]) == (["passports"], [True, True])


def test_the_page_says_when_the_worker_last_checked(client, passports):
    # the one job: the worker's round would close the connection of the test's own transaction
    next(job for job in jobs.registered() if job.name == "check the logs").run()
    check = client.get("/en/log/passports/").context["check"]
    assert (check.broken, timezone.now() - check.at < timedelta(minutes=1)) == (None, True)


@pytest.mark.parametrize("name", ["production-licences", "seal-officers", "no-such-log"])
def test_other_logs_are_not_public(client, day, name):
    chain.append(chain="seal-officers", kind="revoke", body={"by": 1})
    chain.append(chain="production-licences", kind="revoked", body={"by": 1})
    assert client.get(f"/log/{name}/").status_code == 404
    assert name not in client.get("/log/").content.decode()


@pytest.mark.parametrize("address", ["/log/", "/log/passports/", "/log/issuer-keys/"])
def test_the_pages_ask_at_most_twenty_times(client, passports, address, django_assert_max_num_queries):
    with django_assert_max_num_queries(20):
        assert client.get(address).status_code == 200


@pytest.fixture
def linked(licence, kilim):
    licence.pieces_a_year = 9
    licence.save()
    return make_labels(work=kilim, count=1, gtin="4006381333931")[1][0].passport


def test_a_digital_link_leads_to_the_label(client, linked):
    address = f"/01/{linked.gtin}/21/{linked.serial}?c={linked.code}"
    assert client.get(address).headers["Location"] == f"/v/{linked.code}"
    shorter = f"/01/4006381333931/21/{linked.serial}?c={linked.code}"
    assert client.get(shorter).headers["Location"] == f"/v/{linked.code}"


@pytest.mark.parametrize("changed", ["?c=", "", "?c=00000000000000000000000000"])
def test_a_digital_link_without_its_code_leads_to_the_question(client, linked, changed):
    assert client.get(f"/01/{linked.gtin}/21/{linked.serial}{changed}").headers["Location"] == "/v/"
    assert client.get(f"/01/00000000000000/21/{linked.serial}?c={linked.code}").headers["Location"] == "/v/"
    assert Passport.objects.get().scans.count() == 0


def test_a_labels_page_links_its_signed_document(client, linked):
    assert f'href="/v/{linked.code}/credential.json"' in client.get(f"/en/v/{linked.code}").content.decode()
