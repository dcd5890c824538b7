"""What the checks say: one finding a reason, with the fact it rests on and the thing it is about."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from marketplace.customs.facts import Fact, Severity, amount_text


class Told:
    """A sentence with its figures, all put into words in the language of whoever reads it. Values that can be called are asked then."""

    def __init__(self, words: Any, named: dict[str, Any]):
        self._words, self._named = words, named

    def __str__(self) -> str:
        return str(self._words) % {name: value() if callable(value) else value for name, value in self._named.items()}


@dataclass(frozen=True)
class Finding:
    """`code` is for programs, `words` speak the reader's language; `papers` are codes of papers that would settle it.

    `parcel`, `item` and `piece` are the ids of what it is about; all empty where it is about the shipment.
    """

    code: str
    severity: str
    words: Told
    fact: Fact
    papers: tuple[str, ...] = ()
    parcel: str = ""
    item: str = ""
    piece: str = ""

    @property
    def source(self) -> str:
        """Where the fact is known from, in the reader's language."""
        return self.fact.source

    @property
    def dated(self) -> date:
        """The day the fact was said or noted."""
        return self.fact.noted_on

    @property
    def standing(self) -> str:
        """How sure the fact is, in words: “legal basis not found” where none was."""
        return self.fact.standing_label

    @property
    def severity_label(self) -> str:
        """What it means for the shipment, in words."""
        return str(Severity(self.severity).label)

    @property
    def stops(self) -> bool:
        """Whether nothing may leave while it stands."""
        return self.severity == Severity.STOP


def found(
    fact: Fact, code: str, words: Any, *, severity: str = "", papers: tuple[str, ...] = (), **named: Any
) -> Finding:
    """A finding whose words take `named`; as grave as its fact unless said otherwise."""
    return Finding(code, severity or fact.severity, Told(words, named), fact, papers)


def amount(value: Decimal | int | None, unit: str) -> Callable[[], str]:
    """A measure that is put into words when it is read."""
    return lambda: amount_text(value or 0, unit)


def about(findings: Iterable[Finding | None], **ids: str) -> list[Finding]:
    """The findings there are, each with the ids of what it is about."""
    return [replace(finding, **ids) for finding in findings if finding]


def gravest_first(findings: Iterable[Finding]) -> list[Finding]:
    """Stops, then papers, then warnings; each as they were found."""
    return sorted(findings, key=lambda finding: list(Severity.values).index(finding.severity))
