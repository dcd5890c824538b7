"""A plan as Elasticsearch's query: what a work must have, and what makes one come before another."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from elasticsearch_dsl import Q
from elasticsearch_dsl.query import Query

from marketplace.search.engines.base import MASTER_VALUE, READY_VALUE, Plan, end_of
from marketplace.search.ranking import EVERYWHERE, MASTER, READY, SEAL, gains
from marketplace.search.words import Word

#: What a work listed today gains at most, less than anything else; one listed ten years ago has half of it.
_FRESH, _HALF_FRESH_AFTER = 0.05, "3650d"


def query_of(plan: Plan, *, without: str = "", scored: bool = True) -> Query:
    """What a work must have, `without` a facet's own values; `scored`, also what makes one come before another."""
    filters = [Q("term", sellable=plan.day.isoformat())]
    price = {"gte": plan.price_min, "lte": plan.price_max}
    price = {bound: rial for bound, rial in price.items() if rial is not None}
    if price:
        filters.append(Q("range", price=price))
    filters += [_facet(name, values, plan.day) for name, values in plan.facets.items() if name != without and values]
    needed = [_met(EVERYWHERE, word) for word in plan.needed]
    if plan.least is not None and needed:
        needed = [Q("bool", should=needed, minimum_should_match=max(1, min(plan.least, len(needed))))]
    never = [Q("term", fx=plan.never)] if plan.never else []
    wished = []
    if scored and plan.key is None:
        wished = [
            *(points for word in plan.words for points in _points(word)),
            Q("constant_score", filter=Q("range", seal_until={"gte": plan.day.isoformat()}), boost=SEAL),
            Q("constant_score", filter=Q("term", fx=MASTER_VALUE), boost=MASTER),
            Q("constant_score", filter=Q("term", fx=READY_VALUE), boost=READY),
            *_liked(plan),
        ]
    if not wished:
        return Q("bool", filter=filters + needed, must_not=never)
    # a work that gains nothing is as fresh as any other, so this leaves none out; and once a page is full, works are passed over
    # that can no longer come among its first
    points = Q("bool", should=[*wished, _fresh(plan.day)], minimum_should_match=1)
    return Q("bool", must=[points], filter=filters + needed, must_not=never)


def _fresh(day: date) -> Query:
    """Less than any gain, and less for what was listed longer ago."""
    now = int(datetime.combine(day + timedelta(days=1), time(), UTC).timestamp())
    return Q("distance_feature", field="listed", origin=now, pivot=_HALF_FRESH_AFTER, boost=_FRESH)


def _liked(plan: Plan) -> list[Query]:
    liked = [Q("constant_score", filter=Q("term", fx=value), boost=worth) for value, worth in plan.liked.items()]
    if plan.liked_price:
        low, high, worth = plan.liked_price
        liked.append(Q("constant_score", filter=Q("range", price={"gte": low, "lte": high}), boost=worth))
    return liked


def _facet(name: str, values: tuple[str, ...], day: date) -> Query:
    if not any(end_of(name, value) for value in values):
        return Q("terms", fx=[f"{name}:{value}" for value in values])
    return Q("bool", should=[_value(name, value, day) for value in values], minimum_should_match=1)


def _value(name: str, value: str, day: date) -> Query:
    term = Q("term", fx=f"{name}:{value}")
    end = end_of(name, value)
    return term & Q("range", **{end: {"gte": day.isoformat()}}) if end else term


def _points(word: Word) -> Iterator[Query]:
    for gain in gains(word):
        yield Q("constant_score", filter=_met(gain.place, word, gain.kin, gain.begun), boost=gain.worth)


def _met(field: str, word: Word, kin: bool = True, begun: bool = True) -> Query:
    """Works where one of a word's forms stands in a field, or a kin of it, or a word that begins like it."""
    found = [Q("terms", **{field: [*word.forms, *word.kin] if kin else list(word.forms)})]
    if begun:
        found += [Q("prefix", **{field: {"value": prefix}}) for prefix in word.prefixes]
    return Q("bool", should=found, minimum_should_match=1) if len(found) > 1 else found[0]
