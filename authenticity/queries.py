"""Which works carry which seals on a day."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from authenticity.models import SealGrant, SealScheme
from catalogue.models import Product


def valid_seals(works: Iterable[Product], on: date) -> dict[int, list[SealGrant]]:
    """Work id → its grants in force on a day, in one query; works without a line or a seal are left out."""
    by_line: dict[tuple[int, int], list[int]] = {}
    for work in works:
        if work.product_line_id and work.maker_id:
            by_line.setdefault((work.product_line_id, work.maker_id), []).append(work.pk)
    if not by_line:
        return {}
    grants = (
        SealGrant.objects.valid_on(on)
        .filter(product_line__in={line for line, _maker in by_line})
        .select_related("scheme")
        .order_by("scheme__slug", "id")
    )
    found: dict[int, list[SealGrant]] = {}
    for grant in grants:
        for work_id in by_line.get((grant.product_line_id, grant.maker_id), ()):
            found.setdefault(work_id, []).append(grant)
    return found


def schemes_given(year: int) -> QuerySet[SealScheme]:
    """Schemes that are given to product lines in a Gregorian year; what `rules.require_given_scheme` says of one."""
    begun, not_ended = Q(first_year=None) | Q(first_year__lte=year), Q(last_year=None) | Q(last_year__gte=year)
    return SealScheme.objects.filter(begun, not_ended, given_to=SealScheme.Subject.PRODUCT_LINE)
