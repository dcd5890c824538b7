"""Codes on labels: unguessable, read aloud without mistakes, and the ways people type them."""

import hashlib
import hmac
import secrets

from django.conf import settings

from marketplace.core.numbers import ALPHABET
from marketplace.core.persian import to_latin_digits

#: 26 letters of 5 bits: 130 random bits.
CODE_LETTERS = 26
#: The word under the scratch field: 50 bits, and a handful of tries an hour.
SCRATCH_LETTERS = 10
_READ = str.maketrans("OIL", "011")


def new_code() -> str:
    """The code of a passport."""
    return _random(CODE_LETTERS)


def new_scratch() -> str:
    """The word under the scratch field of a label."""
    return _random(SCRATCH_LETTERS)


def _random(letters: int) -> str:
    return "".join(secrets.choice(ALPHABET) for _nth in range(letters))


def read_code(text: str) -> str:
    """A code as it was typed or read (an address, small letters, spaces, Persian digits, O for 0), in the form it is stored.

    Empty for what cannot be one.
    """
    address, _mark, asked = to_latin_digits(text or "").strip().partition("?")
    # a GS1 Digital Link carries the code beside the serial
    last = asked.partition("c=")[2] if "/21/" in address else address.rstrip("/").rsplit("/", 1)[-1]
    code = last.replace(" ", "").replace("-", "").replace("\u200c", "").upper().translate(_READ)
    return code if len(code) == CODE_LETTERS and set(code) <= set(ALPHABET) else ""


def in_groups(code: str) -> str:
    """A code for the eye: groups of five, the last of six."""
    return "-".join((code[:5], code[5:10], code[10:15], code[15:20], code[20:]))


def keyed_hash(purpose: str, text: str, *, length: int = 64, secret: str = "") -> str:
    """A hash that only this market can make; what goes in cannot be found by trying."""
    key = f"{purpose}\0{secret or settings.SECRET_KEY}".encode()
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()[:length]


def _typed(scratch: str) -> str:
    return to_latin_digits(scratch).replace(" ", "").replace("-", "").upper().translate(_READ)


def scratch_hash(code: str, scratch: str) -> str:
    """What is stored of the word under a label's scratch field."""
    return keyed_hash("scratch", f"{code}:{_typed(scratch)}")


def scratch_fits(code: str, scratch: str, stored: str) -> bool:
    """Whether a typed word is the one under the scratch field; labels outlive a change of the site's secret."""
    secrets_ever = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    text = f"{code}:{_typed(scratch)}"
    return any(hmac.compare_digest(keyed_hash("scratch", text, secret=one), stored) for one in secrets_ever)
