"""The basket's page under many discount offers, beside stock Oscar's way with them: one process, one database, one basket."""

from collections import deque
from collections.abc import Iterator

from django.db import connection
from django.test import Client
from django.urls import reverse

from catalogue.models import Category, Product
from marketplace.basket.lines import show
from marketplace.basket.models import Basket
from marketplace.bench.stock_offers import stock_offers
from marketplace.bench.stopwatch import Figures, measure_kinds
from marketplace.offer.models import Benefit, Condition, ConditionalOffer, Range
from marketplace.partner.models import StockRecord

OFFERS, LINES = 50, 10
#: Answers of stock Oscar's way that are measured: each takes seconds.
STOCK_ROUNDS = 5
#: Queries that the connection keeps to be counted; Django keeps 9,000, which is fewer than stock Oscar's way takes.
MOST_QUERIES = 1_000_000
#: Each in turn: what it gives, and from what on.
_GIVES = ((Benefit.PERCENTAGE, 1), (Benefit.FIXED_UNIT, 20_000), (Benefit.FIXED, 50_000), (Benefit.PERCENTAGE, 2))
_FROM = ((Condition.COUNT, 1), (Condition.VALUE, 1_000_000), (Condition.COVERAGE, 2))


def fill_basket(lines: int = LINES) -> Client:
    """A guest whose basket holds so many works, of as many crafts as there are."""
    client = Client()
    for offer in _offers_to_sell(lines):
        client.post(reverse("basket:add"), {"offer": offer.pk})
    return client


def _offers_to_sell(lines: int) -> list[StockRecord]:
    """The first work of each craft, then the second of each."""
    by_craft: dict[int, list[StockRecord]] = {}
    for offer in StockRecord.objects.filter(venue=None, num_in_stock__gt=0, price__gt=0).select_related("product"):
        by_craft.setdefault(offer.product.craft_id, []).append(offer)
    deepest = max(len(offers) for offers in by_craft.values())
    rounds = [[offers[n] for offers in by_craft.values() if n < len(offers)] for n in range(deepest)]
    return [offer for one in rounds for offer in one][:lines]


def make_offers(number: int = OFFERS) -> None:
    """Active offers over categories and over works that they share: three in five combine with all, the others name the five after them."""
    works = [offer.product for offer in _offers_to_sell(LINES)]
    made = [_offer(nth, _range(nth, works)) for nth in range(number)]
    for nth, offer in enumerate(made):
        if offer.priority == 0:
            offer.combinations.set(made[nth + 1 : nth + 6])


def _range(nth: int, works: list[Product]) -> Range:
    one = Range.objects.create(name=f"bench {nth}", includes_all_products=nth % 5 == 4)
    tops = list(Category.objects.filter(product__in=works).order_by("path").distinct())
    if nth % 5 == 4:
        one.excluded_categories.add(tops[nth % len(tops)])
    elif nth % 5 == 3:
        one.included_products.add(*(works * 2)[nth % LINES :][: LINES // 2])
    else:
        one.included_categories.set({tops[nth % len(tops)], tops[(nth + 1) % len(tops)]})
    return one


def _offer(nth: int, of: Range) -> ConditionalOffer:
    gives, value = _GIVES[nth % len(_GIVES)]
    kind, least = _FROM[nth % len(_FROM)]
    return ConditionalOffer.objects.create(
        name=f"تخفیف {nth}",
        name_en=f"Discount {nth}",
        exclusive=False,
        priority=1 if nth % 5 < 3 else 0,
        max_basket_applications=1 if gives == Benefit.FIXED else None,
        condition=Condition.objects.create(range=of, type=kind, value=least),
        benefit=Benefit.objects.create(range=of, type=gives, value=value),
    )


def measure_baskets(rounds: int) -> tuple[Figures, Figures, list[int]]:
    """Ours and stock Oscar's way, and the total of the basket by each, in rial. Raises PageFailed."""
    connection.queries_log = deque(maxlen=MOST_QUERIES)
    client = fill_basket()
    make_offers()
    address = {"basket": lambda chance: reverse("basket:summary")}
    (ours,) = measure_kinds(address, rounds, client)
    totals = [_total()]
    with stock_offers():
        (stock,) = measure_kinds(address, min(rounds, STOCK_ROUNDS), client)
        totals.append(_total())
    return ours, stock, totals


def _total() -> int:
    return show(Basket.open.latest("pk")).total_rial


def lines(ours: Figures, stock: Figures, totals: list[int]) -> Iterator[str]:
    """As a table."""
    yield f"{OFFERS} offers, {LINES} lines    {'queries':>8}{'p50 ms':>10}{'p95 ms':>10}{'total, rial':>16}"
    for name, figures, total in (("ours", ours, totals[0]), ("stock Oscar's", stock, totals[1])):
        yield f"{name:<24}{figures.queries:>8}{figures.p50_ms:>10.1f}{figures.p95_ms:>10.1f}{total:>16,}"
    yield (
        f"{'stock by ours':<24}{stock.queries / ours.queries:>8.0f}{stock.p50_ms / ours.p50_ms:>10.0f}"
        f"{stock.p95_ms / ours.p95_ms:>10.0f}"
    )
