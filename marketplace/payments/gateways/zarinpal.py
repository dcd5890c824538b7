"""Zarinpal's payment API, version 4 (https://www.zarinpal.com/docs/paymentGateway/). What its codes mean stands in `codes`."""

import logging
from typing import Any

import httpx

from marketplace.core.certificates import trusted
from marketplace.payments.gateways.base import (
    GatewayDown,
    GatewayRefused,
    Given,
    Outcome,
    Part,
    Payer,
    Redirect,
    RefundAnswer,
    RefundOrder,
    Reversal,
    Terms,
    Verdict,
)
from marketplace.payments.gateways.codes import Code, LeadsTo
from marketplace.payments.gateways.zarinpal_codes import read
from marketplace.payments.gateways.zarinpal_refunds import ZarinpalRefunds
from marketplace.payments.models import PaymentAttempt

log = logging.getLogger(__name__)
PRODUCTION_URL = "https://payment.zarinpal.com"
TIMEOUT = httpx.Timeout(12.0, connect=5.0)
DONE = 100
CURRENCY = "IRR"


class Zarinpal:
    """Amounts go out in rial (IRR), always named. `transport` lets tests stand in for the network.

    Without `refunds` (an access token) a payment is given back whole and within thirty minutes, or by a person.
    """

    def __init__(
        self,
        *,
        name: str,
        base_url: str,
        merchant_id: str,
        most_parts: int = 0,
        refunds: ZarinpalRefunds | None = None,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self.name = name
        self.base_url = base_url.rstrip("/")
        self.merchant_id = merchant_id
        self.refunds = refunds
        self.transport = transport
        self.terms = Terms(currencies=(CURRENCY,), buyers=("iran",), most_parts=most_parts)

    def request(self, attempt: PaymentAttempt, *, callback_url: str, description: str, payer: Payer) -> Redirect:
        """Refused as well when the answer names another amount than ours: nobody is sent to pay ten times as much."""
        told = {"mobile": payer.mobile, "email": payer.email, "order_id": attempt.number, **payer.facts}
        wages = [
            {"iban": part.iban, "amount": part.amount_rial, "description": part.description}
            for part in map(Part.of, attempt.split)
        ]
        said, data = self._post(
            "request.json",
            amount=attempt.amount_rial,
            currency=CURRENCY,
            callback_url=callback_url,
            description=description,
            metadata={name: value for name, value in told.items() if value},
            **({"wages": wages} if wages else {}),
        )
        if said.code == DONE and _other_amount(data, attempt) is not None:
            said = read(-50)
        if said.code != DONE:
            self._tell_the_operator(said, attempt)
            raise GatewayRefused(said.code, said)
        authority = str(data.get("authority") or "")
        if not authority:
            raise GatewayDown("no authority in the answer")
        return Redirect(url=f"{self.base_url}/pg/StartPay/{authority}", authority=authority)

    def verify(self, attempt: PaymentAttempt) -> Verdict:
        """Paid only when our own amount was. An answer that names another is a mismatch, whatever its code says."""
        said, data = self._post("verify.json", amount=attempt.amount_rial, authority=attempt.authority)
        code, reference = str(said.code), str(data.get("ref_id") or "")
        if said.leads_to is LeadsTo.DONE:
            other = _other_amount(data, attempt)
            if other is not None:
                return Verdict(Outcome.MISMATCH, code, reference, paid_rial=other)
            return Verdict(Outcome.PAID, code, reference, paid_rial=attempt.amount_rial)
        self._tell_the_operator(said, attempt)
        if said.leads_to is LeadsTo.MISMATCH:
            return Verdict(Outcome.MISMATCH, code, paid_rial=self._listed_amount(attempt))
        if said.leads_to is LeadsTo.UNPAID:
            return Verdict(Outcome.UNPAID, code)
        raise GatewayDown(f"gateway code {code}")

    def unverified(self) -> set[str]:
        return set(self._listed())

    def reverse(self, attempt: PaymentAttempt) -> Reversal:
        said, _data = self._post("reverse.json", authority=attempt.authority)
        if said.code == DONE:
            return Reversal(True, str(said.code))
        self._tell_the_operator(said, attempt)
        if (
            said.leads_to is LeadsTo.NOT_REVERSED
        ):  # also said of one that was reversed before, when that answer was lost
            return Reversal(self.inquiry(attempt) == "REVERSED", str(said.code))
        raise GatewayDown(f"gateway code {said.code}")

    def inquiry(self, attempt: PaymentAttempt) -> str:
        """The state of a payment in the gateway's own words: IN_BANK, PAID, VERIFIED, FAILED, REVERSED. It never stands for verify."""
        said, data = self._post("inquiry.json", authority=attempt.authority)
        if said.code != DONE:
            raise GatewayDown(f"gateway code {said.code}")
        return str(data.get("status", ""))

    def refund(self, attempt: PaymentAttempt, order: RefundOrder) -> RefundAnswer:
        """Reversed when it is the whole and early enough, which costs nothing; else refunded by the access token."""
        whole = order.amount_rial == attempt.amount_rial
        if order.again and whole and self.inquiry(attempt) == "REVERSED":
            return RefundAnswer(Given.GIVEN, "reversed")
        if order.again and self.refunds is not None:
            before = self.refunds.what_became_of(attempt, order)
            if before is not None:
                return before
        code = "no_access_token"
        if whole:
            reversal = self.reverse(attempt)
            if reversal.done:
                return RefundAnswer(Given.GIVEN, "reversed")
            code = reversal.code
        if self.refunds is None:
            return RefundAnswer(Given.CANNOT, code)
        return self.refunds.ask(attempt, order)

    def _listed_amount(self, attempt: PaymentAttempt) -> int | None:
        """What the list of unverified payments says was paid: for the person who looks into a mismatch."""
        try:
            return self._listed().get(attempt.authority)
        except GatewayDown:
            return None

    def _listed(self) -> dict[str, int | None]:
        """What was paid and never verified, with the amounts that the list names; at most the last hundred."""
        said, data = self._post("unVerified.json")
        if said.code != DONE:
            raise GatewayDown(f"gateway code {said.code}")
        listed = [one for one in data.get("authorities") or [] if "authority" in one]
        return {str(one["authority"]): _whole(one.get("amount")) for one in listed}

    def _tell_the_operator(self, said: Code, attempt: PaymentAttempt) -> None:
        if said.leads_to in (LeadsTo.OUR_FAULT, LeadsTo.MISMATCH, LeadsTo.UNKNOWN):
            log.error("payment %s at %s: %s", attempt.number, self.name, said.for_operator())

    def _post(self, path: str, **body: Any) -> tuple[Code, dict[str, Any]]:
        """The answer's code and data. A refusal comes with an empty list as data and its code under errors."""
        try:
            with httpx.Client(
                base_url=self.base_url, timeout=TIMEOUT, transport=self.transport, verify=trusted()
            ) as client:
                answer = client.post(f"/pg/v4/payment/{path}", json={"merchant_id": self.merchant_id, **body}).json()
            said = answer.get("data") or answer.get("errors")
            return read(int(said["code"])), said
        except (httpx.HTTPError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise GatewayDown(error.__class__.__name__) from error


def _whole(amount: object) -> int | None:
    """A number of rials as an answer names it, or None."""
    try:
        return int(str(amount))
    except ValueError:
        return None


def _other_amount(data: dict[str, Any], attempt: PaymentAttempt) -> int | None:
    """The amount that an answer names when it is not ours. The manual names none for every answer; one that is there must agree."""
    named = _whole(data.get("amount"))
    return named if named is not None and named != attempt.amount_rial else None
