"""Bitstring Status Lists 1.0: one bit a credential, at least 131,072 of them so that a place tells nothing about its holder."""

import gzip
import zlib
from collections.abc import Iterable
from typing import Any

from authenticity.credentials.contexts import W3C_CREDENTIALS
from authenticity.credentials.multibase import from_base64url, to_base64url

MINIMUM = 131_072
REVOCATION, SUSPENSION = "revocation", "suspension"
PURPOSES = (REVOCATION, SUSPENSION)
#: A list that unpacks to more is no list (16 million entries).
MOST_BYTES = 2 * 1024 * 1024


def encode(indexes: Iterable[int], *, length: int = MINIMUM) -> str:
    """A list with these places set, gzipped, multibase base64url. The first place is the left-most bit."""
    bits = bytearray(length // 8)
    for index in indexes:
        bits[index // 8] |= 0x80 >> index % 8
    return to_base64url(gzip.compress(bytes(bits), mtime=0))


def decode(text: object) -> bytes:
    """The bits of an encoded list. Raises ValueError for what is no such list, or unpacks to more than 2 MiB."""
    unpacker = zlib.decompressobj(wbits=31)
    try:
        bits = unpacker.decompress(from_base64url(text), MOST_BYTES + 1)
    except zlib.error as error:
        raise ValueError("the list is not gzipped") from error
    if len(bits) > MOST_BYTES or not unpacker.eof or unpacker.unused_data:
        raise ValueError("the list is too long, cut off, or followed by something else")
    return bits


def is_set(bits: bytes, index: int) -> bool:
    """Whether a place is set. Raises IndexError beyond the end."""
    return bool(bits[index // 8] & 0x80 >> index % 8)


def entries(*, address: dict[str, str], index: int) -> list[dict[str, str]]:
    """The two `credentialStatus` entries of a credential; `address` has one address a purpose."""
    return [
        {
            "id": f"{address[purpose]}#{index}",
            "type": "BitstringStatusListEntry",
            "statusPurpose": purpose,
            "statusListIndex": str(index),
            "statusListCredential": address[purpose],
        }
        for purpose in PURPOSES
    ]


def build_status_list(
    *, address: str, purpose: str, issuer: str, indexes: Iterable[int], valid_from: str, valid_until: str
) -> dict[str, Any]:
    """The list as a credential, unsigned. Its `id` is the address it is fetched from; both times are XSD dateTimeStamps."""
    return {
        "@context": [W3C_CREDENTIALS],
        "id": address,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer,
        "validFrom": valid_from,
        "validUntil": valid_until,
        "credentialSubject": {
            "id": f"{address}#list",
            "type": "BitstringStatusList",
            "statusPurpose": purpose,
            "encodedList": encode(indexes),
        },
    }
