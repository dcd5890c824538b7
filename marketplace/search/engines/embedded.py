"""The engine that needs no server: tantivy on a local folder. Many processes read it, one writes at a time."""

import shutil
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from pathlib import Path

import tantivy
from django.conf import settings
from django.utils import timezone
from tantivy import Occur, Query

from marketplace.search.engines.base import (
    MASTER_VALUE,
    MOST_VALUES_COUNTED,
    READY_VALUE,
    Counts,
    EngineFailed,
    Entry,
    Found,
    IndexBusy,
    IndexMissing,
    Plan,
    by_facet,
    end_of,
    including,
)
from marketplace.search.ranking import EVERYWHERE, MASTER, READY, SEAL, WORTH, gains
from marketplace.search.windows import LAST, MOST_WINDOWS
from marketplace.search.words import Word

_SMALL_HEAP, _LARGE_HEAP = 15_000_000, 64_000_000
_DATES = ("seal_until", "domestic_until", "due")
_NUMBERS = ("id", "price", "price_key", "newest_key", *_DATES)
_BOUNDS = tuple((f"from_{slot}", f"until_{slot}") for slot in range(MOST_WINDOWS))

#: In the place of a server it counts no facets among more works: a page would take seconds.
MOST_COUNTED_AS_STAND_IN = 100_000
_ENTRY_FIELDS = ["id", "price", "fx", *(name for pair in _BOUNDS for name in pair)]


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for name in WORTH:
        builder.add_text_field(name, tokenizer_name="words", index_option="basic")
    builder.add_text_field("fx", tokenizer_name="raw", fast=True, index_option="basic")
    for name in (*_NUMBERS, *(name for pair in _BOUNDS for name in pair)):
        builder.add_integer_field(name, indexed=True, fast=True)
    builder.add_float_field("freshness", fast=True)
    return builder.build()


SCHEMA = _schema()


class EmbeddedEngine:
    """See `base.Engine`."""

    def __init__(self, folder: Path | None = None):
        self.room = folder or Path(settings.SEARCH_INDEX_DIR)
        self.name = f"works-{settings.SEARCH_INDEX_SHAPE}"

    @property
    def folder(self) -> Path:
        """The index that answers: the one the pointer names; before the first rebuild the one that changes began."""
        try:
            return self.room / self._pointer.read_text(encoding="ascii")
        except FileNotFoundError:
            return self.room / self.name

    @property
    def _pointer(self) -> Path:
        return self.room / f"{self.name}.current"

    @property
    def is_there(self) -> bool:
        """Whether there is an index to search."""
        return (self.folder / "meta.json").exists()

    def search(self, plan: Plan) -> Found:
        try:
            return self._search(self._searcher(), plan)
        except ValueError as error:
            raise EngineFailed(error) from error

    def _search(self, searcher: tantivy.Searcher, plan: Plan) -> Found:
        query = _query(plan)
        hits = self._hits(searcher, plan, query)
        ids = _ids(searcher, hits)
        total = searcher.search(query, 1, count=True).count or 0  # type: ignore[attr-defined]  # not in tantivy's stub
        counts = _counts(searcher, plan, query) if plan.counted and not _is_hurried(searcher) else {}
        return Found(ids, total, counts, [int(key) for key, _address in hits] if plan.key else [])

    def _hits(self, searcher: tantivy.Searcher, plan: Plan, query: Query) -> list:
        if plan.key is None:
            return searcher.search(query, plan.limit, count=False, offset=plan.offset, weight_by_field="freshness").hits
        field, descends = plan.key
        if plan.after is not None:
            further = (None, plan.after - 1) if descends else (plan.after + 1, None)
            query = _all(query, _range(field, *further))
        order = tantivy.Order.Desc if descends else tantivy.Order.Asc
        return searcher.search(query, plan.limit, count=False, order_by_field=field, order=order).hits

    def write(self, documents: Iterable[dict], gone: Iterable[int]) -> None:
        writer = self._writer(_SMALL_HEAP)
        _put(writer, documents, gone)
        writer.commit()
        writer.wait_merging_threads()

    def build(self, name: str = "", last: int = 0) -> "EmbeddedBuild":
        return EmbeddedBuild(self, name, last)

    def put_in_place(self, name: str) -> None:
        """Let a new index answer; the others of this shape go."""
        fresh = self._pointer.with_suffix(".new")
        fresh.write_text(name, encoding="ascii")
        fresh.replace(self._pointer)
        for other in (self.room / self.name, *self.room.glob(f"{self.name}-*")):
            if other.name != name:
                shutil.rmtree(other, ignore_errors=True)  # a reader who has it open reads on

    def due(self, day: date, limit: int) -> list[int]:
        searcher = self._searcher()
        return _ids(searcher, searcher.search(_range("due", None, day.toordinal()), limit, count=False).hits)

    def entries(self, low: int, high: int, limit: int, day: date) -> list[Entry]:
        query = _range("id", low + 1, high)
        asked = {"size": limit, "sort": [{"id": "asc"}], "docvalue_fields": _ENTRY_FIELDS}
        found = self._searcher().aggregate(query, {"entries": {"top_hits": asked}})
        return [_entry(hit["docvalue_fields"], day.toordinal()) for hit in found["entries"]["hits"]]

    def _searcher(self) -> tantivy.Searcher:
        folder = self.folder
        if not (folder / "meta.json").exists():
            raise IndexMissing(folder)
        index = _opened(folder)
        index.reload()
        return index.searcher()

    def _writer(self, heap: int) -> tantivy.IndexWriter:
        return _writer_of(self.folder, heap)


def _is_hurried(searcher: tantivy.Searcher) -> bool:
    """Whether it stands in for a server that failed, among so many works that counting them would keep a page from its reader."""
    return bool(settings.ELASTICSEARCH_URL) and searcher.num_docs > MOST_COUNTED_AS_STAND_IN


class EmbeddedBuild:
    """See `base.Build`. A folder of its own, so that changes go on being written to the index that answers."""

    def __init__(self, engine: EmbeddedEngine, name: str, last: int):
        self._engine = engine
        self.name = name or f"{engine.name}-{timezone.now():%Y%m%d%H%M%S%f}"
        folder = engine.room / self.name
        if name and not (name.startswith(f"{engine.name}-") and (folder / "meta.json").exists()):
            raise IndexMissing(folder)
        self._writer: tantivy.IndexWriter | None = _writer_of(folder, _LARGE_HEAP)
        if name:  # written and committed, but the process was gone before it was said to be kept
            self._open.delete_documents_by_query(_range("id", last + 1, None))

    @property
    def _open(self) -> tantivy.IndexWriter:
        assert self._writer is not None
        return self._writer

    def add(self, documents: Iterable[dict]) -> None:
        for document in documents:
            self._open.add_document(_stored(document))

    def replace(self, documents: Iterable[dict], gone: Iterable[int]) -> None:
        _put(self._open, documents, gone)

    def keep(self) -> None:
        self._open.commit()

    def finish(self) -> None:
        self._open.commit()
        self.close()
        self._engine.put_in_place(self.name)

    def close(self) -> None:
        if self._writer is not None:
            self._writer.wait_merging_threads()
            self._writer = None


def _writer_of(folder: Path, heap: int) -> tantivy.IndexWriter:
    folder.mkdir(parents=True, exist_ok=True)
    try:
        return _opened(folder).writer(heap, 1)
    except ValueError as error:
        raise IndexBusy(folder) if "LockBusy" in str(error) else EngineFailed(error) from error


def _put(writer: tantivy.IndexWriter, documents: Iterable[dict], gone: Iterable[int]) -> None:
    for pk in gone:
        writer.delete_documents_by_term("id", pk)
    for document in documents:
        writer.delete_documents_by_term("id", document["id"])
        writer.add_document(_stored(document))


def _ids(searcher: tantivy.Searcher, hits: list) -> list[int]:
    if not hits:
        return []
    return [int(pk) for pk in searcher.fast_field_values("id", [address for _key, address in hits]) if pk is not None]


@lru_cache(maxsize=8)
def _opened(folder: Path) -> tantivy.Index:
    index = tantivy.Index(SCHEMA, path=str(folder))
    index.register_tokenizer("words", tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
    return index


def _stored(document: dict) -> tantivy.Document:
    stored = tantivy.Document()
    for name in WORTH:
        stored.add_text(name, document[name])
    for value in document["fx"]:
        stored.add_text("fx", value)
    for name in _NUMBERS:
        value = document[name]
        if value is not None:
            stored.add_integer(name, value.toordinal() if name in _DATES else value)
    for (begins, ends), (begin, end) in zip(_BOUNDS, document["sellable"], strict=False):
        stored.add_integer(begins, begin.toordinal())
        stored.add_integer(ends, end.toordinal())
    # a touch that orders equals and never outweighs a word
    stored.add_float("freshness", document["newest_key"] / 2**67)
    return stored


def _entry(values: dict, day: int) -> Entry:
    windows = [
        (begin, end) for begins, ends in _BOUNDS for begin, end in zip(values[begins], values[ends], strict=True)
    ]
    found = any(begin <= day <= end for begin, end in windows)
    return Entry(values["id"][0], next(iter(values["price"]), None), frozenset(values["fx"]), found)


def _query(plan: Plan, *, without: str = "") -> Query:
    """The whole search as one query; `without` leaves one facet's own filter out."""
    parts = [_lawful(plan.day)]
    if plan.needed:
        parts.append(_silent(_least([_met(EVERYWHERE, word) for word in plan.needed], plan.least)))
    if plan.price_min is not None or plan.price_max is not None:
        parts.append(_silent(_range("price", plan.price_min, plan.price_max)))
    parts += [
        _silent(_facet(name, values, plan.day)) for name, values in plan.facets.items() if name != without and values
    ]
    wished = []
    if plan.key is None:
        wished = [points for word in plan.words for points in _points(word)]
        sealed = _range("seal_until", plan.day.toordinal(), LAST.toordinal())
        wished.append(Query.const_score_query(sealed, SEAL))
        for value, worth in ((MASTER_VALUE, MASTER), (READY_VALUE, READY)):
            wished.append(_worth(value, worth))
        wished += _liked(plan)
    never = [(Occur.MustNot, Query.term_query(SCHEMA, "fx", plan.never, "basic"))] if plan.never else []
    must, should = [(Occur.Must, part) for part in parts], [(Occur.Should, wish) for wish in wished]
    return Query.boolean_query(must + should + never)


def _liked(plan: Plan) -> list[Query]:
    liked = [_worth(value, worth) for value, worth in plan.liked.items()]
    if plan.liked_price:
        low, high, worth = plan.liked_price
        liked.append(Query.const_score_query(_range("price", low, high), worth))
    return liked


def _worth(value: str, worth: float) -> Query:
    return Query.const_score_query(Query.term_query(SCHEMA, "fx", value, "basic"), worth)


def _least(words: list[Query], least: int | None) -> Query:
    """Works that have so many of some words; None is all of them."""
    if least is None or least >= len(words):
        return _all(*words)
    return Query.boolean_query([(Occur.Should, word) for word in words], minimum_number_should_match=max(1, least))


def _all(*queries: Query) -> Query:
    return Query.boolean_query([(Occur.Must, query) for query in queries])


def _any(queries: list[Query]) -> Query:
    return Query.boolean_query([(Occur.Should, query) for query in queries])


def _silent(query: Query) -> Query:
    """A condition that adds nothing to the score."""
    return Query.const_score_query(query, 0.0)


def _range(field: str, low: int | None, high: int | None) -> Query:
    return Query.range_query(SCHEMA, field, tantivy.FieldType.Integer, low, high)


def _lawful(day: date) -> Query:
    """Works of which an offer may be sold on a day."""
    today = day.toordinal()
    pairs = [_all(_range(begins, None, today), _range(ends, today, None)) for begins, ends in _BOUNDS]
    return _silent(_any(pairs))


def _facet(name: str, values: tuple[str, ...], day: date) -> Query:
    return _any([_value(name, value, day) for value in values])


def _value(name: str, value: str, day: date) -> Query:
    term = Query.term_query(SCHEMA, "fx", f"{name}:{value}", "basic")
    end = end_of(name, value)
    return _all(term, _range(end, day.toordinal(), LAST.toordinal())) if end else term


def _points(word: Word) -> Iterable[Query]:
    return (Query.const_score_query(_met(gain.place, word, gain.kin, gain.begun), gain.worth) for gain in gains(word))


def _met(field: str, word: Word, kin: bool = True, begun: bool = True) -> Query:
    """Works where one of a word's forms stands in a field, or a kin of it, or a word that begins like it."""
    found = [_forms(field, (*word.forms, *word.kin) if kin else word.forms)]
    if begun:
        # words are letters and digits only, so nothing in them means anything to a pattern
        found += [Query.regex_query(SCHEMA, field, f"{prefix}.*") for prefix in word.prefixes]
    return _any(found) if len(found) > 1 else found[0]


def _forms(field: str, forms: tuple[str, ...]) -> Query:
    return _any([Query.term_query(SCHEMA, field, form, "basic") for form in forms])


def _counts(searcher: tantivy.Searcher, plan: Plan, query: Query) -> Counts:
    """Counts with all filters; a selected facet is counted without its own."""
    chosen = [name for name, values in plan.facets.items() if values and name in plan.counted]
    others = tuple(name for name in plan.counted if name not in chosen)
    counts = by_facet(_terms(searcher, query, plan.counted), others)
    for name in chosen:
        own = _terms(searcher, _query(plan, without=name), (name,))
        counts |= by_facet(own, [name])
    return counts


def _terms(searcher: tantivy.Searcher, query: Query, counted: tuple[str, ...]) -> list[tuple[str, int]]:
    terms: dict = {"field": "fx", "size": MOST_VALUES_COUNTED, **including(counted)}
    found = searcher.aggregate(query, {"fx": {"terms": terms}})
    return [(bucket["key"], bucket["doc_count"]) for bucket in found["fx"]["buckets"]]
