"""The market behind its own web server, and buyers who come to it over HTTP."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

import httpx

from marketplace.core import web_server
from tests.checkout.sale import TICKED, TYPED
from tests.faults.processes import HOUSE, answers, environment
from tests.services.server import free_port

HOST = "127.0.0.1"


@contextmanager
def served(**more: str) -> Iterator[str]:
    """The address of a market with several processes, on this test's database unless DATABASE_URL names another."""
    port = free_port()
    command = web_server.command(HOST, port)[:-1] + ["tests.faults.market:application"]
    process = subprocess.Popen(command, cwd=HOUSE, env=environment(**more), stdout=subprocess.DEVNULL)
    try:
        answers(f"http://{HOST}:{port}/healthz", process)
        yield f"http://{HOST}:{port}"
    finally:
        process.terminate()
        process.wait(15)


class Browser:
    """A guest with a basket of one piece and an address, one press from paying."""

    def __init__(self, address: str, offer_id: int) -> None:
        self.http = httpx.Client(base_url=address, timeout=60, headers={"Connection": "close"})
        self.http.cookies.set("csrftoken", "a" * 32, domain=HOST)
        self.post("/basket/add/", {"offer": offer_id, "quantity": "1"})
        self.post("/checkout/", TYPED)

    def post(self, path: str, data: dict) -> httpx.Response:
        token = self.http.cookies.get("csrftoken", domain=HOST)
        return self.http.post(path, data={**data, "csrfmiddlewaretoken": token})

    def pay(self, total: int) -> str:
        """Where the press on Pay leads: the gateway, or a page of ours."""
        return self.post("/checkout/pay/", {**TICKED, "total": total}).headers.get("location", "")
