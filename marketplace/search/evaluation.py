"""How well an engine finds: the judged queries put to it over the judged shelf, in an index of its own that is thrown away."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from django.conf import settings

from marketplace.search import judged
from marketplace.search.documents import texts
from marketplace.search.engines.base import Engine
from marketplace.search.engines.elastic import ElasticEngine
from marketplace.search.engines.embedded import EmbeddedEngine
from marketplace.search.keys import newest_key, price_key
from marketplace.search.queries import SearchRequest, find
from marketplace.search.spelling import Dictionary, counted, dictionary
from marketplace.search.windows import FIRST, LAST

#: The shelf's own days: works are listed one after another, so that equals have an order.
_LISTED = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Judgement:
    """One query with the numbers of the works it found, their grades, and the nDCG and the recall of that page."""

    query: judged.Query
    found: tuple[int, ...]
    grades: tuple[int, ...]
    ndcg: float
    recall: float


@contextmanager
def shelf_in(name: str) -> Iterator[Engine]:
    """An engine, "embedded" or "elasticsearch", that holds the judged shelf and nothing else. Raises EngineFailed."""
    with tempfile.TemporaryDirectory(prefix="rasteh-judged-") as folder:
        if name == "embedded":
            engine: Engine = EmbeddedEngine(Path(folder))
            _fill(engine)
            yield engine
            return
        server = ElasticEngine(settings.ELASTICSEARCH_URL, f"{settings.SEARCH_INDEX_NAME}-judged")
        _fill(server)
        try:
            yield server
        finally:
            server.drop()


def _fill(engine: Engine) -> None:
    build = engine.build()
    build.add(documents())
    build.finish()


def judge(engine: Engine, table: str = "judged") -> list[Judgement]:
    """Every query of a set, one of judged.SETS, asked as a page of the shop asks it."""
    return [_judgement(engine, query) for query in judged.queries(table)]


def mean(judgements: list[Judgement]) -> float:
    """The mean nDCG of some queries; 0 of none."""
    return sum(one.ndcg for one in judgements) / len(judgements) if judgements else 0.0


def mean_recall(judgements: list[Judgement]) -> float:
    """The mean recall on the first page of some queries; 0 of none."""
    return sum(one.recall for one in judgements) / len(judgements) if judgements else 0.0


def documents() -> list[dict]:
    """The shelf as an index knows it: every work on sale always, in its workshop."""
    return [_document(work) for work in judged.works()]


@cache
def shelf_words() -> Dictionary:
    """The words that stand on the shelf's works."""
    return dictionary(counted(documents()))


def _judgement(engine: Engine, query: judged.Query) -> Judgement:
    request = SearchRequest(query.text, limit=judged.DEPTH, counted=())
    page = find(request, ask=engine.search, words=shelf_words)
    every = [judged.grade(work, query.intent) for work in judged.works()]
    grade_of = {int(work["number"]): grade for work, grade in zip(judged.works(), every, strict=True)}
    grades = [grade_of[number] for number in page.ids]
    return Judgement(query, tuple(page.ids), tuple(grades), judged.ndcg(grades, every), judged.recall(grades, every))


def _document(work: dict[str, str]) -> dict:
    number, rial = int(work["number"]), int(work["toman"]) * 10
    pairs = ("maker", "craft", "group", "city", "province")
    names = [work[f"{name}_{language}"] for name in pairs for language in ("fa", "en")]
    materials = [*work["materials_fa"].split(";"), *work["materials_en"].split(";")]
    return {
        "id": number,
        **texts(
            (work["title_fa"], work["title_en"]), [*names, *materials], (work["technique_fa"], work["technique_en"])
        ),
        "fx": [],
        "sellable": [(FIRST, LAST)],
        "price": rial,
        "price_key": price_key(rial, number),
        "newest_key": newest_key(_LISTED - timedelta(hours=number), number),
        "seal_until": None,
        "domestic_until": None,
        "due": LAST,
    }
