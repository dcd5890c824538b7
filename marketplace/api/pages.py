"""Pages of a list that is ordered by slug: the cursor is the last slug, opaque to the caller."""

import base64
import binascii
import re
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from marketplace.api.problems import BadParameter

_SLUG = re.compile(r"[-a-zA-Z0-9_]{1,80}")


@dataclass(frozen=True)
class Page:
    """Some things, how many there are in all, and the cursor of the next page (None after the last)."""

    things: list
    total: int
    next_cursor: str | None


def page_by_slug(things: QuerySet, *, limit: int, cursor: str) -> Page:
    """The things after a cursor, by slug. Two queries and those of the set's own prefetches. Raises BadParameter."""
    total = things.order_by().count()
    ordered = things.order_by("slug")
    if cursor:
        ordered = ordered.filter(slug__gt=_read(cursor))
    found = list(ordered[: limit + 1])
    more = len(found) > limit
    return Page(found[:limit], total, _write(found[limit - 1].slug) if more else None)


def bad_cursor() -> BadParameter:
    """What is said of a cursor that is not ours."""
    return BadParameter("cursor", _("This cursor is not one of ours for this list; leave it out to begin again."))


def _write(slug: str) -> str:
    return base64.urlsafe_b64encode(slug.encode()).decode().rstrip("=")


def _read(cursor: str) -> str:
    try:
        slug = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True).decode("ascii")
    except (binascii.Error, ValueError) as error:
        raise bad_cursor() from error
    if not _SLUG.fullmatch(slug):
        raise bad_cursor()
    return slug
