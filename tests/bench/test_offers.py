"""The basket's page under many discount offers: few queries, as many for fifty offers as for ten, and none on another page."""

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from marketplace.basket.lines import show
from marketplace.basket.models import Basket
from marketplace.bench.offers import fill_basket, make_offers
from marketplace.bench.stage import fill
from marketplace.bench.stock_offers import stock_offers
from marketplace.offer.models import ConditionalOffer

MOST = 25


def _queries(client, address: str) -> list[str]:
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return [query["sql"] for query in seen.captured_queries]


def test_fifty_offers_cost_a_basket_of_ten_lines_as_many_queries_as_ten_offers_do(db):
    fill(60)
    client = fill_basket()
    assert Basket.objects.get().lines.count() == 10
    make_offers()
    elsewhere = _queries(client, reverse("shop:home"))
    assert [sql for sql in elsewhere if "offer_" in sql] == []
    few_offers = ConditionalOffer.objects.order_by("pk")[:10].values_list("pk", flat=True)
    ConditionalOffer.objects.exclude(pk__in=list(few_offers)).update(status="Suspended")
    ten = len(_queries(client, reverse("basket:summary")))
    ConditionalOffer.objects.update(status="Open")
    fifty = len(_queries(client, reverse("basket:summary")))
    assert fifty == ten <= MOST
    shown = show(Basket.open.get())
    assert len(shown.discounts) > 10
    with stock_offers():
        assert show(Basket.open.get()).total_rial == shown.total_rial
