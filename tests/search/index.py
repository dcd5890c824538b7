"""An index of its own for every test, thrown away after it."""

import uuid

import pytest

from marketplace.search import engines
from marketplace.search.engines.elastic import ElasticEngine


@pytest.fixture(autouse=True)
def own_index(settings, tmp_path):
    """No test sees another's works; nothing is created before a test indexes something."""
    server = settings.ELASTICSEARCH_URL
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    settings.SEARCH_INDEX_NAME = f"rasteh-test-{uuid.uuid4().hex}"
    engines._rests_until.clear()
    yield settings.SEARCH_INDEX_DIR
    if server:
        ElasticEngine(server, settings.SEARCH_INDEX_NAME).drop()


@pytest.fixture(params=["embedded", pytest.param("elasticsearch", marks=pytest.mark.services)])
def engine(request, settings):
    """Each engine in turn: what one finds the other finds."""
    if request.param == "embedded":
        settings.ELASTICSEARCH_URL = ""
    elif not settings.ELASTICSEARCH_URL:
        pytest.skip("ELASTICSEARCH_URL is not set")
    return request.param
