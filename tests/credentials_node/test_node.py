"""Another's verifier in Node says of our bundles what ours says, and ours reads what another's issuer made."""

import json
import subprocess
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from authenticity.credentials.contexts import W3C_CREDENTIALS, w3c_credentials
from authenticity.credentials.documents import did_document, stamp
from authenticity.credentials.status_list import encode
from authenticity.credentials.verifier import verify_bundle
from authenticity.issuing import bundle_of, for_credentials
from authenticity.keys import rotate_key
from authenticity.models import Passport
from authenticity.passports import revoke, suspend
from tests.authenticity.credentials.bundles import INDEX, NOW, OURS, SITE, SUBJECT, Issuer, spoiled

pytestmark = pytest.mark.browser
HERE = Path(__file__).parent
FOREIGN = Issuer("https://elsewhere.example", seed=2)
THIEF = Issuer(SITE, seed=3)
SHORT_LIST = {
    "id": f"{OURS.address('revocation')}#list",
    "type": "BitstringStatusList",
    "statusPurpose": "revocation",
    "encodedList": encode([], length=100_000),
}


def node(script: str, given: Any) -> Any:
    """What a script answers; it is given JSON and a minute."""
    done = subprocess.run(
        ["node", script], cwd=HERE, input=json.dumps(given), capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def signed_by_a_stranger() -> dict:
    """The issuer is ours and trusted; the key is a stranger's, and its DID document is at hand."""
    bundle = OURS.bundle(credential=FOREIGN.sign(OURS.credential()))
    bundle["credential"] = FOREIGN.sign({k: v for k, v in bundle["credential"].items() if k != "proof"})
    bundle["didDocuments"][FOREIGN.did] = did_document(FOREIGN.did, [FOREIGN.public])
    return bundle


CASES = {
    "valid": OURS.bundle(),
    "tampered": spoiled(lambda b: b["credential"]["credentialSubject"].update(serial="1405-999999")),
    "revoked": OURS.with_list("revocation", indexes=(INDEX,)),
    "suspended": OURS.with_list("suspension", indexes=(INDEX,)),
    "expired": OURS.bundle(now="2031-06-01T20:30:00Z"),
    "not_yet_valid": OURS.bundle(now="2026-05-31T20:29:59Z"),
    "untrusted_issuer": FOREIGN.bundle(trustedIssuers=[OURS.did]),
    "foreign_issuer": signed_by_a_stranger(),
    "key_not_for_assertion": spoiled(lambda b: b["didDocuments"][OURS.did].update(assertionMethod=[])),
    "undefined_terms": OURS.bundle(credential=OURS.credential(SUBJECT | {"colour": "red"})),
    "list_stale": OURS.bundle(now=stamp(NOW + timedelta(hours=24))),
    "list_not_signed_right": spoiled(
        lambda b: b["statusListCredentials"][OURS.address("revocation")].update(validUntil="2040-01-01T00:00:00Z")
    ),
    "list_id_unlike_address": spoiled(
        lambda b: b["statusListCredentials"].update(
            {OURS.address("suspension"): OURS.status_list("suspension", id="https://rasteh.example/status/other.json")}
        )
    ),
}


@pytest.fixture(scope="module")
def said():
    return node("verify.js", [{"name": name, "bundle": bundle} for name, bundle in CASES.items()])


@pytest.mark.parametrize("name", CASES)
def test_both_verifiers_say_the_same(name, said):
    assert said[name][0] == verify_bundle(CASES[name]).state == name


def with_a_context_added(bundle: dict) -> None:
    address = "https://rasteh.example/contexts/other.json"
    bundle["contexts"][address] = {"@context": {"rank": "https://words.example/rank"}}
    bundle["credential"]["@context"].append(address)


LET_PASS = {
    "context_added": spoiled(with_a_context_added),
    "several_proofs": spoiled(
        lambda b: b["credential"].update(proof=[b["credential"]["proof"], THIEF.credential()["proof"]])
    ),
    "key_lost": spoiled(
        lambda b: b["didDocuments"][OURS.did]["verificationMethod"][0].update(revoked=stamp(NOW - timedelta(hours=1)))
    ),
    "list_too_short": OURS.with_list("revocation", credentialSubject=SHORT_LIST),
}


def test_what_libraries_let_pass():
    """The packages, called as their documents say, accept these: the reason why our verifier asks more."""
    bundles = [{"name": name, "bundle": bundle} for name, bundle in LET_PASS.items()]
    assert {name: state for name, (state, _reason) in node("verify.js", bundles).items()} == dict.fromkeys(
        LET_PASS, "valid"
    )
    assert {name: verify_bundle(bundle).state.value for name, bundle in LET_PASS.items()} == {
        name: name for name in LET_PASS
    }


@pytest.mark.django_db
def test_the_markets_own_bundles(passports):
    first, second, third = passports
    suspend(passport=second, because="a doubt")
    revoke(passport=third, because="copied")
    bundles = [{"name": one.code, "bundle": bundle_of(for_credentials().get(pk=one.pk))} for one in passports]
    rotate_key()
    bundles.append({"name": "after", "bundle": bundle_of(for_credentials().get(pk=first.pk))})
    assert Passport.objects.count() == 3
    states = [state for state, _reason in node("verify.js", bundles).values()]
    assert states == ["valid", "suspended", "revoked", "valid"]


def test_what_another_issuer_made_is_read_by_ours():
    given = {
        "contexts": {W3C_CREDENTIALS: w3c_credentials()},
        "now": "2026-11-22T09:00:00Z",
        "until": "2026-11-23T09:00:00Z",
    }
    made = node("issue.js", given)
    assert {name: verify_bundle(bundle).state.value for name, bundle in made.items()} == {
        "valid": "valid",
        "revoked": "revoked",
    }
    changed = made["valid"] | {"credential": made["valid"]["credential"] | {"id": "https://museum.example/other"}}
    assert verify_bundle(changed).state == "tampered"
