"""What a lower room tells a higher one: doors of rules, finishers of payables, watchers of changes."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Door:
    """A place in the code through which a rule can be tried."""

    name: str
    rule: str
    function: str


_doors: dict[str, Door] = {}
_finishers: dict[str, object] = {}
_watchers: dict[str, list[Callable]] = {}


def door(name: str, *, rule: str):
    """Mark a function as a door of a rule; ARCHITECTURE.md's table and a test read the register."""

    def register(function: Callable) -> Callable:
        _doors[name] = Door(name, rule, f"{function.__module__}.{function.__qualname__}")
        return function

    return register


def doors(rule: str) -> list[Door]:
    """Every registered door of a rule, by name."""
    return sorted((d for d in _doors.values() if d.rule == rule), key=lambda d: d.name)


def register_finisher(payable_kind: str, finisher: object) -> None:
    """Who finishes a payable of this kind once its payment is verified (called from a room's `ready()`)."""
    _finishers[payable_kind] = finisher


def finisher(payable_kind: str):
    """The finisher of a kind of payable. KeyError when none is registered: a programming mistake."""
    return _finishers[payable_kind]


def watch(topic: str, watcher: Callable) -> None:
    """Call `watcher(**facts)` in the same transaction whenever `tell(topic)` is called."""
    _watchers.setdefault(topic, []).append(watcher)


def tell(topic: str, **facts) -> None:
    """Tell every watcher of a topic, in the order they registered."""
    for watcher in _watchers.get(topic, []):
        watcher(**facts)


_city_story: list[Callable] = []


def register_city_story(provider: Callable) -> None:
    """Who tells a city's story: `provider(city, language) -> dict | None` (called from a room's `ready()`; the last one stands)."""
    _city_story[:] = [provider]


def city_story(city: object, language: str) -> dict | None:
    """A city's story for its page, or None.

    Keys: `lead`, `body_html` (safe), `figures` (dicts of value_fa, value_en, label, source, url), `picture`.
    """
    return _city_story[0](city, language) if _city_story else None
