"""The issuer's public documents: types, caches, few queries, and the same answer to every code that no label has."""

import json

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from authenticity.credentials.contexts import W3C_CREDENTIALS, digest_sri, own_context, w3c_credentials
from authenticity.credentials.documents import stamp
from authenticity.credentials.verdict import State
from authenticity.credentials.verifier import verify_bundle
from authenticity.keys import current_key, rotate_key
from authenticity.passports import revoke
from marketplace.shop.views.verify import LOOKS_A_MINUTE
from tests.authenticity.passports import SITE

pytestmark = pytest.mark.django_db
DID = "did:web:rasteh.example"


@pytest.fixture(autouse=True)
def fresh():
    cache.clear()


@pytest.fixture
def key(site):
    return current_key()


def gathered(client, code: str) -> dict:
    """A bundle made the way a stranger makes one: every part from the address that names it."""
    fetch = lambda address: json.loads(client.get(address.removeprefix(SITE)).content)  # noqa: E731
    credential = fetch(f"{SITE}/v/{code}/credential.json")
    addresses = {entry["statusListCredential"] for entry in credential["credentialStatus"]}
    own = [address for address in credential["@context"] if address != W3C_CREDENTIALS]
    return {
        "credential": credential,
        "didDocuments": {DID: fetch(f"{SITE}/.well-known/did.json")},
        "statusListCredentials": {address: fetch(address) for address in addresses},
        "contexts": {W3C_CREDENTIALS: w3c_credentials()} | {address: fetch(address) for address in own},
        "trustedIssuers": [DID],
        "now": stamp(timezone.now()),
    }


def test_what_a_stranger_gathers_is_valid(client, passport, seal):
    assert verify_bundle(gathered(client, passport.code)).is_valid


def test_a_revocation_is_on_the_list_at_once(client, passport):
    assert verify_bundle(gathered(client, passport.code)).is_valid
    revoke(passport=passport, because="copied")
    assert verify_bundle(gathered(client, passport.code)).state is State.REVOKED


@pytest.mark.parametrize(
    ("address", "kind", "seconds"),
    [
        ("/.well-known/did.json", "application/did+json", 300),
        ("/contexts/piece-v1.json", "application/ld+json", 86_400),
        ("/v/{code}/credential.json", "application/vc", 30),
        ("/status/revocation-0.json", "application/vc", 30),
        ("/status/suspension-0.json", "application/vc", 30),
    ],
)
def test_documents_are_open_to_everybody_and_kept_for_a_while(client, passport, key, address, kind, seconds):
    address = address.format(code=passport.code)
    response = client.get(address)
    assert (response.status_code, response["Content-Type"]) == (200, kind)
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Cache-Control"] == f"public, max-age={seconds}"
    assert not response.cookies
    again = client.get(address, headers={"If-None-Match": response["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", response["ETag"])
    assert again["Access-Control-Allow-Origin"] == "*"
    assert client.post(address).status_code == 405


@pytest.mark.parametrize(
    ("address", "queries"),
    [
        ("/.well-known/did.json", 1),
        ("/contexts/piece-v1.json", 0),
        ("/v/{code}/credential.json", 3),
        ("/status/revocation-0.json", 2),
    ],
)
def test_few_queries(client, passport, key, seal, django_assert_num_queries, address, queries):
    with django_assert_num_queries(queries):
        assert client.get(address.format(code=passport.code)).status_code == 200


def test_a_kept_copy_goes_out_of_date_with_the_key(client, passport, key):
    addresses = ["/.well-known/did.json", f"/v/{passport.code}/credential.json", "/status/revocation-0.json"]
    before = [client.get(address)["ETag"] for address in addresses]
    rotate_key()
    for address, etag in zip(addresses, before, strict=True):
        assert client.get(address, headers={"If-None-Match": etag}).status_code == 200


def test_a_kept_list_goes_out_of_date_with_a_revocation(client, passport, key):
    etag = client.get("/status/revocation-0.json")["ETag"]
    revoke(passport=passport, because="copied")
    assert client.get("/status/revocation-0.json", headers={"If-None-Match": etag}).status_code == 200


def test_the_context_is_served_in_the_bytes_that_were_signed(client, site):
    body = client.get("/contexts/piece-v1.json").content
    assert json.loads(body) == own_context(SITE)
    assert digest_sri(json.loads(body)) == digest_sri(own_context(SITE))


def test_codes_that_no_label_has_all_look_the_same(client, passport):
    client.get("/v/nonsense/credential.json")  # what is remembered between requests is remembered now
    answers = set()
    for code in ("0" * 26, "nonsense", "<script>", "U" * 26):
        with CaptureQueriesContext(connection) as done:
            response = client.get(f"/v/{code}/credential.json")
        answers.add((response.status_code, response.content, tuple(sorted(response.headers.items())), len(done)))
    assert len(answers) == 1
    assert {answer[:2] for answer in answers} == {(404, b'{"detail": "not found"}')}


def test_guesses_are_counted_with_those_at_the_page(client, passport):
    for _nth in range(LOOKS_A_MINUTE // 2):
        client.get(f"/v/{passport.code}", {"format": "json"})
        client.get("/v/nonsense/credential.json")
    right, wrong = (client.get(f"/v/{code}/credential.json") for code in (passport.code, "nonsense"))
    assert (right.status_code, right.content, right["Retry-After"]) == (429, b'{"detail": "too many requests"}', "60")
    assert (wrong.status_code, wrong.content) == (429, right.content)


@pytest.mark.parametrize("name", ["revocation-1", "revocation-01", "message-0"])
def test_lists_that_do_not_exist(client, key, name):
    assert client.get(f"/status/{name}.json").status_code == 404
