"""The cast is at hand in every test, and so are the browser and the checkers."""

pytest_plugins = ["tests.cast", "tests.browser.fixtures"]
