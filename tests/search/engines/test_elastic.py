"""Elasticsearch: the server first, the embedded engine when it fails."""

import pytest
from elasticsearch import Elasticsearch

from marketplace.core.clock import today
from marketplace.search import engines
from marketplace.search.engines.base import EngineFailed, IndexMissing, Plan
from marketplace.search.engines.elastic import ElasticEngine
from marketplace.search.queries import SearchRequest, find
from marketplace.search.rebuilding import rebuild
from marketplace.search.services import index_works

pytestmark = pytest.mark.django_db
#: Nothing listens on port 9 of this machine.
NOBODY = "http://127.0.0.1:9"


@pytest.fixture
def absent(settings, kilim):
    """An index on the embedded engine, and a server that is not there."""
    settings.ELASTICSEARCH_URL = ""
    index_works([kilim.pk])
    settings.ELASTICSEARCH_URL = NOBODY
    yield
    settings.ELASTICSEARCH_URL = ""


def test_the_embedded_engine_answers_for_an_absent_server_with_one_line_in_the_log(absent, kilim, caplog):
    for _page in range(3):
        assert find(SearchRequest(text="گلیم")).ids == [kilim.pk]
    lines = [record.getMessage() for record in caplog.records if record.name == "marketplace.search.engines"]
    assert lines == ["search: ElasticEngine failed: ConnectionError"]


def test_after_its_rest_the_server_is_asked_again(absent, monkeypatch, caplog):
    find(SearchRequest())
    monkeypatch.setattr(engines.time, "monotonic", lambda: 10.0**12)
    find(SearchRequest())
    assert len([record for record in caplog.records if "ElasticEngine" in record.getMessage()]) == 2


def test_writing_to_an_absent_server_fails_aloud_after_the_embedded_engine_was_written(absent, kilim, foreign_tray):
    with pytest.raises(EngineFailed):
        index_works([foreign_tray.pk])
    assert set(find(SearchRequest()).ids) == {kilim.pk, foreign_tray.pk}


@pytest.fixture
def server(settings) -> Elasticsearch:
    if not settings.ELASTICSEARCH_URL:
        pytest.skip("ELASTICSEARCH_URL is not set")
    return Elasticsearch(settings.ELASTICSEARCH_URL)


@pytest.mark.services
def test_the_server_answers_when_it_is_there(server, settings, kilim, foreign_tray):
    index_works([kilim.pk])
    engine = ElasticEngine(settings.ELASTICSEARCH_URL, settings.SEARCH_INDEX_NAME)
    engine.write([], [kilim.pk])
    assert find(SearchRequest()).ids == []  # the embedded engine would still find it


@pytest.mark.services
def test_a_missing_index_is_named_and_the_embedded_engine_answers(server, settings, kilim):
    index_works([kilim.pk])
    engine = ElasticEngine(settings.ELASTICSEARCH_URL, settings.SEARCH_INDEX_NAME)
    engine.drop()
    with pytest.raises(IndexMissing):
        engine.search(Plan(day=today()))
    with pytest.raises(IndexMissing):
        engine.due(today(), 10)
    assert find(SearchRequest()).ids == [kilim.pk]


@pytest.mark.services
def test_a_rebuild_leaves_one_index_behind_the_alias(server, settings, kilim):
    for _turn in range(2):
        rebuild()
    behind = server.indices.get_alias(name=settings.SEARCH_INDEX_NAME)
    assert len(behind) == 1
    assert list(server.indices.get(index=f"{settings.SEARCH_INDEX_NAME}*")) == list(behind)


@pytest.mark.services
def test_a_rebuild_clears_what_one_killed_long_ago_left_and_leaves_one_at_work(server, settings, kilim):
    left = f"{settings.SEARCH_INDEX_NAME}-20260101000000000000"
    at_work = f"{settings.SEARCH_INDEX_NAME}-29990101000000000000"
    for index in (left, at_work):
        server.indices.create(index=index)
    rebuild()
    assert not server.indices.exists(index=left)
    assert server.indices.exists(index=at_work)
    server.indices.delete(index=at_work)


@pytest.mark.services
def test_a_document_of_another_shape_is_refused(server, settings, kilim):
    index_works([kilim.pk])
    engine = ElasticEngine(settings.ELASTICSEARCH_URL, settings.SEARCH_INDEX_NAME)
    with pytest.raises(EngineFailed):
        engine.write([{"id": 1, "colour": "red", "sellable": [], "newest_key": 0, "fx": []}], [])
    assert find(SearchRequest()).ids == [kilim.pk]
