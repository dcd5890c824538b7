import os
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.test.utils import override_settings

from marketplace.bench import beside, changing, finding, live, offers, orders, packing, photos, verify
from marketplace.bench.pages import HEAD, lines, measure
from marketplace.bench.passports import PASSPORTS
from marketplace.bench.stage import fill
from marketplace.bench.stopwatch import ROUNDS, Figures
from marketplace.core.preparation import make_tables

_SMALL, _USUAL, _MANY = 60, 600, 20_000
#: Set in the process that measures; its value is the Python of stock Oscar's environment, or nothing.
_INSIDE = "RASTEH_BENCH_INSIDE"


class Command(BaseCommand):
    help = (
        "Measures in a market of its own, which is thrown away: `bench pages` prints queries and milliseconds by page, "
        "`bench photos` how well and how fast copied photos are found, `bench verify` the label's page among a million labels "
        "(on the PostgreSQL server that DATABASE_URL names, in a database of its own), `bench offers` the basket's page under "
        "fifty discount offers, beside stock Oscar's way with them, `bench orders` how fast prepared baskets become orders, on "
        "PostgreSQL like `bench verify`, `bench search` how fast works are found and the index is built, on the embedded parts or "
        "on the servers that DATABASE_URL and ELASTICSEARCH_URL name (`make bench-search` starts them), "
        "`bench packing` how fast pieces go into cartons, and with --solver how full those are beside OR-Tools'."
    )
    requires_system_checks: list = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["pages", "photos", "verify", "offers", "orders", "search", "packing"])
        parser.add_argument("--works", type=int, default=_MANY, help=f"the largest market ({_MANY} works)")
        parser.add_argument("--rounds", type=int, default=ROUNDS, help="answers measured of each kind of page")
        parser.add_argument(
            "--stock", action="store_true", help="stock Oscar beside ours (installs it, once, for this)"
        )

        parser.add_argument("--solver", default="", help="a Python that has OR-Tools, for `bench packing`")
        parser.add_argument("--passports", type=int, default=PASSPORTS, help=f"labels there are ({PASSPORTS:,})")
        parser.add_argument("--answers", type=int, default=verify.ANSWERS, help="looks at labels that are measured")
        parser.add_argument(
            "--orders", type=int, default=orders.ORDERS, help=f"orders of each kind of basket ({orders.ORDERS})"
        )

    def handle(self, *args: Any, what: str, works: int, rounds: int, stock: bool, **options: Any) -> None:
        if what == "photos":
            self._write(photos.report())
            return
        if what == "packing":
            self._write(packing.times())
            self._write(packing.beside_solver(options["solver"]) if options["solver"] else ())
            return
        if what in ("verify", "orders"):
            self._as_live(what, options)
            return
        if _INSIDE in os.environ:
            self._inside(what, works, rounds)
            return
        python = str(beside.environment(Path(settings.VAR_DIR))) if stock else ""
        with ExitStack() as stack:
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="rasteh-bench-"))
            servers: dict[str, str] = {}
            if what == "search" and live.is_named():
                servers["DATABASE_URL"] = stack.enter_context(live.own_database(live.server_named()))
            if what == "search" and settings.ELASTICSEARCH_URL:
                servers["ELASTICSEARCH_URL"] = settings.ELASTICSEARCH_URL
                servers["SEARCH_INDEX_NAME"] = f"rasteh-bench-{secrets.token_hex(4)}"
            sys.exit(_elsewhere(folder, sys.argv[1:], python, servers))

    def _inside(self, what: str, works: int, rounds: int) -> None:
        Path(settings.STATIC_ROOT).mkdir(exist_ok=True)
        make_tables()
        # names of static files are not hashed here: there is nothing collected to look them up in
        plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
        with override_settings(STORAGES=settings.STORAGES | {"staticfiles": plain}):
            if what == "offers":
                fill(_SMALL)
                self._write(offers.lines(*offers.measure_baskets(rounds)))
            elif what == "search" and changing.PART in os.environ:
                self.stderr.write(f"{changing.change_until_told()} changes")
            elif what == "search":
                fill(works, indexed=False)  # which is measured
                try:
                    self._write(finding.measure(rounds * 5, sys.argv[1:]))
                finally:
                    finding.clear()
            else:
                self._pages(works, rounds)

    def _pages(self, works: int, rounds: int) -> None:
        python = os.environ[_INSIDE]
        beside_ours: list[tuple[int, list[Figures], dict[str, Figures]]] = []
        stock_folder = Path(settings.VAR_DIR) / "stock"
        stock_folder.mkdir()
        self.stdout.write(HEAD)
        for size in sorted({min(_SMALL, works), min(_USUAL, works), works}):
            fill(size)
            if python:
                beside.fill_stock(Path(python), stock_folder)
            ours = measure(rounds)
            self._write(lines(size, ours))
            if python:
                beside_ours.append((size, ours, beside.measure_stock(Path(python), stock_folder, rounds)))
        if python:
            self.stdout.write(beside.HEAD)
        for size, ours, stock in beside_ours:
            self._write(beside.lines(size, ours, stock))

    def _as_live(self, what: str, options: dict[str, Any]) -> None:
        part = os.environ.get(live.PART, "")
        try:
            if not part:
                sys.exit(live.run(sys.argv[1:], **(orders.gateway_settings() if what == "orders" else {})))
            elif what == "orders":
                self._orders(part, options["orders"])
            else:
                self._verify(part, options["passports"], options["answers"])
        except live.NoServer as error:
            raise CommandError(str(error)) from error

    def _verify(self, part: str, count: int, answers: int) -> None:
        filled = [verify.fill(count, self.stdout._out)] if part == "fill" else ()
        self._write(filled or verify.measure(count, answers))

    def _orders(self, part: str, number: int) -> None:
        filled = [orders.fill(self.stdout._out)] if part == "fill" else ()
        self._write(filled or orders.measure(number))

    def _write(self, table: Iterable[str]) -> None:
        for line in table:
            self.stdout.write(line)


def _elsewhere(folder: str, arguments: list[str], stock_python: str, servers: dict[str, str]) -> int:
    """The same command in a process whose database, index and files are its own: in a folder, or on these servers."""
    environment = {
        name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "ELASTICSEARCH_URL"}
    }
    environment |= {"RASTEH_VAR": folder, "RASTEH_ENV": "demo", _INSIDE: stock_python} | servers
    manage = str(Path(settings.BASE_DIR) / "manage.py")
    return subprocess.run([sys.executable, manage, *arguments], env=environment).returncode  # noqa: S603  our own command
