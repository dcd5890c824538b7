"""Where the next page begins, as an opaque text: after a sort key, or by relevance at a position."""

import base64
import binascii
import json
from dataclasses import dataclass

from marketplace.search.engines.base import DEEPEST

_LARGEST = 2**63 - 2


@dataclass(frozen=True)
class Place:
    """After a sort key, or at a position; both empty is the beginning."""

    after: int | None = None
    offset: int = 0


BEGINNING = Place()


def write_cursor(sort: str, place: Place) -> str:
    """The cursor of a place in a sort."""
    body = json.dumps([sort, place.after, place.offset], separators=(",", ":"))
    return base64.urlsafe_b64encode(body.encode()).decode().rstrip("=")


def read_cursor(cursor: str, sort: str) -> Place | None:
    """The place a cursor names in a sort; None when it is not one of ours or belongs to another sort."""
    if not cursor:
        return BEGINNING
    try:
        body = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        named, after, offset = json.loads(body)
    except (binascii.Error, ValueError, TypeError, RecursionError):
        return None
    if named != sort or not (after is None or _is_place(after, _LARGEST)) or not _is_place(offset, DEEPEST):
        return None
    return Place(after, offset)


def _is_place(value: object, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= most
