"""A fault ends with silent audits, of money and of the market, unless its test took a guard away."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from types import SimpleNamespace
from urllib.parse import urlsplit

import httpx
import pytest
from django.db import connection

from marketplace.core.registry import MONEY, audits
from tests.checkout.changes import change  # noqa: F401
from tests.checkout.sale import contact, workshop_offer  # noqa: F401
from tests.faults.processes import HOUSE, answers, environment
from tests.payments.sandbox import gateway  # noqa: F401
from tests.services.server import free_port


@dataclass
class End:
    """`broken` is set by a test that shows a fault with its guard off."""

    broken: bool = False


def breaches() -> list[str]:
    """Every line that `audit_money` and `audit_market` would print."""
    return [line for check in [*audits(MONEY).values(), *audits().values()] for line in check()]


@pytest.fixture(autouse=True)
def end(transactional_db) -> Iterator[End]:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time, and these faults need several")
    end = End()
    yield end
    if not end.broken:
        assert breaches() == []


@pytest.fixture(scope="session")
def bank_address(tmp_path_factory) -> Iterator[str]:
    """The sandbox gateway as a process of its own."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "manage.py", "sandbox_gateway", "--port", str(port)],
        cwd=HOUSE,
        env=environment(RASTEH_VAR=str(tmp_path_factory.mktemp("bank"))),
        stdout=subprocess.DEVNULL,
    )
    try:
        answers(f"http://127.0.0.1:{port}/", process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(10)


@pytest.fixture
def bank(bank_address, settings) -> SimpleNamespace:
    """`bank.press(address, status)`: a buyer at the gateway; returns where it sends the buyer back to."""
    settings.SANDBOX_GATEWAY_URL = bank_address

    def press(address: str, status: str = "OK") -> str:
        answer = httpx.post(address, data={"status": status}, timeout=30)
        assert answer.status_code == 303
        back = urlsplit(answer.headers["location"])
        return f"{back.path}?{back.query}"

    return SimpleNamespace(press=press)
