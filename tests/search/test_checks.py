"""The start of a production without an index says what to run."""

import pytest

from marketplace.search.checks import index_is_built
from marketplace.search.engines.embedded import EmbeddedEngine

pytestmark = pytest.mark.django_db


def test_without_an_index_of_todays_shape_production_is_told(settings):
    settings.PRODUCTION = True
    EmbeddedEngine().write([], [])
    settings.SEARCH_INDEX_SHAPE += 1
    (told,) = index_is_built(None)
    assert told.id == "search.I001"
    assert "rebuild_index" in told.hint
    EmbeddedEngine().write([], [])
    assert index_is_built(None) == []


def test_elsewhere_the_start_builds_it_and_says_nothing():
    assert index_is_built(None) == []
