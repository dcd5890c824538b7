"""What the public learns of a label: one passport with all its page shows, in a fixed number of queries."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from django.db.models import Count, Min, OuterRef, QuerySet, Subquery, TextField
from django.db.models.functions import Cast, Coalesce, JSONObject

from authenticity.models import Passport, Scan, SealGrant
from authenticity.passports import State, state_of
from authenticity.queries import valid_seals
from catalogue.models import ProductImage

#: A code that no label has: it is asked for where something else was typed, so that every answer takes the same way.
NOWHERE = "0" * 26


@dataclass(frozen=True)
class Found:
    """`times_seen` counts the looks before this one."""

    state: State
    passport: Passport | None
    picture: ProductImage | None
    seals: list[SealGrant]
    times_seen: int
    first_seen: datetime | None


#: What the page and its JSON read. Whole rows of six tables would cost the server a third more time for every look.
_NAMES = ("work__craft", "work__city", "maker")
_READ = (
    *("code", "serial", "gtin", "pieces", "issued_on", "valid_until", "activated_at", "suspended_on", "revoked_on"),
    *("voided_on", "because", "is_demo", "owner", "maker", "work"),
    *(f"work__{name}" for name in ("title", "title_en", "slug", "parent", "origin_state", "product_line", "maker")),
    *("work__craft", "work__city"),
    *(f"{thing}__{name}" for thing in _NAMES for name in ("name_fa", "name_en")),
)
#: What a page shows of a picture.
_PICTURE = ("id", "original", "width", "height", "colour", "alt_fa", "alt_en", "is_demo")


def find(code: str, *, on: date) -> Found:
    """A label by its code as stored (or empty), in two queries at most; one for a code that no label has."""
    passport = next(iter(_passports().filter(code=code or NOWHERE)[:1]), None)
    state = state_of(passport, on=on)
    if passport is None:
        return Found(state, None, None, [], 0, None)
    seals = valid_seals([passport.work], on).get(passport.work_id, [])
    return Found(state, passport, _picture(passport.picture), seals, passport.looks, passport.first_look)


@cache
def _passports() -> QuerySet[Passport]:
    """Passports with what is shown of them. Put together once: each look then takes a copy."""
    looks = Scan.objects.filter(passport=OuterRef("pk"), kind=Scan.Kind.LOOKED).order_by().values("passport")
    shown = Passport.objects.select_related(*_NAMES).only(*_READ).order_by()
    return shown.annotate(
        looks=Coalesce(Subquery(looks.annotate(many=Count("pk")).values("many")), 0),
        first_look=Subquery(looks.annotate(first=Min("at")).values("first")),
        picture=Subquery(_first_picture()),
    )


def _first_picture():
    """The picture that a work shows first, as one value. Its sizes go as text: SQLite would quote them."""
    facts = JSONObject(**{name: name for name in _PICTURE}, sizes=Cast("sizes", TextField()))
    pictures = ProductImage.objects.filter(product=OuterRef("work")).order_by("display_order", "id")
    return pictures.values(facts=facts)[:1]


def _picture(facts: dict[str, Any] | None) -> ProductImage | None:
    return ProductImage(**facts | {"sizes": json.loads(facts["sizes"])}) if facts else None
