"""DataIntegrityProof with `eddsa-jcs-2022`: JCS (RFC 8785), SHA-256, Ed25519 (W3C Data Integrity EdDSA Cryptosuites 1.0, §3.3)."""

import hashlib
from copy import deepcopy
from typing import Any

import rfc8785
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from authenticity.credentials.multibase import from_base58btc, to_base58btc

TYPE = "DataIntegrityProof"
CRYPTOSUITE = "eddsa-jcs-2022"
PURPOSE = "assertionMethod"

Json = dict[str, Any]


def jcs(value: Any) -> bytes:
    """The one byte form of a JSON value. Raises ValueError for what JSON cannot say (NaN, huge integers, half a letter)."""
    try:
        return rfc8785.dumps(value)
    except (rfc8785.CanonicalizationError, UnicodeEncodeError) as error:
        raise ValueError(str(error)) from error


def hash_data(document: Json, config: Json) -> bytes:
    """What is signed, 64 bytes: the hash of the proof's configuration, then of the document without its proof."""
    return hashlib.sha256(jcs(config)).digest() + hashlib.sha256(jcs(document)).digest()


def sign(document: Json, *, key: Ed25519PrivateKey, method: str, created: str) -> Json:
    """The document with its proof. `method` is the key's address in the issuer's DID document, `created` an XSD dateTimeStamp."""
    config = {
        "type": TYPE,
        "cryptosuite": CRYPTOSUITE,
        "created": created,
        "verificationMethod": method,
        "proofPurpose": PURPOSE,
        "@context": deepcopy(document["@context"]),
    }
    return {**document, "proof": {**config, "proofValue": to_base58btc(key.sign(hash_data(document, config)))}}


def signature_holds(secured: Json, proof: Json, public: bytes) -> bool:
    """Whether this key signed this document with this proof; a signature that is none does not hold."""
    document = {name: value for name, value in secured.items() if name != "proof"}
    config = {name: value for name, value in proof.items() if name != "proofValue"}
    try:
        signed = hash_data(document, config)
        Ed25519PublicKey.from_public_bytes(public).verify(from_base58btc(proof.get("proofValue")), signed)
    except (InvalidSignature, ValueError):
        return False
    return True
