"""Each page of the desks costs at most twenty queries, and as many for fifty rows as for five thousand."""

from collections.abc import Callable, Iterable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from marketplace.demo.accounts import ARTISAN, CASHIER, EXPORTER, JURORS, MANAGER, OFFICER, RAVAR_SECRETARY, user_of
from tests.desks.walk.addresses import addresses, open_routes
from tests.desks.walk.crowds import crowd

MOST = 20
PEOPLE = (ARTISAN, MANAGER, EXPORTER, OFFICER, CASHIER, JURORS[0], RAVAR_SECRETARY)
#: Who opens it, its route, its address.
Page = tuple[str, str, str]


class Count:
    """Counts statements; Django's own log keeps the last 9,000 only."""

    def __init__(self) -> None:
        self.number = 0

    def __call__(self, execute: Callable, sql: str, params: Any, many: bool, context: dict) -> Any:
        self.number += 1
        return execute(sql, params, many, context)


def pages() -> list[Page]:
    """Every page for everybody; most open for one of them."""
    every = [*addresses(), *((name, reverse(f"desks:{name}")) for name in open_routes())]
    return [(account.username, name, address) for account in PEOPLE for name, address in every]


def costs(walked: Iterable[Page]) -> dict[Page, int]:
    """Queries of each page that opens."""
    found: dict[Page, int] = {}
    clients: dict[str, Client] = {}
    for account in PEOPLE:
        clients[account.username] = client = Client(raise_request_exception=False)
        client.force_login(user_of(account))
    for page in walked:
        who, _name, address = page
        count = Count()
        with connection.execute_wrapper(count):
            response = clients[who].get(address)
        if response.status_code == 200:
            found[page] = count.number
    return found


def lists() -> list[int]:
    """How many rows the lists that are paged say they have: works, offers in the venue, notices of two people."""
    counted = []
    for account, address in ((ARTISAN, ""), (ARTISAN, "notices/"), (MANAGER, "notices/")):
        client = Client()
        client.force_login(user_of(account))
        counted.append(client.get(f"/desk/{address}").context["page"].paginator.count)
    return counted


@pytest.mark.services
def test_a_page_costs_twenty_queries_at_most_and_as_many_at_fifty_rows_as_at_five_thousand(demo):
    crowd(0, 50)
    at_fifty = costs(pages())
    assert {page: cost for page, cost in at_fifty.items() if cost > MOST} == {}
    assert len({name for _who, name, _address in at_fifty}) > 80
    crowd(50, 5_000)
    assert min(lists()) >= 5_000
    at_many = costs(at_fifty)
    assert {page: (cost, at_many.get(page)) for page, cost in at_fifty.items() if cost != at_many.get(page)} == {}
