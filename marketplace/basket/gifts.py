"""The words and the wrapping of one line. A line is an offer with its words: the same work with other words is another line."""

import unicodedata
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from catalogue.models import Product
from marketplace.basket import rules
from marketplace.core.persian import one_spelling
from marketplace.partner.models import StockRecord

#: Marks that turn the direction of what follows, also beyond the text: a label printer would print other letters than were read.
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def cleaned(text: str, *, lines: bool = False) -> str:
    """What was typed without control characters, one spelling of each letter; line ends stay only where `lines` are wanted."""
    kept = "".join(
        " " if letter in "\t\u2028\u2029" else letter
        for letter in one_spelling(text).replace("\r\n", "\n").replace("\r", "\n")
        if letter not in _TURNING and (letter in "\n\t" or unicodedata.category(letter) not in ("Cc", "Cs"))
    )
    rows = [" ".join(row.split()) for row in kept.split("\n")]
    return ("\n" if lines else " ").join(rows).strip()


@dataclass(frozen=True)
class Gift:
    """What a buyer asks for one line. `text` is the buyer's own, which the maker puts on the work."""

    wrap: bool = False
    note: str = ""
    text: str = ""

    @classmethod
    def of(cls, line: Any) -> "Gift":
        """Of a line of a basket or of an order."""
        return cls(line.gift_wrap, line.gift_note, line.personal_text)

    @classmethod
    def typed(cls, *, wrap: bool, note: str, text: str) -> "Gift":
        """From a form, cleaned."""
        return cls(wrap, cleaned(note, lines=True), cleaned(text))

    @property
    def mark(self) -> str:
        """What tells a line with these words from one with others; empty for a plain one."""
        if self == PLAIN:
            return ""
        return "_" + sha256(f"{self.wrap:d}\0{self.note}\0{self.text}".encode()).hexdigest()[:20]

    def write_to(self, line: Any) -> None:
        line.gift_wrap, line.gift_note, line.personal_text = self.wrap, self.note, self.text


PLAIN = Gift()


def require_possible(gift: Gift, work: Product) -> None:
    """Raises ValidationError with the code of the rule that refuses."""
    if gift.wrap:
        rules.require_wrapping(work.maker)
    rules.require_short_note(gift.note)
    rules.require_fitting_text(work, gift.text)


def wrap_price(gift: Gift, work: Product) -> int:
    """Rial for wrapping one piece today; nothing where it is not wanted."""
    maker = work.maker
    return int(maker.gift_wrap_rial or 0) if gift.wrap and maker is not None else 0


def reference_of(basket: Any, offer: StockRecord, gift: Gift) -> str:
    """Under which name a basket knows a line."""
    return basket._create_line_reference(offer.product, offer, None) + gift.mark
