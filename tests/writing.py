"""A net under the whole suite: whoever writes an offer, a basket line or an order line at run time must be in ARCHITECTURE.md's tables.

The scan in `tests/writers.py` reads the code; this sees what it may have missed: a write behind a name it could not follow.
"""

import re
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from django.db import connection

ARCHITECTURE = Path(__file__).parent.parent / "ARCHITECTURE.md"
_OURS = ("marketplace.", "catalogue.", "authenticity.", "cms.")
_TABLES = ("partner_stockrecord", "basket_line", "order_line")
_WRITES = tuple(f'{verb} "{table}"' for verb in ("INSERT INTO", "UPDATE") for table in _TABLES)


class Net:
    """Wraps each statement; `caught` are the functions that wrote and stand in no table."""

    def __init__(self, known: frozenset[str]) -> None:
        self.known, self.caught = known, set[str]()

    def __call__(self, execute: Callable, sql: str, params: Any, many: bool, context: dict) -> Any:
        if sql.startswith(_WRITES):
            writer = _writer(sys._getframe(1))
            if writer and writer not in self.known:
                self.caught.add(writer)
        return execute(sql, params, many, context)


def _writer(frame: FrameType | None) -> str:
    """The innermost function of ours on the way to this statement; empty where a test itself writes."""
    while frame is not None:
        module = frame.f_globals.get("__name__", "")
        if module.startswith("tests."):
            return ""
        if module.startswith(_OURS):
            return f"{module}.{frame.f_code.co_qualname.split('.<locals>')[0]}"
        frame = frame.f_back
    return ""


@cache
def in_the_tables() -> frozenset[str]:
    """Every function that ARCHITECTURE.md lists as a door of the rule or as a writer that needs none."""
    tables = re.findall(
        r"<!-- (?:doors|writers):begin -->\n(.*?)<!-- (?:doors|writers):end -->", ARCHITECTURE.read_text(), re.DOTALL
    )
    return frozenset(name for table in tables for name in re.findall(r"`(\w+(?:\.\w+)+)`", table))


@pytest.fixture(autouse=True)
def writers_net() -> Iterator[Net]:
    net = Net(in_the_tables())
    with connection.execute_wrapper(net):
        yield net
    assert net.caught == set(), "these write offers or lines and stand in no table of ARCHITECTURE.md"
