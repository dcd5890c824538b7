"""Elasticsearch away, slow and broken: pages answer in time, writes wait, everything heals by itself."""

import time
from urllib.parse import urlsplit

import pytest

from marketplace.core import outbox
from marketplace.core.models import OutboxEvent
from marketplace.listing.services import edit_work
from marketplace.search import engines
from marketplace.search.engines.elastic import ElasticEngine
from marketplace.search.queries import SearchRequest, find
from marketplace.search.services import index_works, refresh_due
from tests.services.fault_proxy import DELAY, ERROR, PASS, REFUSE, FaultProxy

pytestmark = [pytest.mark.django_db, pytest.mark.services]
PAGE_SECONDS = 1.0


@pytest.fixture
def proxy(settings, kilim, foreign_tray):
    """Both works stand in both indexes; the market reaches its server by the proxy."""
    if not settings.ELASTICSEARCH_URL:
        pytest.skip("ELASTICSEARCH_URL is not set")
    proxy = FaultProxy(urlsplit(settings.ELASTICSEARCH_URL).port)
    settings.ELASTICSEARCH_URL = proxy.url
    outbox.drain()
    index_works([kilim.pk, foreign_tray.pk])
    yield proxy
    if proxy.way != REFUSE:
        proxy.close()


@pytest.fixture
def page(client):
    """`page()`: the words of a search page, which must come in time."""

    def asked(words: str = "گلیم") -> str:
        began = time.monotonic()
        answer = client.get("/search/", {"q": words})
        assert time.monotonic() - began < PAGE_SECONDS
        assert answer.status_code == 200
        return answer.content.decode()

    client.get("/search/", {"q": "گلیم"})  # templates are compiled at the first page
    return asked


def waiting() -> int:
    return OutboxEvent.objects.filter(topic="work_changed", done_at__isnull=True).count()


def later() -> None:
    """The rest of the server and of the events is over."""
    for name in engines._rests_until:
        engines._rests_until[name] = time.monotonic()
    OutboxEvent.objects.update(not_before=None)


def on_server(settings) -> list[int]:
    """What the server itself finds under the new name."""
    server = ElasticEngine(settings.ELASTICSEARCH_URL, settings.SEARCH_INDEX_NAME)
    return find(SearchRequest(text="پلاس"), ask=server.search).ids


@pytest.mark.parametrize("way", [REFUSE, DELAY, ERROR])
def test_an_outage_costs_no_page_and_no_write_and_ends_by_itself(proxy, page, settings, kilim, way):
    proxy.turn(way)
    for _turn in range(3):
        assert kilim.get_absolute_url() in page()
        later()
    edit_work(work=kilim, title="پلاس", title_en="Palas")
    proxy.delay_seconds = 15  # longer than a write waits
    outbox.drain()
    assert waiting() == 1
    assert kilim.get_absolute_url() in page("پلاس")  # the embedded engine has it already
    proxy.turn(PASS)
    later()
    assert outbox.drain() == 1
    assert waiting() == 0
    assert on_server(settings) == [kilim.pk]
    page("پلاس")
    assert engines._rests_until == {}


def test_after_one_page_that_waited_the_others_do_not(proxy, page):
    proxy.turn(DELAY)
    page()
    waited = proxy.accepted
    for _turn in range(5):
        assert find(SearchRequest(text="گلیم")).ids
    assert (waited > 0, proxy.accepted) == (True, waited)


def test_the_calendar_is_followed_on_the_embedded_engine_while_the_server_is_away(proxy):
    proxy.turn(REFUSE)
    assert refresh_due() == 0
