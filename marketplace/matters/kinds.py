"""Kinds of matters. A room registers its kind in `ready()`: its name, its days, and what each decision does."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from marketplace.core.models import User
from marketplace.matters.models import Matter

#: `apply(matter, by, reason)`: does what was decided, in the decision's own transaction; raises ValidationError to refuse it.
Apply = Callable[[Matter, Any, str], None]


@dataclass(frozen=True)
class Decision:
    """One way to decide. `label` is what the button says, `told` what the maker reads ("…was accepted")."""

    code: str
    label: Any
    told: Any
    apply: Apply
    needs_reason: bool = True
    undo: Apply | None = None  # what a won appeal does; a decision without it cannot be appealed


def _owner(matter: Matter) -> list[User]:
    return [matter.maker.owner] if matter.maker is not None and matter.maker.owner is not None else []


@dataclass(frozen=True)
class Kind:
    """`page(matter)` is where the thing itself is seen; `template` shows its facts to the officer, with `context(matter)`.

    `people(matter)`: whose cause it is. They are asked and told, and decide nothing in it. `barred(matter)` are neither asked nor
    told, and decide nothing in it either: whose own act it is about.
    """

    code: str
    name: Any
    days: int
    decisions: tuple[Decision, ...]
    page: Callable[[Matter], str]
    template: str = "desks/officer/facts.html"
    context: Callable[[Matter], dict[str, Any]] = lambda matter: {}
    people: Callable[[Matter], Iterable[User]] = _owner
    barred: Callable[[Matter], Iterable[User]] = lambda matter: ()

    def decision(self, code: str) -> Decision | None:
        """The decision of this code, or None."""
        return next((one for one in self.decisions if one.code == code), None)


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> Kind:
    """Make a kind known."""
    _kinds[kind.code] = kind
    return kind


def kind_of(matter: Matter) -> Kind:
    """The kind of a matter. KeyError for one that no room registered."""
    return _kinds[matter.kind]


def kind_named(code: str) -> Kind | None:
    """The kind of this code, or None."""
    return _kinds.get(code)


def kinds() -> list[Kind]:
    """Every kind, by code."""
    return [_kinds[code] for code in sorted(_kinds)]
