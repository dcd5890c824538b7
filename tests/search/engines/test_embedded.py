"""tantivy on a folder: one writer, many readers."""

import subprocess
import sys

import pytest

from marketplace.core.clock import today
from marketplace.search import engines
from marketplace.search.engines import embedded
from marketplace.search.engines.base import EngineFailed, IndexBusy, IndexMissing, Plan
from marketplace.search.engines.embedded import EmbeddedEngine
from marketplace.search.queries import SearchRequest, find
from marketplace.search.services import index_works

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def embedded_only(settings):
    settings.ELASTICSEARCH_URL = ""


HOLDER = """
import sys, tantivy
index = tantivy.Index.open(sys.argv[1])
writer = index.writer(15_000_000, 1)
print("held", flush=True)
sys.stdin.readline()
"""


def test_a_second_writer_in_another_process_is_refused_and_changes_nothing(own_index, kilim, foreign_tray, settings):
    index_works([kilim.pk])
    folder = own_index / f"works-{settings.SEARCH_INDEX_SHAPE}"
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(IndexBusy):
            index_works([foreign_tray.pk])
        assert find(SearchRequest()).ids == [kilim.pk]
    finally:
        holder.communicate("\n", timeout=20)
    index_works([foreign_tray.pk])
    assert set(find(SearchRequest()).ids) == {kilim.pk, foreign_tray.pk}


def test_readers_of_an_older_handle_see_a_commit(own_index, kilim, foreign_tray, settings):
    index_works([kilim.pk])
    assert find(SearchRequest()).total == 1
    index_works([foreign_tray.pk])
    assert find(SearchRequest()).total == 2


def test_a_missing_index_is_named_and_a_broken_one_gives_an_empty_page(own_index, kilim, caplog, settings):
    with pytest.raises(IndexMissing):
        EmbeddedEngine().search(Plan(day=today()))
    folder = own_index / f"works-{settings.SEARCH_INDEX_SHAPE}"
    folder.mkdir(parents=True)
    (folder / "meta.json").write_text("{broken")
    with pytest.raises(EngineFailed):
        EmbeddedEngine().search(Plan(day=today()))
    assert find(SearchRequest(text="گلیم")).ids == []
    assert [record.name for record in caplog.records] == ["marketplace.search.engines"]


def test_no_engine_at_all_answers_none(monkeypatch):
    monkeypatch.setattr(engines, "engines", lambda: [])
    assert engines.answering(lambda engine: 1) is None


@pytest.mark.parametrize(
    ("server", "most", "counts"),
    [("", 0, True), ("http://127.0.0.1:1", 0, False), ("http://127.0.0.1:1", 1, True)],
    ids=["no server", "stands in, among many", "stands in, among few"],
)
def test_in_a_servers_place_nothing_is_counted_among_very_many(
    own_index, kilim, settings, monkeypatch, server, most, counts
):
    index_works([kilim.pk])
    settings.ELASTICSEARCH_URL = server
    monkeypatch.setattr(embedded, "MOST_COUNTED_AS_STAND_IN", most)
    found = EmbeddedEngine().search(Plan(day=today()))
    assert (found.ids, found.total, bool(found.counts)) == ([kilim.pk], 1, counts)
