"""Which works of a basket are in which ranges, for all ranges together: a fixed number of queries, then sets.

Says what Oscar's `Range.product_queryset` says, one work and one range at a time; `tests/offer/test_like_oscar.py` compares them.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from catalogue.models import Product, ProductCategory
from marketplace.offer.models import Range

Pairs = dict[int, set]


@dataclass(frozen=True)
class _Links:
    """Range → works, classes and paths of categories that it lists."""

    included: Pairs
    excluded: Pairs
    classes: Pairs
    categories: Pairs
    excluded_categories: Pairs


def load_ranges(ids: Iterable[int], works: Iterable[Product]) -> dict[int, Range]:
    """Ranges that know, without a query, which of these works they hold. Works come with their parents."""
    ranges = Range.objects.in_bulk(set(ids))
    by_id = {work.pk: work for work in works}
    if not ranges or not by_id:
        return ranges
    asked = set(by_id) | {work.parent_id for work in by_id.values() if work.parent_id}
    links, paths = _links(ranges, asked), _paths(asked)
    for one in ranges.values():
        if not one.proxy_class:
            one.told = {work.pk: _holds(one, work, links, paths) for work in by_id.values()}
    return ranges


def _gathered(rows: Iterable[tuple[int, object]]) -> Pairs:
    pairs: Pairs = defaultdict(set)
    for key, value in rows:
        pairs[key].add(value)
    return pairs


def _links(ranges: dict[int, Range], works: set[int]) -> _Links:
    def rows(name: str, value: str) -> QuerySet:
        return getattr(Range, name).through.objects.filter(range__in=list(ranges)).values_list("range_id", value)

    wide = any(one.includes_all_products for one in ranges.values())
    return _Links(
        included=_gathered(rows("included_products", "product_id").filter(product__in=works)),
        excluded=_gathered(rows("excluded_products", "product_id").filter(product__in=works)),
        classes=_gathered(rows("classes", "productclass_id")),
        categories=_gathered(rows("included_categories", "category__path")),
        excluded_categories=_gathered(rows("excluded_categories", "category__path")) if wide else {},
    )


def _paths(works: set[int]) -> Pairs:
    """Work → paths of its categories; a path begins with those of the categories above it."""
    return _gathered(ProductCategory.objects.filter(product__in=works).values_list("product_id", "category__path"))


def _under(paths: set[str], tops: set[str]) -> bool:
    return any(path.startswith(top) for path in paths for top in tops)


def _holds(one: Range, work: Product, links: _Links, paths: Pairs) -> bool:
    both = {work.pk, work.parent_id} - {None}
    own = paths.get(work.pk, set()) | paths.get(work.parent_id, set())
    excluded = links.excluded.get(one.pk, set())
    if one.includes_all_products:  # here Oscar looks at the work alone, not at the work it is a variant of
        return work.pk not in excluded and not _under(own, links.excluded_categories.get(one.pk, set()))
    classes = {work.product_class_id, work.parent.product_class_id if work.parent_id else None} - {None}
    listed = (
        both & links.included.get(one.pk, set())
        or classes & links.classes.get(one.pk, set())
        or _under(own, links.categories.get(one.pk, set()))
    )
    return bool(listed) and not both & excluded
