"""What the market asks of any payment gateway. Amounts are ours, in rial; a gateway's word is compared with them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Protocol

from marketplace.payments.gateways.codes import Code
from marketplace.payments.models import PaymentAttempt


class GatewayDown(Exception):
    """The gateway did not answer, or not in a way that can be read: nothing is known, so nothing may be concluded."""


class GatewayRefused(Exception):
    """The gateway answered that it will not start this payment. `code` is its own, `sentence` what the buyer reads."""

    def __init__(self, code: int | str, said: Code | None = None) -> None:
        super().__init__(f"gateway code {code}")
        self.code = code
        self.said = said

    @property
    def sentence(self) -> str:
        """In the active language; empty when the gateway's code has no sentence."""
        return self.said.for_buyer() if self.said else ""

    @property
    def is_about_split(self) -> bool:
        """Whether only the split was refused, so that the same payment may go through without one."""
        return self.said is not None and self.said.outcome.startswith("split_")


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
    """What became of one attempt. Code and reference are the gateway's; `paid_rial` is what it says was paid, if it does."""

    outcome: Outcome
    code: str
    reference: str = ""
    paid_rial: int | None = None


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


@dataclass(frozen=True)
class Part:
    """A share of one payment that the gateway sends straight to an IBAN. In rial. `seller_id` is ours, for the books."""

    iban: str
    amount_rial: int
    description: str
    seller_id: int | None = None

    def as_dict(self) -> dict[str, Any]:
        """As the attempt keeps it."""
        kept: dict[str, Any] = {"iban": self.iban, "amount_rial": self.amount_rial, "description": self.description}
        return kept if self.seller_id is None else {**kept, "seller": self.seller_id}

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> "Part":
        """As the attempt kept it."""
        return cls(str(kept["iban"]), int(kept["amount_rial"]), str(kept["description"]), kept.get("seller"))


@dataclass(frozen=True)
class Terms:
    """What a gateway takes: data, so that a page can say it before anybody pays.

    `currencies` by ISO code; `buyers` are "iran" (an Iranian card) and "abroad". `most_parts` 0 means that it cannot split.
    """

    currencies: tuple[str, ...]
    buyers: tuple[str, ...]
    most_parts: int = 0
    min_part_rial: int = 10_000
    lowest_rial: int = 10_000

    @property
    def can_split(self) -> bool:
        return self.most_parts > 0

    def takes(self, currency: str, buyer: str) -> bool:
        """Whether a buyer of this kind can pay in this currency."""
        return currency in self.currencies and buyer in self.buyers


class Given(Enum):
    GIVEN = "given"
    ON_ITS_WAY = "on_its_way"  # taken on, and not at an end: ask again
    CANNOT = "cannot"  # for certain nothing was given, and this gateway never will
    UNCLEAR = "unclear"  # something was given, and it cannot be told whether it was this


@dataclass(frozen=True)
class RefundAnswer:
    """What a gateway said to a refund. Code and reference are its own."""

    given: Given
    code: str
    reference: str = ""


@dataclass(frozen=True)
class RefundOrder:
    """One refund as a gateway needs to know it.

    `before_rial` is what earlier refunds of the attempt took; `again` is true when this one may have been asked for before.
    `amount_minor` is in hundredths of the attempt's own currency when that is not the rial.
    """

    number: str
    amount_rial: int
    before_rial: int
    again: bool
    amount_minor: int | None = None
    reference: str = ""


class Gateway(Protocol):
    """One adapter each. All calls may raise GatewayDown."""

    name: str
    terms: Terms

    def request(self, attempt: PaymentAttempt, *, callback_url: str, description: str, payer: Payer) -> Redirect:
        """Open a payment, split as the attempt says. Raises GatewayRefused."""
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

    def refund(self, attempt: PaymentAttempt, order: RefundOrder) -> RefundAnswer:
        """Give a part of a payment back, or all of it. May be repeated with `again`: what was given before is not given twice."""
        ...
