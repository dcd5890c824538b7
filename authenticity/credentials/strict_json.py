"""JSON in which nothing is said twice: Python's reader, like most, keeps the last of two equal names and never tells."""

import json
from typing import Any

from authenticity.credentials.verdict import NotAccepted, State


def parse(raw: bytes) -> Any:
    """The value. Raises NotAccepted with `duplicate_keys`, or `malformed` for what is no JSON in UTF-8."""
    try:
        return json.loads(raw.decode("utf-8"), object_pairs_hook=_once, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise NotAccepted(State.MALFORMED, f"This is not JSON in UTF-8: {error}.") from error


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        names = [name for name, _value in pairs]
        twice = sorted({name for name in names if names.count(name) > 1})
        raise NotAccepted(State.DUPLICATE_KEYS, f"A name stands twice in one object: {', '.join(twice)}.")
    return value


def _no_constant(text: str) -> Any:
    raise ValueError(f"{text} is not JSON")
