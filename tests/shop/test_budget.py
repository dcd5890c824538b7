"""Fifteen queries at most, and no more of them with many works than with few."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

pytestmark = pytest.mark.django_db

MOST = 15
PAGES = [
    *("/", "/search/", "/search/?q=کارگاه&city=sirjan", "/city/kerman-city/", "/cities/", "/craft/kilim/", "/crafts/"),
    *("/crafts/flatweave/", "/venue/qaleh-mahmoud/", "/venues/", "/makers/", "/maker/weaver/"),
]


def count(client, address: str) -> int:
    client.get(address)  # lanes come into the cache
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


@pytest.mark.parametrize("reader", ["guest", "buyer"])
def test_many_works_cost_no_more_queries_than_few(client, request, market, more_works, reader):
    if reader == "buyer":
        client.force_login(request.getfixturevalue("buyer"), backend="marketplace.core.backends.MobileOrMailBackend")
    more_works(6)
    pages = [*PAGES, market[0].get_absolute_url()]
    few = {page: count(client, page) for page in pages}
    more_works(20)
    assert {page: count(client, page) for page in pages} == few
    assert {page: queries for page, queries in few.items() if queries > MOST} == {}
