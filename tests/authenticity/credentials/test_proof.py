"""W3C's published vectors for `eddsa-jcs-2022`, byte for byte, and our own signatures."""

import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from authenticity.credentials.multibase import from_base58btc, multikey_of, public_of
from authenticity.credentials.proof import hash_data, jcs, sign, signature_holds
from tests.authenticity.credentials.bundles import OURS

VECTORS = Path(__file__).parents[4] / "shared" / "data" / "vc-di-eddsa"
ED25519_PRIVATE = b"\x80\x26"


def text(name: str) -> str:
    return (VECTORS / name).read_text().strip()


@pytest.mark.skipif(not VECTORS.is_dir(), reason=f"W3C's vectors are not at {VECTORS}")
class TestVectors:
    """Each step of the cryptosuite against the file W3C publishes for it."""

    @pytest.fixture
    def unsigned(self):
        return json.loads(text("unsigned.json"))

    @pytest.fixture
    def config(self):
        return json.loads(text("proofConfigJCS.json"))

    @pytest.fixture
    def keys(self):
        return json.loads(text("keyPair.json"))

    def test_canonical_forms(self, unsigned, config):
        assert jcs(unsigned).decode() == text("canonDocJCS.txt")
        assert jcs(config).decode() == text("proofCanonJCS.txt")

    def test_hashes(self, unsigned, config):
        both = hash_data(unsigned, config).hex()
        assert both == text("combinedHashJCS.txt") == text("proofHashJCS.txt") + text("docHashJCS.txt")

    def test_signing_gives_the_published_signature(self, unsigned, config, keys):
        secret = from_base58btc(keys["privateKeyMultibase"])
        assert secret.startswith(ED25519_PRIVATE)
        key = Ed25519PrivateKey.from_private_bytes(secret[2:])
        assert multikey_of(key.public_key().public_bytes_raw()) == keys["publicKeyMultibase"]
        made = sign(unsigned, key=key, method=config["verificationMethod"], created=config["created"])
        assert made == json.loads(text("signedJCS.json"))
        assert made["proof"]["proofValue"] == text("sigBTC58JCS.txt")
        assert from_base58btc(made["proof"]["proofValue"]).hex() == text("sigHexJCS.txt")

    def test_the_published_document_verifies_and_a_changed_one_does_not(self, keys):
        document, public = json.loads(text("signedJCS.json")), public_of(keys["publicKeyMultibase"])
        assert signature_holds(document, document["proof"], public)
        changed = document | {"name": "Another name"}
        assert not signature_holds(changed, document["proof"], public)


def test_a_signature_of_ours_holds_until_anything_changes():
    document = OURS.credential()
    assert signature_holds(document, document["proof"], OURS.public.public)
    assert not signature_holds(document, document["proof"] | {"created": "2026-11-22T08:55:01Z"}, OURS.public.public)
    assert not signature_holds(document, document["proof"] | {"proofValue": None}, OURS.public.public)


@pytest.mark.parametrize("value", [float("nan"), 2**70, "\ud800", {"a": object()}])
def test_what_has_no_canonical_form(value):
    with pytest.raises(ValueError, match=r".+"):
        jcs(value)
