"""A row a way to deceive: what a library that only checks the signature lets pass is refused here, each by its own state."""

import gzip
import json
from datetime import timedelta
from typing import Any

import pytest

from authenticity.credentials.contexts import W3C_CREDENTIALS, own_address
from authenticity.credentials.documents import IssuerPublicKey, did_document, stamp
from authenticity.credentials.multibase import to_base64url
from authenticity.credentials.proof import sign
from authenticity.credentials.verdict import State
from authenticity.credentials.verifier import verify_bundle
from tests.authenticity.credentials.bundles import INDEX, NOW, OURS, SITE, SUBJECT, Issuer, spoiled

FOREIGN = Issuer("https://elsewhere.example", seed=2)
THIEF = Issuer(SITE, seed=3)
REVOCATION, SUSPENSION = OURS.address("revocation"), OURS.address("suspension")


def in_credential(**changes: Any):
    """The credential's own fields changed after it was signed."""
    return spoiled(lambda bundle: bundle["credential"].update(changes))


def in_proof(**changes: Any):
    return spoiled(lambda bundle: bundle["credential"]["proof"].update(changes))


def in_did(**changes: Any):
    return spoiled(lambda bundle: bundle["didDocuments"][OURS.did].update(changes))


def in_method(**changes: Any):
    return spoiled(lambda bundle: bundle["didDocuments"][OURS.did]["verificationMethod"][0].update(changes))


def signed(credential: dict, **parts: Any):
    """A bundle around a credential that its issuer signed as it is."""
    return OURS.bundle(credential=credential, **parts)


def with_context(context: Any, subject: dict = SUBJECT):
    """A credential with one context more, signed with it."""
    address = "https://words.example/v1"
    contexts = [W3C_CREDENTIALS, own_address(SITE), address]
    bundle = signed(OURS.credential(subject, **{"@context": contexts}))
    bundle["contexts"][address] = {"@context": context}
    return bundle


def bare_list(data: bytes) -> dict:
    """The revocation list with other packed bytes."""
    return {
        "credentialSubject": {
            "id": f"{REVOCATION}#list",
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": to_base64url(data),
        }
    }


def test_a_good_bundle_is_valid():
    assert verify_bundle(OURS.bundle()).is_valid
    assert verify_bundle(raw=json.dumps(OURS.bundle()).encode()).is_valid
    assert verify_bundle(OURS.bundle()).reasons == ()


def test_documents_may_come_as_lists():
    whole = OURS.bundle()
    lists = {name: list(whole[name].values()) for name in ("didDocuments", "statusListCredentials")}
    assert verify_bundle(whole | lists).is_valid


def entry_with(**changes: Any):
    entries = OURS.credential()["credentialStatus"]
    return signed(OURS.credential(credentialStatus=[entries[0] | changes, entries[1]]))


REFUSED = [
    # --- read
    ("no credential", {}, State.MALFORMED),
    ("no object at all", [], State.MALFORMED),
    ("no time to judge by", spoiled(lambda b: b.pop("now")), State.MALFORMED),
    ("a time without a zone", OURS.bundle(now="2026-11-22T09:00:00"), State.MALFORMED),
    ("nobody said to be trusted", spoiled(lambda b: b.pop("trustedIssuers")), State.MALFORMED),
    ("first context not W3C's", in_credential(**{"@context": [own_address(SITE), W3C_CREDENTIALS]}), State.MALFORMED),
    ("no VerifiableCredential", in_credential(type=["PieceCredential"]), State.MALFORMED),
    ("without issuer", in_credential(issuer=None), State.MALFORMED),
    ("about nothing", in_credential(credentialSubject={}), State.MALFORMED),
    ("no time in validUntil", in_credential(validUntil="some day"), State.MALFORMED),
    ("a number without canonical form", in_credential(demo=2**70), State.MALFORMED),
    # --- signed by whom
    ("an issuer nobody trusts", FOREIGN.bundle(trustedIssuers=[OURS.did]), State.UNTRUSTED_ISSUER),
    ("the issuer put in afterwards", in_credential(issuer=FOREIGN.did), State.UNTRUSTED_ISSUER),
    ("no proof", spoiled(lambda b: b["credential"].pop("proof")), State.NO_PROOF),
    ("an empty set of proofs", in_credential(proof=[]), State.NO_PROOF),
    ("two proofs", in_credential(proof=[OURS.credential()["proof"]] * 2), State.SEVERAL_PROOFS),
    ("another proof type", in_proof(type="Ed25519Signature2020"), State.WRONG_CRYPTOSUITE),
    ("another cryptosuite", in_proof(cryptosuite="eddsa-rdfc-2022"), State.WRONG_CRYPTOSUITE),
    ("made to sign in", in_proof(proofPurpose="authentication"), State.WRONG_PURPOSE),
    (
        "a context added after signing",
        spoiled(lambda b: b["credential"]["@context"].append({"country": "https://words.example/madeUpCountry"})),
        State.CONTEXT_ADDED,
    ),
    ("contexts in another order", in_proof(**{"@context": [own_address(SITE), W3C_CREDENTIALS]}), State.CONTEXT_ADDED),
    (
        "signed by a stranger in our name",
        signed(
            sign(
                {k: v for k, v in OURS.credential().items() if k != "proof"},
                key=FOREIGN.key,
                method=FOREIGN.public.address(FOREIGN.did),
                created=stamp(NOW),
            )
        ),
        State.FOREIGN_ISSUER,
    ),
    ("no DID document", OURS.bundle(didDocuments={}), State.DID_MISSING),
    ("a DID document of another id", in_did(id="did:web:other.example"), State.DID_MISSING),
    ("a key the issuer never named", signed(THIEF.credential()), State.KEY_UNKNOWN),
    ("a key of another controller", in_method(controller=FOREIGN.did), State.KEY_UNKNOWN),
    ("a key of another kind", in_method(publicKeyMultibase="zDnaerDaTF5BXEavCrfRZEk316"), State.KEY_UNKNOWN),
    ("a key not for assertion", in_did(assertionMethod=[]), State.KEY_NOT_FOR_ASSERTION),
    ("signed after the key was lost", in_method(revoked=stamp(NOW - timedelta(hours=1))), State.KEY_LOST),
    ("signed after the key expired", in_method(expires=stamp(NOW - timedelta(hours=1))), State.KEY_LOST),
    ("another maker", in_credential(credentialSubject={"type": "Piece", "serial": "1405-000002"}), State.TAMPERED),
    ("another key under the same name", in_method(publicKeyMultibase=THIEF.public.address("")[1:]), State.TAMPERED),
    ("a longer life", in_credential(validUntil="2040-01-01T00:00:00Z"), State.TAMPERED),
    ("a later signature time", in_proof(created=stamp(NOW)), State.TAMPERED),
    ("an encoding that is none", in_proof(proofValue="z0OIl"), State.TAMPERED),
    ("an unsigned word", in_credential(colour="red"), State.TAMPERED),
    # --- with words that mean something
    ("a word no context defines", signed(OURS.credential(SUBJECT | {"colour": "red"})), State.UNDEFINED_TERMS),
    (
        "an undefined word in a nested object",
        signed(OURS.credential(SUBJECT | {"maker": {"type": "Maker", "rank": "master"}})),
        State.UNDEFINED_TERMS,
    ),
    ("an undefined type", signed(OURS.credential(SUBJECT | {"type": "Carpet"})), State.UNDEFINED_TERMS),
    (
        "a word of a type outside that type",
        signed(OURS.credential(SUBJECT | {"certificateNumber": "Q-1"})),
        State.UNDEFINED_TERMS,
    ),
    (
        "a word mapped to W3C's undefined",
        with_context({"@vocab": "https://www.w3.org/ns/credentials/undefined-term#"}, SUBJECT | {"colour": "red"}),
        State.UNDEFINED_TERMS,
    ),
    ("a word mapped to nothing", with_context({"colour": None}, SUBJECT | {"colour": "red"}), State.UNDEFINED_TERMS),
    (
        "a protected word with another meaning",
        with_context({"country": "https://words.example/c"}),
        State.CONTEXT_ALTERED,
    ),
    ("protected words taken away", with_context(None), State.CONTEXT_ALTERED),
    ("our context not in the bundle", spoiled(lambda b: b["contexts"].pop(own_address(SITE))), State.CONTEXT_MISSING),
    (
        "our context with other meanings",
        spoiled(lambda b: b["contexts"][own_address(SITE)]["@context"].update(country="https://words.example/c")),
        State.CONTEXT_ALTERED,
    ),
    (
        "W3C's context with other meanings",
        spoiled(lambda b: b["contexts"][W3C_CREDENTIALS]["@context"].update(name="https://words.example/n")),
        State.CONTEXT_ALTERED,
    ),
    # --- in force at the given time
    ("revoked", OURS.with_list("revocation", indexes=(INDEX,)), State.REVOKED),
    ("suspended", OURS.with_list("suspension", indexes=(INDEX,)), State.SUSPENDED),
    ("expired", OURS.bundle(now="2031-06-01T20:30:00Z"), State.EXPIRED),
    ("not yet valid", OURS.bundle(now="2026-05-31T20:29:59Z"), State.NOT_YET_VALID),
    ("a list left out", spoiled(lambda b: b["statusListCredentials"].pop(REVOCATION)), State.LIST_MISSING),
    (
        "the suspensions in place of the revocations",
        spoiled(lambda b: b["statusListCredentials"].update({REVOCATION: b["statusListCredentials"][SUSPENSION]})),
        State.LIST_ID_UNLIKE_ADDRESS,
    ),
    (
        "a list of another issuer",
        spoiled(
            lambda b: b["statusListCredentials"].update({REVOCATION: FOREIGN.status_list("revocation", id=REVOCATION)})
        ),
        State.LIST_FOREIGN_ISSUER,
    ),
    (
        "a list somebody emptied",
        spoiled(
            lambda b: b["statusListCredentials"][REVOCATION]["credentialSubject"].update(
                encodedList=to_base64url(gzip.compress(bytes(16_384)))
            )
        ),
        State.LIST_NOT_SIGNED_RIGHT,
    ),
    ("a list with undefined words", OURS.with_list("revocation", colour="red"), State.LIST_NOT_SIGNED_RIGHT),
    ("a stale list", OURS.bundle(now=stamp(NOW + timedelta(hours=24))), State.LIST_STALE),
    ("a list of tomorrow", OURS.bundle(now=stamp(NOW - timedelta(hours=2))), State.LIST_NOT_YET_VALID),
    (
        "a list of another purpose",
        OURS.with_list("revocation", credentialSubject=OURS.status_list("suspension")["credentialSubject"]),
        State.LIST_WRONG_PURPOSE,
    ),
    (
        "a list under the minimum",
        OURS.with_list("revocation", **bare_list(gzip.compress(bytes(16_383)))),
        State.LIST_TOO_SHORT,
    ),
    ("a list that does not unpack", OURS.with_list("revocation", **bare_list(b"no gzip")), State.LIST_UNREADABLE),
    (
        "a list that unpacks without end",
        OURS.with_list("revocation", **bare_list(gzip.compress(bytes(2**22)))),
        State.LIST_UNREADABLE,
    ),
    (
        "a list with a tail",
        OURS.with_list("revocation", **bare_list(gzip.compress(bytes(16_384)) + b"x")),
        State.LIST_UNREADABLE,
    ),
    ("a list that is no list", OURS.with_list("revocation", type=["VerifiableCredential"]), State.LIST_UNREADABLE),
    ("a place beyond the list", entry_with(statusListIndex="131072"), State.STATUS_UNKNOWN),
    ("a place that is no number", entry_with(statusListIndex="-1"), State.STATUS_UNKNOWN),
    ("a status of another kind", entry_with(type=["BitstringStatusListEntry", "Piece"]), State.STATUS_UNKNOWN),
    ("a purpose nobody knows", entry_with(statusPurpose="message"), State.STATUS_UNKNOWN),
]


@pytest.mark.parametrize(("bundle", "state"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_refused(bundle, state):
    verdict = verify_bundle(bundle)
    assert (verdict.state, bool(verdict.reasons)) == (state, True)
    assert verify_bundle(raw=json.dumps(bundle).encode()) == verdict


def test_a_list_without_an_end_is_stale():
    endless = OURS.status_list("revocation")
    endless = OURS.sign({name: value for name, value in endless.items() if name not in ("validUntil", "proof")})
    bundle = OURS.bundle()
    bundle["statusListCredentials"][REVOCATION] = endless
    assert verify_bundle(bundle).state is State.LIST_STALE


def test_the_given_time_judges_and_not_the_clock():
    """The same bundle a century on is still judged by the time it names."""
    assert verify_bundle(OURS.bundle(now="2026-11-22T09:30:00+03:30")).state is State.LIST_NOT_YET_VALID
    assert verify_bundle(OURS.bundle(now="2026-11-22T12:00:00+03:30")).is_valid


def test_a_revocation_counts_however_old_its_list():
    bundle = OURS.with_list("revocation", indexes=(INDEX,)) | {"now": stamp(NOW + timedelta(days=9))}
    assert verify_bundle(bundle).state is State.REVOKED


def test_a_suspension_does_not_outlive_its_list():
    bundle = OURS.with_list("suspension", indexes=(INDEX,)) | {"now": stamp(NOW + timedelta(days=9))}
    assert verify_bundle(bundle).state is State.LIST_STALE


def test_every_reason_is_told():
    bundle = OURS.with_list("revocation", indexes=(INDEX,)) | {"now": "2040-01-01T00:00:00Z"}
    verdict = verify_bundle(bundle)
    assert verdict.state is State.REVOKED
    assert len(verdict.reasons) == 3  # revoked, expired, the suspensions' list stale


@pytest.mark.parametrize(
    ("raw", "state"),
    [
        (json.dumps(OURS.bundle()).replace('"now":', '"now": "2020-01-01T00:00:00Z", "now":', 1), State.DUPLICATE_KEYS),
        (
            json.dumps(OURS.bundle()).replace('"serial":', '"serial": "1405-000009", "serial":', 1),
            State.DUPLICATE_KEYS,
        ),
        ('{"now": NaN}', State.MALFORMED),
        ("[" * 100_000, State.MALFORMED),
        ("", State.MALFORMED),
    ],
    ids=["twice at the top", "twice inside", "NaN", "without end", "nothing"],
)
def test_what_cannot_be_read_as_one_thing(raw, state):
    assert verify_bundle(raw=raw.encode()).state is state


def test_bytes_that_are_no_utf8():
    assert verify_bundle(raw=json.dumps(OURS.bundle()).encode("utf-16")).state is State.MALFORMED


def test_what_a_lost_key_signed_before_still_verifies():
    lost = IssuerPublicKey(OURS.public.public, lost_at=NOW)
    assert verify_bundle(OURS.bundle(didDocuments={OURS.did: did_document(OURS.did, [lost])})).is_valid


def test_a_word_of_a_vocabulary_is_defined():
    assert verify_bundle(with_context({"@vocab": "https://words.example/"}, SUBJECT | {"colour": "red"})).is_valid


def test_w3c_says_its_context_may_be_left_out():
    assert verify_bundle(spoiled(lambda bundle: bundle["contexts"].pop(W3C_CREDENTIALS))).is_valid


def test_a_credential_of_another_issuer_without_status_is_judged_by_the_rest():
    credential = {
        "@context": [W3C_CREDENTIALS],
        "type": "VerifiableCredential",
        "issuer": {"id": FOREIGN.did, "name": "Elsewhere"},
        "credentialSubject": {"id": "did:example:museum", "name": "A bowl"},
    }
    bundle = FOREIGN.bundle(credential=FOREIGN.sign(credential), statusListCredentials={})
    assert verify_bundle(bundle).is_valid
