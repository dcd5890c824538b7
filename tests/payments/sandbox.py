"""The real sandbox gateway inside the tests' process, and a hand that presses its buttons."""

from collections import Counter
from collections.abc import Callable
from urllib.parse import urlsplit

import httpx
import pytest

from marketplace.payments import gateways
from marketplace.payments.gateways.sandbox import sandbox
from marketplace.payments.sandbox.app import SandboxGateway


class Wire(httpx.BaseTransport):
    """The way to the gateway. It counts calls, may be held up before one (`before`), and may lose an answer (`loses`)."""

    def __init__(self, app: SandboxGateway) -> None:
        self.inside = httpx.WSGITransport(app=app)
        self.calls: Counter[str] = Counter()
        self.before: dict[str, Callable[[], object]] = {}
        self.loses: set[str] = set()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        name = request.url.path.rstrip("/").rsplit("/", 1)[-1].removesuffix(".json")
        self.calls[name] += 1
        self.before.get(name, int)()
        answer = self.inside.handle_request(request)
        if name in self.loses:
            raise httpx.ReadTimeout("lost", request=request)
        return answer


class Hand:
    """A buyer at the gateway."""

    def __init__(self, app: SandboxGateway) -> None:
        self.app = app
        self.wire = Wire(app)
        self.transport: httpx.BaseTransport = self.wire

    def press(self, start_pay_url: str, status: str, amount: int | None = None) -> str:
        """Press Pay (OK), Cancel (NOK), FAIL, LATER, or pay another amount (OTHER); where the gateway sends the buyer back to."""
        with httpx.Client(transport=httpx.WSGITransport(app=self.app)) as client:
            assert client.get(start_pay_url).status_code == 200
            answer = client.post(start_pay_url, data={"status": status, "amount": amount or ""})
        assert answer.status_code == 303
        back = urlsplit(answer.headers["location"])
        return f"{back.path}?{back.query}"


@pytest.fixture
def gateway(tmp_path, monkeypatch) -> Hand:
    """`hand.transport` may be exchanged to make the gateway fail."""
    hand = Hand(SandboxGateway(tmp_path / "sandbox.sqlite3"))
    monkeypatch.setitem(gateways.GATEWAYS, "sandbox", lambda: sandbox(transport=hand.transport))
    return hand


def no_answer(request: httpx.Request) -> httpx.Response:
    raise httpx.ConnectError("down", request=request)


def says(code: int) -> httpx.MockTransport:
    """A gateway that answers everything with one refusal."""
    body = {"data": [], "errors": {"code": code, "message": "no", "validations": []}}
    return httpx.MockTransport(lambda request: httpx.Response(400, json=body))


DOWN = httpx.MockTransport(no_answer)
