"""Stripe with a memory, inside the tests' process: its library talks to this instead of the network.

It keeps idempotency keys as Stripe does (the same key with other parameters is an error), and a hand pays its pages.
"""

import json
import time
from collections import Counter
from urllib.parse import parse_qsl, urlsplit

import stripe

from marketplace.payments.gateways.stripe_gateway import Stripe

SECRET = "whsec_tests"


class Hosted(stripe.HTTPClient):
    """`lost` names paths whose answer is lost after it was made; `down` breaks everything."""

    name = "hosted"

    def __init__(self) -> None:
        super().__init__()
        self.sessions: dict[str, dict] = {}
        self.refunds: dict[str, dict] = {}
        self.disputes: dict[str, dict] = {}
        self.keys: dict[str, tuple[str, dict]] = {}
        self.calls: Counter[str] = Counter()
        self.seen: list[tuple[str, dict, str]] = []
        self.lost: set[str] = set()
        self.down = False

    def request(self, method, url, headers, post_data=None):
        if self.down:
            raise stripe.APIConnectionError("down")
        parts = urlsplit(url)
        sent = dict(parse_qsl(parts.query if method == "get" else (post_data or "")))
        key = {name.lower(): value for name, value in headers.items()}.get("idempotency-key", "")
        path = parts.path.removeprefix("/v1/")
        self.calls[f"{method} {path.split('/')[0]}"] += 1
        self.seen.append((f"{method} {path}", sent, key))
        status, body = self._kept(method, path, sent, key)
        if path in self.lost:
            raise stripe.APIConnectionError("lost")
        return json.dumps(body), status, {}

    def _kept(self, method: str, path: str, sent: dict, key: str) -> tuple[int, dict]:
        if method != "post" or not key:
            return self._answer(method, path, sent)
        if key in self.keys:
            before, body = self.keys[key]
            return (200, body) if before == json.dumps(sent, sort_keys=True) else _error("idempotency_error", "other")
        status, body = self._answer(method, path, sent)
        self.keys[key] = (json.dumps(sent, sort_keys=True), body)
        return status, body

    def _answer(self, method: str, path: str, sent: dict) -> tuple[int, dict]:
        kind, _, number = path.rpartition("/")
        if (method, path) == ("post", "checkout/sessions"):
            return 200, self._open(sent)
        if (method, path) == ("get", "checkout/sessions"):
            return 200, _list([one for one in self.sessions.values() if one["status"] == sent["status"]])
        if (method, kind) == ("get", "checkout/sessions"):
            return 200, self.sessions[number]
        if (method, path) == ("post", "refunds"):
            return self._refund(sent)
        if (method, path) == ("get", "refunds"):
            return 200, _list([one for one in self.refunds.values() if one["payment_intent"] == sent["payment_intent"]])
        if (method, kind) == ("get", "disputes"):
            return 200, self.disputes[number]
        return _error("invalid_request_error", "no_such_path")

    def _open(self, sent: dict) -> dict:
        number = f"cs_test_{len(self.sessions) + 1}"
        self.sessions[number] = {
            "id": number,
            "object": "checkout.session",
            "url": f"https://checkout.stripe.example/{number}",
            "status": "open",
            "payment_status": "unpaid",
            "payment_intent": None,
            "amount_total": int(sent["line_items[0][price_data][unit_amount]"]),
            "currency": sent["line_items[0][price_data][currency]"],
            "client_reference_id": sent["client_reference_id"],
        }
        return dict(self.sessions[number])

    def _refund(self, sent: dict) -> tuple[int, dict]:
        paid = next((one for one in self.sessions.values() if one["payment_intent"] == sent["payment_intent"]), None)
        given = sum(one["amount"] for one in self.refunds.values() if one["payment_intent"] == sent["payment_intent"])
        if paid is None or given + int(sent["amount"]) > paid["amount_total"]:
            return _error("invalid_request_error", "charge_already_refunded")
        number = f"re_{len(self.refunds) + 1}"
        self.refunds[number] = {
            "id": number,
            "object": "refund",
            "amount": int(sent["amount"]),
            "payment_intent": sent["payment_intent"],
            "metadata": {"refund": sent["metadata[refund]"]},
            "status": "succeeded",
        }
        return 200, dict(self.refunds[number])

    def pay(self, number: str, **changed) -> dict:
        """A buyer pays on the page; what changed says how it went wrong."""
        self.sessions[number] |= {
            "status": "complete",
            "payment_status": "paid",
            "payment_intent": f"pi_{number}",
        } | changed
        return self.sessions[number]

    def close(self) -> None:
        """Nothing is open."""


def _list(rows: list[dict]) -> dict:
    return {"object": "list", "data": rows, "has_more": False, "url": "/v1/x"}


def _error(kind: str, code: str) -> tuple[int, dict]:
    return 400, {"error": {"type": kind, "code": code, "message": code}}


def stripe_at(hosted: stripe.HTTPClient, **more) -> Stripe:
    """The adapter, with this for its network."""
    facts = {"secret_key": "sk_test_x", "webhook_secret": SECRET, "currencies": ("EUR",), "http": lambda: hosted} | more
    return Stripe(**facts)


def message(kind: str, about: dict, number: str = "evt_1", *, secret: str = SECRET, at: float | None = None) -> dict:
    """A message as Stripe sends it, signed by the library's own scheme: the arguments of a test client's `post`."""
    body = json.dumps(
        {"id": number, "object": "event", "type": kind, "api_version": stripe.api_version, "data": {"object": about}}
    )
    moment = int(time.time() if at is None else at)
    header = stripe.WebhookSignature.generate_signature_header(body, secret, timestamp=moment)
    return {"data": body, "content_type": "application/json", "headers": {"Stripe-Signature": header}}
