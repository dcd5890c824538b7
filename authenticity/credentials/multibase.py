"""Multibase and Multikey: how keys, signatures and lists are written as text (W3C Controlled Identifiers 1.0)."""

import base64
import re

import base58

ED25519_PUBLIC = b"\xed\x01"
ED25519_BYTES = 32
SHA2_256 = b"\x12\x20"
_BASE64URL = re.compile(r"[A-Za-z0-9_-]*")


def to_base58btc(data: bytes) -> str:
    """Multibase `z`: for keys and signatures."""
    return "z" + base58.b58encode(data).decode()


def from_base58btc(text: object) -> bytes:
    """Raises ValueError for anything but multibase `z`."""
    if not isinstance(text, str) or not text.startswith("z"):
        raise ValueError("not multibase base58btc")
    return base58.b58decode(text[1:])


def to_base64url(data: bytes) -> str:
    """Multibase `u`, without padding: for status lists."""
    return "u" + base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def from_base64url(text: object) -> bytes:
    """Raises ValueError for anything but multibase `u`; Python's own decoder would skip strange letters in silence."""
    if not isinstance(text, str) or not text.startswith("u") or not _BASE64URL.fullmatch(text[1:]):
        raise ValueError("not multibase base64url")
    return base64.urlsafe_b64decode(text[1:] + "=" * (-len(text[1:]) % 4))


def digest_text(sha256: bytes) -> str:
    """A SHA-256 digest (32 bytes) as `digestMultibase` says it: a multihash, multibase base64url."""
    return to_base64url(SHA2_256 + sha256)


def multikey_of(public: bytes) -> str:
    """An Ed25519 public key (32 bytes) as a Multikey: z6Mk…"""
    return to_base58btc(ED25519_PUBLIC + public)


def public_of(multikey: object) -> bytes:
    """The 32 bytes of an Ed25519 Multikey. Raises ValueError for a key of another kind."""
    data = from_base58btc(multikey)
    if not data.startswith(ED25519_PUBLIC) or len(data) != len(ED25519_PUBLIC) + ED25519_BYTES:
        raise ValueError("not an Ed25519 Multikey")
    return data[len(ED25519_PUBLIC) :]
