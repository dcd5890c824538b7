"""Fill a stock Oscar with the works it is told of (0 ROUNDS), or measure its pages by our stopwatch and print the figures as JSON.

Run by the Python of its own environment: `python stock_shop.py GOODS ROUNDS`, with STOCK_FOLDER and DJANGO_SETTINGS_MODULE set.
GOODS is a JSON file of `categories` ([name, slug, depth] in the order of their tree), `sellers` (names), `words` (what is searched
for) and `works` ([title, description, position of its category, position of its seller, price in rial, pieces]). Works that are there
already stay.
"""

import json
import random
import sys
from dataclasses import asdict
from pathlib import Path
from urllib.parse import urlencode

import django

sys.path.append(str(Path(__file__).resolve().parents[3]))  # our stopwatch; nothing else of ours is loaded
django.setup()

from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import setup_test_environment, teardown_test_environment  # noqa: E402
from django.urls import reverse  # noqa: E402
from oscar.core.loading import get_model  # noqa: E402

from marketplace.bench.stopwatch import Address, measure_kinds  # noqa: E402

Category, Product, ProductClass = (get_model("catalogue", name) for name in ("Category", "Product", "ProductClass"))
ProductCategory = get_model("catalogue", "ProductCategory")
Partner, StockRecord = get_model("partner", "Partner"), get_model("partner", "StockRecord")
_BATCH = 2000


def fill(goods: dict) -> None:
    """Add what is missing. Pictures are left out, which spares Oscar the work of showing them."""
    categories, sellers = _categories(goods["categories"]), _sellers(goods["sellers"])
    kind, _new = ProductClass.objects.get_or_create(name="work")
    missing = goods["works"][Product.objects.count() :]
    for start in range(0, len(missing), _BATCH):
        _add(missing[start : start + _BATCH], kind, categories, sellers)


def _categories(wanted: list) -> list:
    """Each under the last one above it that is less deep."""
    above: list = []
    made = []
    for name, slug, depth in wanted:
        del above[depth - 1 :]
        found = Category.objects.filter(slug=slug, depth=depth).first()
        facts = {"name": name, "slug": slug}
        one = found or (above[-1].add_child(**facts) if above else Category.add_root(**facts))
        above.append(one)
        made.append(one)
    return made


def _sellers(names: list[str]) -> list:
    return [Partner.objects.get_or_create(code=f"s{nth}", defaults={"name": name})[0] for nth, name in enumerate(names)]


def _add(works: list, kind, categories: list, sellers: list) -> None:
    first = Product.objects.count()
    made = Product.objects.bulk_create(
        Product(
            title=title, description=description, slug=f"work-{first + nth}", upc=f"W{first + nth}", product_class=kind
        )
        for nth, (title, description, *_others) in enumerate(works)
    )
    pairs = list(zip(made, works, strict=True))
    ProductCategory.objects.bulk_create(
        ProductCategory(product=product, category=categories[work[2]]) for product, work in pairs
    )
    StockRecord.objects.bulk_create(
        StockRecord(
            product=product,
            partner=sellers[work[3]],
            partner_sku=product.upc,
            price_currency="IRR",
            price=work[4],
            num_in_stock=work[5],
        )
        for product, work in pairs
    )


def kinds(words: list[str]) -> dict[str, Address]:
    """Oscar's pages, under the names of ours that do the same."""
    categories = [category.get_absolute_url() for category in Category.objects.filter(product__isnull=False).distinct()]
    products = [product.get_absolute_url() for product in Product.objects.order_by("pk")[:5000]]
    return {
        "craft": lambda chance: chance.choice(categories),
        "search": lambda chance: f"{reverse('search:search')}?{urlencode({'q': chance.choice(words)})}",
        "work": lambda chance: chance.choice(products),
    }


class NothingFound(Exception):
    """A page that should show works is empty: its figures would flatter."""


def require_works(pages: dict[str, Address]) -> None:
    """Some of the pages that list works do list some. Raises NothingFound."""
    client, chance = Client(), random.Random(0)  # noqa: S311  not a secret
    setup_test_environment()  # a page tells what it showed; not while it is measured
    for kind in ("craft", "search"):
        shown = [client.get(pages[kind](chance)).context["page_obj"].paginator.count for _nth in range(10)]
        if not any(shown):
            raise NothingFound(kind)
    teardown_test_environment()


def main(goods_file: str, rounds: str) -> None:
    goods = json.loads(Path(goods_file).read_text())
    if not int(rounds):
        call_command("migrate", verbosity=0)
        fill(goods)
        call_command("rebuild_index", interactive=False, verbosity=0)
        require_works(kinds(goods["words"]))
        return
    print(json.dumps([asdict(figures) for figures in measure_kinds(kinds(goods["words"]), int(rounds))]))


if __name__ == "__main__":
    main(*sys.argv[1:])
