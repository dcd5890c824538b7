"""What a gateway's answer means: what it leads to, what the buyer reads, what the operator reads."""

from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override


class LeadsTo(Enum):
    """What the market does about an answer."""

    DONE = "done"
    UNPAID = "unpaid"  # for certain no money moved
    MISMATCH = "mismatch"  # money may have moved, but not the amount we asked for
    TRY_LATER = "try_later"  # nobody's fault; the same request may go through in a while
    OUR_FAULT = "our_fault"  # the buyer can mend nothing; the operator must
    NOT_REVERSED = "not_reversed"  # given back by no reversal; a refund or a person does it
    UNKNOWN = "unknown"  # nothing may be concluded


@dataclass(frozen=True)
class Code:
    """One answer. `outcome` is its own name; `%(code)s` in a sentence is the code itself."""

    code: int | str
    outcome: str
    leads_to: LeadsTo
    buyer: Any
    operator: Any

    def for_buyer(self) -> str:
        """In the active language; the code stands in a left-to-right run."""
        return str(self.buyer) % {"code": f"\u2066{self.code}\u2069"}

    def for_operator(self, language: str = "en") -> str:
        """What is wrong and who can mend it."""
        with override(language):
            return str(self.operator) % {"code": self.code}


#: What a buyer reads when the fault is not theirs and nothing was taken.
NOT_READY = _(
    "The payment gateway cannot take this payment now (code %(code)s). The fault is not yours, and nothing was taken. "
    "We have been told; please try again later."
)


def unknown(code: int | str) -> Code:
    """A code that no list names: nothing may be concluded from it."""
    return Code(
        code,
        "unknown",
        LeadsTo.UNKNOWN,
        NOT_READY,
        _("The gateway answered with a code that its manual does not name (%(code)s)."),
    )
