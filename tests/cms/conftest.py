"""The market of the shop's own tests: pages of the tree show it live."""

from tests.shop.conftest import market, more_works  # noqa: F401
