"""Stock Oscar beside ours: an environment of its own, filled with the same works, measured in the same run by the same stopwatch."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings

from catalogue.models import Category, Product
from marketplace.bench.pages import WORDS
from marketplace.bench.stopwatch import Figures
from marketplace.partner.models import Partner, StockRecord

SHOP = Path(__file__).parent / "stock_oscar" / "stock_shop.py"
GOODS = "goods.json"
#: Oscar's prices hold ten digits before the point; a dearer work costs this much there.
DEAREST_RIAL = 10**10 - 1


def environment(folder: Path) -> Path:
    """The Python of stock Oscar's environment, made in a folder when it is missing or its lock changed."""
    lock = Path(settings.BASE_DIR) / "requirements" / "stock_oscar.lock"
    home, python = folder / "stock_oscar", folder / "stock_oscar" / "bin" / "python"
    stamp, sum_of_lock = home / ".installed", sha256(lock.read_bytes()).hexdigest()
    if not stamp.exists() or stamp.read_text() != sum_of_lock:
        _run(sys.executable, "-m", "venv", "--clear", home)
        _run(python, "-m", "pip", "install", "--disable-pip-version-check", "--quiet", "--require-hashes", "-r", lock)
        stamp.write_text(sum_of_lock)
    return python


def fill_stock(python: Path, folder: Path) -> None:
    """Bring stock Oscar to the works that are here. Apart from measuring, so that both shops are measured one right after the other."""
    (folder / GOODS).write_text(json.dumps(_goods()))
    _stock(python, folder, rounds=0)


def measure_stock(python: Path, folder: Path, rounds: int) -> dict[str, Figures]:
    """Figures of stock Oscar's pages, by the kind of our page that does the same."""
    said = _stock(python, folder, rounds)
    return {facts["kind"]: Figures(**facts) for facts in json.loads(said.splitlines()[-1])}


def _stock(python: Path, folder: Path, rounds: int) -> str:
    known = {name: value for name, value in os.environ.items() if not name.startswith(("RASTEH_", "DJANGO_"))}
    told = known | {"DJANGO_SETTINGS_MODULE": "stock_settings", "STOCK_FOLDER": str(folder)}
    command = (python, "-W", "ignore", SHOP, folder / GOODS, rounds)
    return _run(*command, env=told, stdout=subprocess.PIPE, text=True).stdout


def _run(*command: Any, **more: Any) -> subprocess.CompletedProcess:
    return subprocess.run([str(part) for part in command], check=True, **more)  # noqa: S603  our own commands


def _goods() -> dict[str, list]:
    categories = list(Category.objects.order_by("path"))
    sellers = list(Partner.objects.order_by("pk"))
    place = {category.pk: nth for nth, category in enumerate(categories)}
    shelf = {seller.pk: nth for nth, seller in enumerate(sellers)}
    offers = {offer.product_id: offer for offer in StockRecord.objects.order_by("-pk")}
    works = Product.objects.filter(parent__isnull=True).prefetch_related("categories").order_by("pk")
    return {
        "categories": [[category.name, category.slug, category.depth] for category in categories],
        "sellers": [seller.name for seller in sellers],
        "words": list(WORDS),
        "works": [
            [
                work.title,
                work.description,
                place[work.categories.all()[0].pk],
                shelf[offers[work.pk].partner_id],
                min(int(offers[work.pk].price), DEAREST_RIAL),
                offers[work.pk].num_in_stock,
            ]
            for work in works
        ],
    }


HEAD = f"{'works':>7}  {'page':<8}{'queries':>8}{'p50 ms':>10}  stock{'queries':>9}{'p50 ms':>10}  ratio{'queries':>9}{'ms':>7}"


def lines(works: int, ours: list[Figures], stock: dict[str, Figures]) -> Iterator[str]:
    """One line for every kind of page that both have; the ratio is stock's by ours."""
    for figures in ours:
        other = stock.get(figures.kind)
        if other is not None:
            yield (
                f"{works:>7}  {figures.kind:<8}{figures.queries:>8}{figures.p50_ms:>10.1f}"
                f"       {other.queries:>9}{other.p50_ms:>10.1f}"
                f"       {other.queries / figures.queries:>9.1f}{other.p50_ms / figures.p50_ms:>7.1f}"
            )
