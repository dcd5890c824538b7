"""The cast is at hand in every test, and so are the browser, the checkers and a search index of its own."""

pytest_plugins = ["tests.cast", "tests.browser.fixtures", "tests.search.index"]
