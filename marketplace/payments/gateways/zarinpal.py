"""Zarinpal's payment API, version 4. Its codes: 100 done, 101 done before, -50 another amount, -51 not paid, -54 unknown,
-60 to -63 cannot be reversed (by the bank, by its state, without a registered server address, after thirty minutes).
"""

from typing import Any

import httpx

from marketplace.payments.gateways.base import GatewayDown, GatewayRefused, Outcome, Payer, Redirect, Reversal, Verdict
from marketplace.payments.models import PaymentAttempt

PRODUCTION_URL = "https://payment.zarinpal.com"
TIMEOUT = httpx.Timeout(12.0, connect=5.0)
DONE, DONE_BEFORE, MISMATCH = 100, 101, -50
#: The gateway knows for certain that no money moved.
UNPAID = {-51, -54, -55}
CANNOT_REVERSE = {-60, -61, -62, -63}


class Zarinpal:
    """`transport` lets tests stand in for the network. Amounts go out in rial (IRR), always named."""

    def __init__(
        self, *, name: str, base_url: str, merchant_id: str, transport: httpx.BaseTransport | None = None
    ) -> None:
        self.name = name
        self.base_url = base_url.rstrip("/")
        self.merchant_id = merchant_id
        self.transport = transport

    def request(self, attempt: PaymentAttempt, *, callback_url: str, description: str, payer: Payer) -> Redirect:
        told = {"mobile": payer.mobile, "email": payer.email, "order_id": attempt.number, **payer.facts}
        code, data = self._post(
            "request.json",
            amount=attempt.amount_rial,
            currency="IRR",
            callback_url=callback_url,
            description=description,
            metadata={name: value for name, value in told.items() if value},
        )
        authority = str(data.get("authority") or "")
        if code != DONE:
            raise GatewayRefused(code)
        if not authority:
            raise GatewayDown("no authority in the answer")
        return Redirect(url=f"{self.base_url}/pg/StartPay/{authority}", authority=authority)

    def verify(self, attempt: PaymentAttempt) -> Verdict:
        code, data = self._post("verify.json", amount=attempt.amount_rial, authority=attempt.authority)
        if code in (DONE, DONE_BEFORE):
            return Verdict(Outcome.PAID, str(code), str(data.get("ref_id") or ""))
        if code == MISMATCH:
            return Verdict(Outcome.MISMATCH, str(code))
        if code in UNPAID:
            return Verdict(Outcome.UNPAID, str(code))
        raise GatewayDown(f"gateway code {code}")

    def unverified(self) -> set[str]:
        code, data = self._post("unVerified.json")
        if code != DONE:
            raise GatewayDown(f"gateway code {code}")
        return {str(one["authority"]) for one in data.get("authorities") or [] if "authority" in one}

    def reverse(self, attempt: PaymentAttempt) -> Reversal:
        code, _data = self._post("reverse.json", authority=attempt.authority)
        if code == DONE:
            return Reversal(True, str(code))
        if code in CANNOT_REVERSE:  # also said of a payment that was reversed before, when that answer was lost
            return Reversal(self._status(attempt) == "REVERSED", str(code))
        raise GatewayDown(f"gateway code {code}")

    def _status(self, attempt: PaymentAttempt) -> str:
        """The state of a payment in the gateway's own words; it never stands for verify."""
        code, data = self._post("inquiry.json", authority=attempt.authority)
        if code != DONE:
            raise GatewayDown(f"gateway code {code}")
        return str(data.get("status", ""))

    def _post(self, path: str, **body: Any) -> tuple[int, dict[str, Any]]:
        """The answer's code and data. A refusal comes with an empty list as data and its code under errors."""
        try:
            with httpx.Client(base_url=self.base_url, timeout=TIMEOUT, transport=self.transport) as client:
                answer = client.post(f"/pg/v4/payment/{path}", json={"merchant_id": self.merchant_id, **body}).json()
            said = answer.get("data") or answer.get("errors")
            return int(said["code"]), said
        except (httpx.HTTPError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise GatewayDown(error.__class__.__name__) from error
