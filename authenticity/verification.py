"""What the public learns of a label: one passport with all its page shows, in a fixed number of queries."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Min, OuterRef, Subquery
from django.db.models.functions import Coalesce

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


def find(code: str, *, on: date) -> Found:
    """A label by its code as stored (or empty), in three queries; one for a code that no label has."""
    looks = Scan.objects.filter(passport=OuterRef("pk"), kind=Scan.Kind.LOOKED).order_by().values("passport")
    passports = Passport.objects.select_related(
        "work__maker", "work__craft", "work__city__province", "maker", "piece"
    ).annotate(
        looks=Coalesce(Subquery(looks.annotate(many=Count("pk")).values("many")), 0),
        first_look=Subquery(looks.annotate(first=Min("at")).values("first")),
    )
    passport = passports.filter(code=code or NOWHERE).first()
    state = state_of(passport, on=on)
    if passport is None:
        return Found(state, None, None, [], 0, None)
    picture = ProductImage.objects.filter(product=passport.work_id).order_by("display_order", "id").first()
    seals = valid_seals([passport.work], on).get(passport.work_id, [])
    return Found(state, passport, picture, seals, passport.looks, passport.first_look)
