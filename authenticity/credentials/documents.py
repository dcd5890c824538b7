"""What is said of a piece, as a Verifiable Credential, and who says it, as a DID document. Unsigned: `proof.sign` signs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from urllib.parse import quote, urlsplit
from zoneinfo import ZoneInfo

from authenticity.credentials.contexts import W3C_CREDENTIALS, digest_sri, own_address, own_context
from authenticity.credentials.multibase import multikey_of
from marketplace.core.persian import one_spelling

Json = dict[str, Any]
TEHRAN = ZoneInfo("Asia/Tehran")
DID_CONTEXTS = ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"]


@dataclass(frozen=True)
class IssuerPublicKey:
    """A key of the issuer, current or retired. Proofs made at `lost_at` or later do not count; a distrusted key counts no more at all."""

    public: bytes
    lost_at: datetime | None = None
    is_distrusted: bool = False

    def address(self, did: str) -> str:
        """The key's address: its own text is the fragment, so that no other key can ever stand there."""
        return f"{did}#{multikey_of(self.public)}"


def stamp(moment: datetime) -> str:
    """A moment as an XSD dateTimeStamp in UTC, to the second."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def did_of(site: str) -> str:
    """The issuer of a site: did:web of its host; a port's colon is written %3A."""
    return "did:web:" + quote(urlsplit(site).netloc, safe="")


def normalised(value: Any) -> Any:
    """Every text in a JSON value in one spelling: two ways to type a name must not make two names."""
    if isinstance(value, str):
        return one_spelling(value)
    if isinstance(value, dict):
        return {name: normalised(inner) for name, inner in value.items()}
    return [normalised(inner) for inner in value] if isinstance(value, list) else value


def in_languages(fa: str, en: str) -> list[Json]:
    """A name in its languages; an empty one is left out."""
    said: list[Json] = [{"@value": fa, "@language": "fa", "@direction": "rtl"}] if fa else []
    return said + ([{"@value": en, "@language": "en"}] if en else [])


def build_credential(
    subject: Json,
    *,
    site: str,
    code: str,
    issued_on: date,
    valid_until: date | None,
    status_entries: list[dict[str, str]],
) -> Json:
    """The credential of a passport, unsigned. `subject` uses terms of our context only; days are whole days in Tehran.

    The digest of our own context is signed with it: nobody can hand over other meanings of the same words.
    """
    context = own_address(site)
    credential: Json = {
        "@context": [W3C_CREDENTIALS, context],
        "id": f"{site}/v/{code}/credential.json",
        "type": ["VerifiableCredential", "PieceCredential"],
        "issuer": did_of(site),
        "validFrom": stamp(datetime.combine(issued_on, time.min, TEHRAN)),
        "credentialSubject": {"id": f"{site}/v/{code}", "type": "Piece", **subject},
        "credentialStatus": status_entries,
        "relatedResource": [{"id": context, "digestSRI": digest_sri(own_context(site))}],
    }
    if valid_until is not None:
        credential["validUntil"] = stamp(datetime.combine(valid_until, time(23, 59, 59), TEHRAN))
    return normalised(credential)


def did_document(did: str, keys: Iterable[IssuerPublicKey]) -> Json:
    """The issuer with all its keys, the current one and those retired: what an old key signed in its time goes on to verify."""
    keys = list(keys)
    return {
        "@context": DID_CONTEXTS,
        "id": did,
        "verificationMethod": [_method(did, key) for key in keys],
        "assertionMethod": [key.address(did) for key in keys if not key.is_distrusted],
    }


def _method(did: str, key: IssuerPublicKey) -> Json:
    method = {
        "id": key.address(did),
        "type": "Multikey",
        "controller": did,
        "publicKeyMultibase": multikey_of(key.public),
    }
    return method | ({"revoked": stamp(key.lost_at)} if key.lost_at else {})
