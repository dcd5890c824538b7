"""The market of the public pages; what a process remembers is forgotten, and made files go."""

import pytest
from django.core.files.storage import default_storage

from marketplace.found import cards, delivery
from marketplace.found.models import KeptFile
from tests.shop.conftest import market, more_works, scheme, seal  # noqa: F401


@pytest.fixture(autouse=True)
def _nothing_remembered():
    delivery.forget()
    cards.forget()
    yield
    delivery.forget()
    cards.forget()


@pytest.fixture(autouse=True)
def _no_files_left(db):
    yield
    for name in KeptFile.objects.exclude(name="").values_list("name", flat=True):
        default_storage.delete(name)
