"""What the sandbox gateway answers to a shop: Zarinpal's shapes and codes, with its strictness about amounts."""

import json
import secrets
from typing import Any
from urllib.parse import urlsplit

from marketplace.payments.sandbox.book import Book, Payment

LOWEST_RIAL, HIGHEST_RIAL = 10_000, 10**13
MOST_PARTS, IBAN_LENGTH = 5, 26
MERCHANT_LENGTH = 36
#: Seconds after paying in which a payment can be reversed.
REVERSIBLE_FOR = 30 * 60
STATUSES = {
    "open": "IN_BANK",
    "paid": "PAID",
    "verified": "VERIFIED",
    "cancelled": "FAILED",
    "reversed": "REVERSED",
}
Answer = dict[str, Any]


def done(code: int, **facts: Any) -> Answer:
    return {"data": {"code": code, **facts}, "errors": []}


def refused(code: int, message: str) -> Answer:
    return {"data": [], "errors": {"code": code, "message": message, "validations": []}}


def _is_web_address(value: object) -> bool:
    parts = urlsplit(value) if isinstance(value, str) else None
    return bool(parts and parts.scheme in {"http", "https"} and parts.netloc)


def _amount(body: dict) -> int | None:
    """The amount in rial; None unless it is a whole number in a named currency."""
    amount = body.get("amount")
    if not isinstance(amount, int) or isinstance(amount, bool):
        return None
    return {"IRR": amount, "IRT": amount * 10}.get(str(body.get("currency", "")))


def _wrong_wages(wages: Any, amount_rial: int) -> Answer | None:
    """What is wrong with a split, as Zarinpal says it; None when nothing is."""
    if not isinstance(wages, list) or not all(isinstance(part, dict) for part in wages):
        return refused(-39, "The wages have an error.")
    parts = [part.get("amount") for part in wages]
    if not all(isinstance(part, int) and not isinstance(part, bool) for part in parts):
        return refused(-39, "The wages have an error.")
    if len(wages) > MOST_PARTS:
        return refused(-35, "The wages have too many parts.")
    if any(part < LOWEST_RIAL for part in parts):
        return refused(-36, "A part of the wages is under 10,000 rial.")
    if sum(parts) > amount_rial:
        return refused(-34, "The wages are more than the amount.")
    if not all(_looks_like_an_iban(part.get("iban")) for part in wages):
        return refused(-38, "An IBAN of the wages is not registered.")
    return None


def _looks_like_an_iban(value: object) -> bool:
    return isinstance(value, str) and len(value) == IBAN_LENGTH and value.startswith("IR") and value[2:].isdigit()


def request(book: Book, body: dict) -> Answer:
    merchant, amount = str(body.get("merchant_id", "")), _amount(body)
    if len(merchant) != MERCHANT_LENGTH:
        return refused(-10, "The merchant is not known.")
    if amount is None or not body.get("description") or not _is_web_address(body.get("callback_url")):
        return refused(-9, "The input is not valid.")
    if amount < LOWEST_RIAL:
        return refused(-9, "The amount is under 10,000 rial.")
    if amount > HIGHEST_RIAL:
        return refused(-41, "The amount is over the ceiling.")
    wages = body.get("wages") or []
    wrong = _wrong_wages(wages, amount)
    if wrong:
        return wrong
    authority = "S" + secrets.token_hex(17).upper()
    book.add(
        authority=authority,
        merchant=merchant,
        amount_rial=amount,
        callback_url=body["callback_url"],
        description=str(body["description"])[:500],
    )
    if wages:
        book.note(authority, "wages", json.dumps(wages))
    return done(100, message="Success", authority=authority, fee_type="Merchant", fee=0)


def _named(book: Book, body: dict) -> Payment | Answer:
    """The payment that is asked about, or the refusal."""
    payment = book.find(str(body.get("authority", "")))
    if payment is None:
        return refused(-54, "The authority is not known.")
    if payment.merchant != body.get("merchant_id"):
        return refused(-53, "The payment belongs to another merchant.")
    return payment


def verify(book: Book, body: dict) -> Answer:
    payment = _named(book, body)
    if not isinstance(payment, Payment):
        return payment
    if payment.state in {"open", "cancelled", "reversed"}:
        return refused(-51, "The payment was not made.")
    if payment.paid_rial != body.get("amount"):
        return refused(-50, "The amount differs from the one paid.")
    first = book.move(payment.authority, "paid", "verified")
    return done(
        100 if first else 101,
        message="Verified",
        ref_id=payment.id,
        card_pan="603799******0000",
        fee_type="Merchant",
        fee=0,
    )


def reverse(book: Book, body: dict) -> Answer:
    payment = _named(book, body)
    if not isinstance(payment, Payment):
        return payment
    if payment.state not in {"paid", "verified"} or payment.refunded_rial:
        return refused(-61, "The payment is not in a state of success.")
    if payment.paid_at is None or book.now() - payment.paid_at > REVERSIBLE_FOR:
        return refused(-63, "The time for reversing has passed.")
    if not book.reverse(payment.authority):
        return refused(-61, "The payment is not in a state of success.")
    return done(100, message="Reversed")


def inquiry(book: Book, body: dict) -> Answer:
    payment = _named(book, body)
    if not isinstance(payment, Payment):
        return payment
    return done(100, message="Success", status=STATUSES[payment.state])


def unverified(book: Book, body: dict) -> Answer:
    found = book.unverified(str(body.get("merchant_id", "")))
    return done(
        100,
        message="Success",
        authorities=[
            {"authority": one.authority, "amount": one.paid_rial, "callback_url": one.callback_url} for one in found
        ],
    )
