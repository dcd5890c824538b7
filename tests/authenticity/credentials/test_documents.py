"""What a credential, a status list and a DID document of ours say."""

from datetime import UTC, date, datetime

import pytest

from authenticity.credentials.contexts import W3C_CREDENTIALS, digest_sri, own_address, own_context, w3c_credentials
from authenticity.credentials.documents import IssuerPublicKey, build_credential, did_document, did_of, normalised
from authenticity.credentials.multibase import from_base58btc, from_base64url, public_of
from authenticity.credentials.status_list import MINIMUM, decode, encode, is_set
from authenticity.credentials.terms import undefined_terms
from tests.authenticity.credentials.bundles import CODE, OURS, SITE, SUBJECT

DAY = date(2026, 6, 1)
PLAIN = {"site": SITE, "code": CODE, "issued_on": DAY, "valid_until": None, "status_entries": []}


@pytest.mark.parametrize(
    ("typed", "signed"),
    [
        ("گليم كرمان", "گلیم کرمان"),
        ("گلیم کرمان", "گلیم کرمان"),
        ("مۀ", "مۀ"),
        ("گلیم\u200cبافی", "گلیم\u200cبافی"),
        ("آب", "آب"),
        ("Cafe\u0301", "Café"),
    ],
)
def test_two_ways_to_type_a_name_are_one_name(typed, signed):
    said = build_credential({"serial": typed, "maker": {"name": [typed]}}, **PLAIN)["credentialSubject"]
    assert (said["serial"], said["maker"]["name"]) == (signed, [signed])


def test_other_values_are_left_alone():
    assert normalised({"demo": True, "batchSize": 3, "nothing": None}) == {
        "demo": True,
        "batchSize": 3,
        "nothing": None,
    }


def test_days_are_days_in_tehran():
    dated = build_credential(SUBJECT, **PLAIN | {"valid_until": date(2031, 6, 1)})
    assert (dated["validFrom"], dated["validUntil"]) == ("2026-05-31T20:30:00Z", "2031-06-01T20:29:59Z")
    assert "validUntil" not in build_credential(SUBJECT, **PLAIN)


@pytest.mark.parametrize(
    ("site", "did"),
    [
        ("https://rasteh.example", "did:web:rasteh.example"),
        ("http://127.0.0.1:8000", "did:web:127.0.0.1%3A8000"),
    ],
)
def test_the_issuer_is_the_sites_host(site, did):
    assert did_of(site) == did


def test_every_word_we_use_is_defined():
    known = {W3C_CREDENTIALS: w3c_credentials(), own_address(SITE): own_context(SITE)}
    assert undefined_terms(OURS.credential(), known.__getitem__) == []
    assert undefined_terms(OURS.status_list("revocation"), known.__getitem__) == []


def test_the_meaning_of_our_words_is_signed():
    assert OURS.credential()["relatedResource"] == [
        {"id": own_address(SITE), "digestSRI": digest_sri(own_context(SITE))}
    ]


def test_a_did_document_keeps_retired_keys_and_says_when_one_was_lost():
    lost_at = datetime(2026, 11, 1, 8, 30, tzinfo=UTC)
    kept, lost, bad = (
        IssuerPublicKey(b"k" * 32),
        IssuerPublicKey(b"l" * 32, lost_at),
        IssuerPublicKey(b"b" * 32, None, True),
    )
    document = did_document("did:web:rasteh.example", [kept, lost, bad])
    methods = document["verificationMethod"]
    assert [public_of(one["publicKeyMultibase"]) for one in methods] == [b"k" * 32, b"l" * 32, b"b" * 32]
    assert [one.get("revoked") for one in methods] == [None, "2026-11-01T08:30:00Z", None]
    assert document["assertionMethod"] == [one.address("did:web:rasteh.example") for one in (kept, lost)]
    assert {one["controller"] for one in methods} == {document["id"]}


def test_places_of_a_list_are_counted_from_the_left():
    bits = decode(encode([0, 9, MINIMUM - 1]))
    assert (len(bits), bits[0], bits[1], bits[-1]) == (16_384, 0b1000_0000, 0b0100_0000, 0b0000_0001)
    assert [is_set(bits, index) for index in (0, 1, 9, MINIMUM - 1)] == [True, False, True, True]
    assert encode([0, 9]) == encode([9, 0])


@pytest.mark.parametrize("index", [MINIMUM, MINIMUM + 7])
def test_a_list_has_no_place_beyond_its_end(index):
    with pytest.raises(IndexError):
        encode([index])


@pytest.mark.parametrize("text", ["", "zAAAA", "uAA AA", "uAA=", None, 7])
def test_what_is_no_base64url(text):
    with pytest.raises(ValueError, match="base64url"):
        from_base64url(text)


@pytest.mark.parametrize("text", ["", "uAAAA", None])
def test_what_is_no_base58btc(text):
    with pytest.raises(ValueError, match="base58btc"):
        from_base58btc(text)


def test_w3cs_context_is_unchanged():
    """In its canonical form, since line breaks are not meaning."""
    assert digest_sri(w3c_credentials()) == "sha384-BCuhroLEKRjdtAT2+xiWNdO9OlyHEuaSQIM+7y6JM6Gs0/SgPSF/KF0XFL93Oq8M"
