"""The engine for many works: Elasticsearch, by elasticsearch-dsl. One `_msearch` a page: hits, and searches of size nought that count, one
for all facets and one for each chosen facet. Those score nothing, and the server keeps their answers until its next refresh."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import lru_cache

from django.utils import timezone
from elasticsearch import ApiError, Elasticsearch, TransportError
from elasticsearch.helpers import BulkIndexError, bulk
from elasticsearch_dsl import MultiSearch, Search

from marketplace.search.engines.base import (
    FACETS,
    MOST_VALUES_COUNTED,
    Counts,
    EngineFailed,
    Entry,
    Found,
    IndexMissing,
    Plan,
    by_facet,
)
from marketplace.search.engines.elastic_query import query_of
from marketplace.search.keys import listed_at
from marketplace.search.ranking import WORTH

#: A page waits no longer for the server; the embedded engine answers then, and both together take less than a second. Building may take
#: its time.
_PAGE_SECONDS, _BUILD_SECONDS = 0.5, 120
_ABANDONED_AFTER = timedelta(days=1)
_FAILURES = (ApiError, TransportError, BulkIndexError)
_WORDS = {"type": "text", "analyzer": "whitespace", "norms": False, "index_options": "docs"}
MAPPINGS = {
    "dynamic": "strict",
    "properties": {
        **dict.fromkeys(WORTH, _WORDS),
        "id": {"type": "long"},
        "fx": {"type": "keyword", "eager_global_ordinals": True},
        # the same once more, facet by facet: one of them is counted without reading the others
        "f": {"properties": {name: {"type": "keyword", "index": False} for name in FACETS}},
        "listed": {"type": "date", "format": "epoch_second"},
        "sellable": {"type": "date_range", "format": "strict_date"},
        **{name: {"type": "long"} for name in ("price", "price_key", "newest_key")},
        **{name: {"type": "date", "format": "strict_date"} for name in ("seal_until", "domestic_until", "due")},
    },
}
SETTINGS = {"number_of_shards": 1, "number_of_replicas": 0, "refresh_interval": "1s"}


class ElasticEngine:
    """See `base.Engine`. `name` is an alias; behind it stands one index, and a rebuild puts another in its place."""

    def __init__(self, url: str, name: str):
        self.server, self.name = _server(url), name

    def search(self, plan: Plan) -> Found:
        searches = [self._page(plan)]
        chosen = [name for name, values in plan.facets.items() if values and name in plan.counted]
        if plan.counted:
            searches += [self._counting(plan), *(self._counting(plan, own=name) for name in chosen)]
        multi = MultiSearch(using=self.server.options(request_timeout=_PAGE_SECONDS))
        for search in searches:
            multi = multi.add(search)
        try:
            page, *counted = multi.execute()
        except _FAILURES as error:
            raise self._failed(error) from error
        hits = list(page.hits)
        keys = [hit.meta.sort[0] for hit in hits] if plan.key else []
        total = (counted or [page])[0].hits.total.value
        return Found([int(hit.meta.id) for hit in hits], total, _counts(plan, counted, chosen), keys)

    def _page(self, plan: Plan) -> Search:
        search = (
            self._search().query(query_of(plan)).source(False).extra(size=plan.limit, track_total_hits=not plan.counted)
        )
        if plan.key is None:
            search = search.sort("_score", "-newest_key").extra(from_=plan.offset)
        else:
            field, descends = plan.key
            search = search.sort(f"-{field}" if descends else field)
        return search.extra(search_after=[plan.after]) if plan.after is not None else search

    def _counting(self, plan: Plan, *, own: str = "") -> Search:
        """What all facets count, or what one counts of the works that it does not narrow itself."""
        search = self._search().query(query_of(plan, without=own, scored=False)).extra(size=0, track_total_hits=not own)
        counted = (own,) if own else plan.counted
        fields = ["fx"] if set(counted) == set(FACETS) else [f"f.{name}" for name in counted]
        for field in fields:
            search.aggs.bucket(field.removeprefix("f."), "terms", field=field, size=MOST_VALUES_COUNTED)
        return search

    def _search(self) -> Search:
        return Search(using=self.server, index=self.name)

    def write(self, documents: Iterable[dict], gone: Iterable[int]) -> None:
        try:
            self._ensure()
            _bulk(self.builder(), documents, gone, {"_index": self.name, "require_alias": True}, refresh=True)
        except _FAILURES as error:
            raise EngineFailed(type(error).__name__) from error

    def build(self, name: str = "", last: int = 0) -> "ElasticBuild":
        return ElasticBuild(self, name)

    def due(self, day: date, limit: int) -> list[int]:
        search = self._search().query("range", due={"lte": day.isoformat()}).source(False).extra(size=limit)
        try:
            return [int(hit.meta.id) for hit in search.execute()]
        except _FAILURES as error:
            raise self._failed(error) from error

    def entries(self, low: int, high: int, limit: int, day: date) -> list[Entry]:
        search = self._search().query("range", id={"gt": low, "lte": high}).sort("id")
        search = search.source(["id", "price", "fx", "sellable"]).extra(size=limit)
        try:
            return [_entry(hit.to_dict(), day.isoformat()) for hit in search.execute()]
        except _FAILURES as error:
            raise self._failed(error) from error

    def _failed(self, error: Exception) -> EngineFailed:
        # a missing index comes with status 404, or inside an `_msearch` with 200
        missing = "index_not_found" in str(getattr(error, "body", ""))
        return IndexMissing(self.name) if missing else EngineFailed(type(error).__name__)

    def drop(self) -> None:
        """Delete the alias and every index behind it."""
        for index in self._behind():
            self.server.indices.delete(index=index)

    def builder(self) -> Elasticsearch:
        """The server, given time."""
        return self.server.options(request_timeout=_BUILD_SECONDS)

    def _behind(self) -> list[str]:
        if not self.server.indices.exists_alias(name=self.name):
            return []
        return list(self.server.indices.get_alias(name=self.name))

    def create(self, **more: str) -> str:
        """A new index that nothing stands for yet."""
        fresh = f"{self.name}-{timezone.now():%Y%m%d%H%M%S%f}"
        self.server.indices.create(index=fresh, mappings=MAPPINGS, settings=SETTINGS | more)
        return fresh

    def _ensure(self) -> None:
        if not self._behind():
            self.put_in_place(self.create())

    def put_in_place(self, fresh: str) -> None:
        """Let a new index stand behind the alias; the old one goes. One that stands there already is left there."""
        old = [index for index in self._behind() if index != fresh]
        actions: list[dict] = [{"remove": {"index": index, "alias": self.name}} for index in old]
        actions.append({"add": {"index": fresh, "alias": self.name}})
        self.server.indices.update_aliases(actions=actions)
        for index in old:
            self.server.indices.delete(index=index)

    def drop_abandoned(self) -> None:
        """Delete what rebuilds left that were killed; one that began within a day may still be at work."""
        youngest = f"{self.name}-{timezone.now() - _ABANDONED_AFTER:%Y%m%d%H%M%S%f}"
        for index, told in self.server.indices.get_alias(index=f"{self.name}-2*").items():
            if not told["aliases"] and index < youngest:
                self.server.indices.delete(index=index)


class ElasticBuild:
    """See `base.Build`. What the server has answered for is kept; a document that is put twice is there once."""

    def __init__(self, engine: ElasticEngine, name: str):
        self._engine, self._server = engine, engine.builder()
        try:
            if name and not (name.startswith(f"{engine.name}-") and self._server.indices.exists(index=name)):
                raise IndexMissing(name)
            self.name = name or engine.create(refresh_interval="-1")
        except _FAILURES as error:
            raise EngineFailed(type(error).__name__) from error

    def add(self, documents: Iterable[dict]) -> None:
        self.replace(documents, ())

    def replace(self, documents: Iterable[dict], gone: Iterable[int]) -> None:
        try:
            _bulk(self._server, documents, gone, {"_index": self.name})
        except _FAILURES as error:
            raise EngineFailed(type(error).__name__) from error

    def keep(self) -> None:
        """Each answer of the server is for good."""

    def finish(self) -> None:
        try:
            self._server.indices.put_settings(index=self.name, settings={"refresh_interval": "1s"})
            self._server.indices.forcemerge(index=self.name, max_num_segments=1)
            self._server.indices.refresh(index=self.name)
            self._engine.put_in_place(self.name)
            self._engine.drop_abandoned()
        except _FAILURES as error:
            raise EngineFailed(type(error).__name__) from error

    def close(self) -> None:
        """Nothing is held."""


@lru_cache(maxsize=4)
def _server(url: str) -> Elasticsearch:
    return Elasticsearch(url, max_retries=0, retry_on_timeout=False)


def _bulk(
    server: Elasticsearch, documents: Iterable[dict], gone: Iterable[int], where: dict, *, refresh: bool = False
) -> None:
    actions = [_put(document) | where for document in documents]
    actions += [{"_op_type": "delete", "_id": str(pk)} | where for pk in gone]
    _failed_besides_missing(bulk(server, actions, refresh=refresh, raise_on_error=False, stats_only=False))


def _failed_besides_missing(result: tuple[int, int | list[dict]]) -> None:
    """Deleting what is not there is well done; anything else that failed is not."""
    refused = result[1] if isinstance(result[1], list) else []
    failed = [item for item in refused if next(iter(item.values())).get("status") != 404 or "delete" not in item]
    if failed:
        raise BulkIndexError("documents were refused", failed)


def _put(document: dict) -> dict:
    body = {name: value.isoformat() if isinstance(value, date) else value for name, value in document.items()}
    body["listed"] = int(listed_at(document["newest_key"]).timestamp())
    body["f"] = {
        facet: sorted(values)
        for facet, values in by_facet(((one, 1) for one in document["fx"]), FACETS).items()
        if values
    }
    body["sellable"] = [{"gte": begin.isoformat(), "lte": end.isoformat()} for begin, end in document["sellable"]]
    return {"_op_type": "index", "_id": str(document["id"]), "_source": body}


def _entry(source: dict, day: str) -> Entry:
    found = any(window["gte"] <= day <= window["lte"] for window in source.get("sellable", ()))
    return Entry(source["id"], source.get("price"), frozenset(source.get("fx", ())), found)


def _counts(plan: Plan, answers: list, chosen: list[str]) -> Counts:
    if not answers:
        return {}
    of_all, *own = answers
    counts = by_facet(_pairs(of_all), [name for name in plan.counted if name not in chosen])
    for name, answer in zip(chosen, own, strict=True):
        counts |= by_facet(_pairs(answer), [name])
    return counts


def _pairs(answer) -> Iterator[tuple[str, int]]:
    """("facet:value", works) of every facet that was counted, together or apart."""
    for name, counted in answer.aggregations.to_dict().items():
        prefix = "" if name == "fx" else f"{name}:"
        for bucket in counted["buckets"]:
            yield f"{prefix}{bucket['key']}", bucket["doc_count"]
