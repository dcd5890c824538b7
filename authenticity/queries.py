"""Which works carry which seals on a day."""

from collections.abc import Iterable
from datetime import date

from authenticity.models import SealGrant
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
