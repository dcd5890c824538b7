"""The cast is at hand in every test, and so are the browser, the checkers and a search index of its own."""

import pytest
from django.utils import translation

pytest_plugins = ["tests.cast", "tests.browser.fixtures", "tests.search.index"]


@pytest.fixture(autouse=True)
def _read_in_persian():
    """A request leaves its language active in the thread; no test begins in the one another ended in."""
    translation.activate("fa")
