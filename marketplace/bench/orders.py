"""From prepared baskets to orders, as production does it: web server, gateway and buyers in processes of their own, PostgreSQL behind.

What is measured begins at the pay button of a filled basket and ends with the page of an order that is committed and paid for. In the
end the books and the market are audited, and every payment that was made is an order.
"""

import json
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, astuple, dataclass
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from marketplace.bench import buyers
from marketplace.bench.buyers import STEPS, Seen
from marketplace.bench.cpu import Busy
from marketplace.bench.live import HOST, NoServer, free_port, program, server
from marketplace.bench.stage import fill as fill_market
from marketplace.core.clock import today
from marketplace.core.preparation import make_tables, prepare
from marketplace.order.models import Line, Order
from marketplace.partner.models import StockRecord
from marketplace.payments.models import PaymentAttempt

AT_ONCE, ORDERS, WARM_UP, WORKS = 4, 200, 24, 600
MAKERS = LINES = 3
#: Makers whose works are bought: so few that buyers at once often want the same work.
POOL = 12
PIECES = 1_000_000
HEAD = f"{'orders':<28}{'number':>8}{'p50 ms':>9}{'p95 ms':>9}{'most ms':>9}   p95 of " + ", ".join(STEPS)


@dataclass(frozen=True)
class Sale:
    """Baskets of one kind: how many makers, how many lines of each, and whether all hold the same offers."""

    name: str
    makers: int
    lines: int
    alike: bool = False


SALES = (
    Sale(f"{MAKERS} makers x {LINES} lines", MAKERS, LINES),
    Sale("1 maker x 1 line", 1, 1),
    Sale(f"{MAKERS} x {LINES}, all the same works", MAKERS, LINES, alike=True),
)


def gateway_settings() -> dict[str, str]:
    """Production that pays at the sandbox, at a port that is free now."""
    return {"PAYMENT_GATEWAY": "sandbox", "SANDBOX_GATEWAY_URL": f"http://{HOST}:{free_port()}"}


def fill(out) -> str:
    """The second process: what production serves, a demo of `WORKS` works, and more pieces of each than will be sold."""
    began = time.monotonic()
    prepare(out)
    fill_market(WORKS)
    stock_up()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return f"{WORKS} works ({time.monotonic() - began:.0f} s to fill)"


def stock_up() -> None:
    """So many pieces of whatever may be sold more than once that no buyer finds it gone."""
    StockRecord.objects.filter(product__one_of_a_kind=False).update(num_in_stock=PIECES)


def shelves() -> list[list[int]]:
    """The offers of `POOL` makers, in their workshops, that nobody buys out."""
    by_maker: dict[int, list[int]] = {}
    offers = StockRecord.objects.lawful_on(today()).filter(venue=None, num_in_stock=PIECES, price__gt=0)
    for seller, offer in offers.order_by("partner_id", "pk").values_list("partner_id", "pk"):
        by_maker.setdefault(seller, []).append(offer)
    found = [offers for offers in by_maker.values() if len(offers) >= LINES][:POOL]
    if len(found) < MAKERS:
        raise NoServer(f"Only {len(found)} makers have {LINES} works to sell.")
    return found


def baskets(sale: Sale, number: int, shelf: list[list[int]], chance: random.Random) -> list[list[int]]:
    """Offers of so many baskets."""
    if sale.alike:
        return [[offer for offers in shelf[: sale.makers] for offer in offers[: sale.lines]]] * number
    return [
        [offer for offers in chance.sample(shelf, sale.makers) for offer in chance.sample(offers, sale.lines)]
        for _nth in range(number)
    ]


def measure(number: int) -> Iterator[str]:
    """The third process: the figures, line by line. Raises NoServer; exits 1 when an order is missing or something does not add up."""
    make_tables()  # production holds a rule more than the demo: its clock cannot be set
    yield _database()
    chance, shelf = random.Random(5), shelves()  # noqa: S311  not a secret
    before = Counts.now()
    with gateway() as gateway_pid, server() as (port, server_pid):
        _sell(port, baskets(SALES[0], WARM_UP, shelf, chance), 0)
        sold, first = WARM_UP, WARM_UP
        yield HEAD
        for sale in SALES:
            busy = Busy(connection, server=server_pid, gateway=gateway_pid)
            seen = _sell(port, baskets(sale, number, shelf, chance), first, busy)
            yield from lines(sale.name, seen)
            yield from (f"    {line}" for line in busy.lines(number, "order"))
            sold, first = sold + len(seen.orders), first + number
    yield from audited(sold, Counts.now() - before)


@contextmanager
def gateway() -> Iterator[int]:
    """The sandbox gateway, where the settings look for it: its process."""
    port = urlsplit(settings.SANDBOX_GATEWAY_URL).port or 0
    manage = str(Path(settings.BASE_DIR) / "manage.py")
    command = [sys.executable, manage, "sandbox_gateway", "--port", str(port), "--skip-checks"]
    with program(command, port=port) as pid:
        yield pid


def _database() -> str:
    """What was measured on: a server that keeps nothing safe commits faster."""
    with connection.cursor() as cursor:
        told = []
        for name in ("server_version", "fsync", "synchronous_commit"):
            cursor.execute(f"SHOW {name}")
            told.append(cursor.fetchone()[0])
    return f"PostgreSQL {told[0]}, fsync {told[1]}, synchronous_commit {told[2]}; {AT_ONCE} orders in flight"


def _sell(port: int, wanted: list[list[int]], first: int, busy: Busy | None = None) -> Seen:
    """Let buyers fill these baskets and then, watched by `busy`, pay for them. Raises NoServer."""
    told = json.dumps(asdict(buyers.Wanted(port, wanted, AT_ONCE, first)))
    command = [sys.executable, "-m", "marketplace.bench.buyers"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:  # noqa: S603
        assert child.stdin
        assert child.stdout
        child.stdin.write(f"{told}\n")
        child.stdin.flush()
        if child.stdout.readline() != "ready\n":
            raise NoServer("The buyers could not fill their baskets.")
        if busy is None:
            return _pressed(child)
        with busy:
            return _pressed(child)


def _pressed(child: subprocess.Popen) -> Seen:
    said, _none = child.communicate("go\n")
    return Seen(**json.loads(said))


def lines(name: str, seen: Seen) -> Iterator[str]:
    """One line for a kind of basket, and one for each thing that went wrong."""
    if seen.orders:
        middle, late, most = figures([sum(steps) for steps in seen.orders])
        steps = ", ".join(f"{figures(list(step))[1]:.0f}" for step in zip(*seen.orders, strict=True))
        yield f"{name:<28}{len(seen.orders):>8}{middle:>9.1f}{late:>9.1f}{most:>9.1f}   {steps}"
    for wrong, times in sorted({wrong: seen.wrong.count(wrong) for wrong in seen.wrong}.items()):
        yield f"    {times} not sold: {wrong}"


def figures(milliseconds: list[float]) -> tuple[float, float, float]:
    """The middle, the 95th of a hundred, and the most."""
    times = sorted(milliseconds)
    return times[len(times) // 2], times[int(0.95 * (len(times) - 1))], times[-1]


@dataclass(frozen=True)
class Counts:
    """Rows of a market."""

    orders: int
    lines: int
    payments: int
    finished: int

    @classmethod
    def now(cls) -> "Counts":
        """Of this moment."""
        finished = PaymentAttempt.objects.filter(state=PaymentAttempt.State.FINISHED)
        return cls(Order.objects.count(), Line.objects.count(), PaymentAttempt.objects.count(), finished.count())

    def __sub__(self, before: "Counts") -> "Counts":
        return Counts(*(mine - theirs for mine, theirs in zip(astuple(self), astuple(before), strict=True)))


def audited(sold: int, made: Counts) -> Iterator[str]:
    """Orders, finished payments and those that buyers counted are the same number; both audits are clean. Exits 1 when not."""
    yield (
        f"{sold} orders were bought; the market made {made.orders} of {made.lines} lines, "
        f"and {made.finished} of {made.payments} payments finished"
    )
    clean = True
    for audit in ("audit_money", "audit_market"):
        said, failed = _said(audit)
        clean = clean and not failed
        yield f"{audit}: {said if failed else said.splitlines()[-1]}"
    if not (clean and sold == made.orders == made.payments == made.finished):
        raise SystemExit(1)


def _said(audit: str) -> tuple[str, Any]:
    out = StringIO()
    try:
        call_command(audit, stdout=out)
    except SystemExit as error:
        return out.getvalue(), error.code
    return out.getvalue(), 0
