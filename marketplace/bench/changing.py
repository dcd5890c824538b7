"""A market whose prices change all the while, in a process of its own: makers who write, and the worker that tells the index."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Max, Min

from marketplace.core import outbox
from marketplace.listing.services import edit_offer
from marketplace.partner.models import StockRecord

#: Set in the process that changes.
PART = "RASTEH_BENCH_CHANGES"
A_SECOND = 20
#: By which a price rises.
_STEP_RIAL = 10_000


@contextmanager
def beside(arguments: list[str]) -> Iterator[None]:
    """While this is open, works change in a process that runs the same command with these arguments."""
    manage = str(Path(settings.BASE_DIR) / "manage.py")
    child = subprocess.Popen([sys.executable, manage, *arguments], env=os.environ | {PART: "1"})  # noqa: S603  our own command
    try:
        yield
    finally:
        child.terminate()
        child.wait(60)


def change_until_told() -> int:
    """Change so many offers a second, and drain the outbox every second, until SIGTERM. Returns how many were changed."""
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_args: stop.set())
    chance = random.Random(11)  # noqa: S311  not a secret
    done = 0
    while not stop.is_set():
        until = time.monotonic() + 1
        done += change(chance, A_SECOND)
        outbox.drain()
        stop.wait(max(0.0, until - time.monotonic()))
    return done


def change(chance: random.Random, most: int) -> int:
    """Another price for some offers by chance, as their sellers give it."""
    ends = StockRecord.objects.aggregate(first=Min("pk"), last=Max("pk"))
    if ends["first"] is None:
        return 0
    done = 0
    for _nth in range(most):
        mark = chance.randint(ends["first"], ends["last"])
        offer = StockRecord.objects.filter(pk__gte=mark).select_related("product").order_by("pk").first()
        pieces = max(0, (offer.num_in_stock or 0) - (offer.num_allocated or 0))
        with suppress(ValidationError):  # what may not be sold here any more may not be dearer either
            edit_offer(offer=offer, price_rial=int(offer.price) + _STEP_RIAL, pieces=pieces)
            done += 1
    return done
