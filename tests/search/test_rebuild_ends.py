"""A rebuild that is stopped at its very end, when the new index is already in place: the next one harms no index that answers."""

from datetime import timedelta

import pytest
from django.conf import settings as house
from django.utils import timezone

from catalogue.models import Product
from marketplace.core.clock import today
from marketplace.core.models import OutboxEvent
from marketplace.listing.services import create_work, edit_work
from marketplace.listing.withdrawals import WORK_CHANGED
from marketplace.search import rebuilding
from marketplace.search.engines import engines
from marketplace.search.engines.base import EngineFailed, IndexBusy, Plan
from marketplace.search.engines.elastic import ElasticBuild
from marketplace.search.engines.embedded import EmbeddedBuild
from marketplace.search.queries import SearchRequest, find
from marketplace.search.rebuilding import rebuild
from marketplace.search.services import index_works

pytestmark = pytest.mark.django_db
WORKS = 5


@pytest.fixture
def works(kilim, monkeypatch):
    monkeypatch.setattr("marketplace.search.services.BATCH", 2)
    monkeypatch.setattr(rebuilding, "KEEP_EVERY", 2)
    maker, craft = kilim.maker, kilim.craft
    made = [create_work(maker=maker, craft=craft, title_fa=f"گلیم {n}", price_rial=1_000_000) for n in range(1, WORKS)]
    OutboxEvent.objects.update(created_at=timezone.now() - timedelta(days=1))  # no change of today
    return [kilim.pk, *(work.pk for work in made)]


def found(text: str = "") -> list[int]:
    return sorted(find(SearchRequest(text=text)).ids)


@pytest.fixture
def stopped_in_place(engine, works, monkeypatch):
    """The last index took the old one's place, and then something failed."""
    build = ElasticBuild if len(engines()) > 1 else EmbeddedBuild
    finish = build.finish

    def finish_and_fail(mine):
        finish(mine)
        raise EngineFailed("after it was in place")

    with monkeypatch.context() as patch:
        patch.setattr(build, "finish", finish_and_fail)
        with pytest.raises(EngineFailed):
            rebuild()


def test_the_next_rebuild_reads_no_work_again_and_keeps_the_index_that_answers(stopped_in_place, works):
    assert found() == works
    told, seen = [], []

    def look(done: int, total: int) -> None:
        told.append((done, total))
        seen.append(found())

    assert rebuild(look) == WORKS
    assert [engine.search(Plan(day=today())).total for engine in engines()] == [WORKS] * len(engines())
    assert (told, seen) == ([], [])


def test_a_change_in_between_is_in_it(stopped_in_place, works):
    edit_work(work=Product.objects.get(pk=works[0]), title="ترمهٔ نو")
    rebuild()
    assert (found("ترمه"), found()) == ([works[0]], works)


def test_what_could_not_be_written_at_the_end_waits_for_the_worker(engine, works, monkeypatch):
    """The worker holds the embedded index just then: the new index answers, and the worker writes what changed."""
    edit_work(work=Product.objects.get(pk=works[0]), title="ترمهٔ نو")
    OutboxEvent.objects.update(done_at="2026-01-01T00:00:00Z")

    def busy(ids):
        raise IndexBusy(house.SEARCH_INDEX_DIR)

    monkeypatch.setattr(rebuilding, "index_works", busy)
    assert rebuild() == WORKS
    waiting = OutboxEvent.objects.filter(topic=WORK_CHANGED, done_at=None).values_list("key", flat=True)
    assert str(works[0]) in set(waiting)
    index_works(map(int, waiting))
    assert found() == works
