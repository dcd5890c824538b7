"""The sandbox's refunds, in the shape of Zarinpal's GraphQL: it knows one query and one mutation, by their names.

Like the one it stands for it takes no key of the shop's: asked twice it gives twice, as far as the payment goes.
"""

from typing import Any

from marketplace.payments.sandbox.book import Book, Payment

PATH = "/api/v4/graphql/"
LOWEST_REFUND_RIAL = 20_000
Answer = dict[str, Any]


def answer(book: Book, asked: dict[str, Any]) -> Answer:
    """Data, or GraphQL's own errors."""
    query, variables = str(asked.get("query", "")), asked.get("variables")
    if not isinstance(variables, dict):
        return _refused("There are no variables.")
    if "AddRefund(" in query:
        return _add_refund(book, variables)
    if "Session(" in query:
        return _session(book, variables)
    return _refused("The sandbox does not know this query.")


def _refused(message: str) -> Answer:
    return {"errors": [{"message": message}], "data": None}


def _told(payment: Payment, **more: Any) -> Answer:
    timeline = {
        "refund_amount": payment.refunded_rial or None,
        "refund_status": "PENDING" if payment.refunded_rial else None,
    }
    return {"id": str(payment.id), "amount": payment.paid_rial, "timeline": timeline, **more}


def _session(book: Book, variables: dict[str, Any]) -> Answer:
    found = book.find_by_id(str(variables.get("reference_id", "")))
    return {"data": {"resource": [_told(found)] if found else []}}


def _add_refund(book: Book, variables: dict[str, Any]) -> Answer:
    payment, amount = book.find_by_id(str(variables.get("session_id", ""))), variables.get("amount")
    if payment is None or payment.state != "verified":
        return _refused("The session was not paid and verified.")
    if not isinstance(amount, int) or isinstance(amount, bool) or amount < LOWEST_REFUND_RIAL:
        return _refused("The amount is under 20,000 rial.")
    if book.refund(payment, amount, str(variables.get("description", ""))) is None:
        return _refused("The amount is over what was paid.")
    return {"data": {"resource": _told(book.find_by_id(str(payment.id)) or payment)}}
