"""What the market asks of any payment gateway. Amounts are ours, in rial; a gateway's word is compared with them."""

from dataclasses import dataclass, field
from enum import Enum
from typing import Protocol

from marketplace.payments.models import PaymentAttempt


class GatewayDown(Exception):
    """The gateway did not answer, or not in a way that can be read: nothing is known, so nothing may be concluded."""


class GatewayRefused(Exception):
    """The gateway answered that it will not start this payment. `code` is its own."""

    def __init__(self, code: int) -> None:
        super().__init__(f"gateway code {code}")
        self.code = code


class Outcome(Enum):
    PAID = "paid"
    UNPAID = "unpaid"
    MISMATCH = "mismatch"  # money moved, but not the amount we asked for


@dataclass(frozen=True)
class Redirect:
    """Where the buyer goes to pay, and the gateway's number of the payment."""

    url: str
    authority: str


@dataclass(frozen=True)
class Verdict:
    """What became of one attempt. Code and reference are the gateway's."""

    outcome: Outcome
    code: str
    reference: str = ""


@dataclass(frozen=True)
class Reversal:
    """Whether a payment was given back. `code` is the gateway's."""

    done: bool
    code: str


@dataclass(frozen=True)
class Payer:
    """What a gateway may show or remember of a buyer; both may be empty."""

    mobile: str = ""
    email: str = ""
    facts: dict[str, str] = field(default_factory=dict)


class Gateway(Protocol):
    """One adapter each. All calls may raise GatewayDown."""

    name: str

    def request(self, attempt: PaymentAttempt, *, callback_url: str, description: str, payer: Payer) -> Redirect:
        """Open a payment. Raises GatewayRefused."""
        ...

    def verify(self, attempt: PaymentAttempt) -> Verdict:
        """Ask about a payment by its authority and our own amount. May be repeated."""
        ...

    def unverified(self) -> set[str]:
        """Authorities that were paid and never asked about."""
        ...

    def reverse(self, attempt: PaymentAttempt) -> Reversal:
        """Give a verified payment back to the card it came from. May be repeated: one that was given back before is done."""
        ...
