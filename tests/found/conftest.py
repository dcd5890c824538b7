"""The market of the public pages, and delivery tables that are read anew in every test."""

import pytest

from marketplace.found import delivery
from tests.shop.conftest import market, more_works, scheme, seal  # noqa: F401


@pytest.fixture(autouse=True)
def _fresh_tables():
    delivery.forget()
    yield
    delivery.forget()
