"""The sandbox gateway as a plain WSGI application: a process of its own, because a shop that calls itself can wait for itself."""

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from marketplace.payments.sandbox import answers, graphql
from marketplace.payments.sandbox.book import Book
from marketplace.payments.sandbox.page import closed_page, payment_page

LONGEST_BODY = 100_000
API = "/pg/v4/payment/"
PAY = "/pg/StartPay/"
#: Seconds after which a payment that its buyer put off is made.
DELAY = 60
#: Buttons that move money: at once, or another amount than was asked for.
PAYING = ("OK", "OTHER")
HTML = ("Content-Type", "text/html; charset=utf-8")
Said = tuple[str, list[tuple[str, str]], str]


class SandboxGateway:
    """Speaks Zarinpal's five calls and its refunds. State lives in one file.

    Its page is where a buyer pays, cancels, fails at the bank, puts the payment off, or pays another amount.
    """

    def __init__(self, path: Path) -> None:
        self.book = Book(path)
        self.calls: dict[str, Callable[[Book, dict], answers.Answer]] = {
            "request.json": answers.request,
            "verify.json": answers.verify,
            "unVerified.json": answers.unverified,
            "reverse.json": answers.reverse,
            "inquiry.json": answers.inquiry,
        }

    def __call__(self, environ: dict[str, Any], start_response: Callable) -> Iterable[bytes]:
        status, headers, text = self._answer(environ)
        body = text.encode()
        start_response(status, [*headers, ("Content-Length", str(len(body))), ("Cache-Control", "no-store")])
        return [body]

    def _answer(self, environ: dict[str, Any]) -> Said:
        path, method = environ.get("PATH_INFO", "/"), environ["REQUEST_METHOD"]
        if path.startswith(API) and method == "POST":
            return self._api(path.removeprefix(API), _body(environ))
        if path == graphql.PATH and method == "POST":
            return self._graphql(environ)
        if path.startswith(PAY) and method in {"GET", "POST"}:
            return self._pay(path.removeprefix(PAY), method, _body(environ))
        if path == "/healthz":
            return "200 OK", [("Content-Type", "text/plain")], "ok"
        return "404 Not Found", [HTML], closed_page()

    def _api(self, name: str, body: bytes) -> Said:
        kind = [("Content-Type", "application/json")]
        call = self.calls.get(name)
        if call is None:
            return "404 Not Found", kind, json.dumps(answers.refused(-9, "No such call."))
        try:
            asked = json.loads(body)
        except ValueError:
            asked = None
        answer = call(self.book, asked) if isinstance(asked, dict) else answers.refused(-9, "Send one JSON object.")
        return "200 OK" if answer["data"] else "400 Bad Request", kind, json.dumps(answer)

    def _pay(self, authority: str, method: str, body: bytes) -> Said:
        payment = self.book.find(authority)
        if payment is None or payment.state != "open":
            return "404 Not Found", [HTML], closed_page()
        if method == "GET":
            return "200 OK", [HTML], payment_page(payment)
        form = parse_qs(body.decode(errors="replace"))
        pressed, amount = form.get("status", [""])[0], form.get("amount", [""])[0]
        if not self._pressed(authority, pressed, amount):
            return "404 Not Found", [HTML], closed_page()
        back = _with_query(payment.callback_url, Authority=authority, Status="OK" if pressed in PAYING else "NOK")
        return "303 See Other", [("Location", back), HTML], ""

    def _pressed(self, authority: str, button: str, amount: str) -> bool:
        """Do what a button says; whether this press was the one that did."""
        if button == "LATER":
            self.book.note(authority, "due", self.book.now() + DELAY)
            return True
        if button == "OTHER" and amount.isascii() and amount.isdigit() and int(amount) > 0:
            self.book.note(authority, "paid_rial", int(amount))
        return self.book.move(authority, "open", "paid" if button in PAYING else "cancelled")

    def _graphql(self, environ: dict[str, Any]) -> Said:
        kind = [("Content-Type", "application/json")]
        if not environ.get("HTTP_AUTHORIZATION", "").removeprefix("Bearer "):
            return "401 Unauthorized", kind, json.dumps({"message": "Unauthenticated."})
        try:
            asked = json.loads(_body(environ))
        except ValueError:
            asked = None
        return "200 OK", kind, json.dumps(graphql.answer(self.book, asked if isinstance(asked, dict) else {}))


def _body(environ: dict[str, Any]) -> bytes:
    try:
        length = int(environ.get("CONTENT_LENGTH") or 0)
    except ValueError:
        length = 0
    return environ["wsgi.input"].read(min(length, LONGEST_BODY)) if length > 0 else b""


def _with_query(address: str, **fields: str) -> str:
    parts = urlsplit(address)
    query = "&".join(filter(None, (parts.query, urlencode(fields))))
    return parts._replace(query=query).geturl()
