"""What a lower room tells a higher one: doors of rules, finishers of payables, watchers of changes."""

from collections.abc import Callable, Iterator
from contextvars import ContextVar
from dataclasses import dataclass
from functools import wraps

from django.core.exceptions import ValidationError


@dataclass(frozen=True)
class Door:
    """A place in the code through which a rule can be tried, and who tries it there: a seller or a buyer."""

    name: str
    rule: str
    function: str
    by: str


_doors: dict[str, Door] = {}
_finishers: dict[str, object] = {}
_watchers: dict[str, list[Callable]] = {}


def door(name: str, *, rule: str, by: str = "buyer"):
    """Mark a function as a door of a rule; ARCHITECTURE.md's table and a test read the register.

    A refusal that leaves the outermost door is recorded there, when the refused transaction is gone.
    """

    def register(function: Callable) -> Callable:
        here = _doors[name] = Door(name, rule, f"{function.__module__}.{function.__qualname__}", by)

        @wraps(function)
        def guarded(*args, **kwargs):
            inner = _inside.get()
            token = _inside.set(True)
            try:
                return function(*args, **kwargs)
            except ValidationError as error:
                for recorder in _recorders:
                    recorder(error, here, not inner)
                raise
            finally:
                _inside.reset(token)

        return guarded

    return register


#: Whether a door stands open around what runs now.
_inside: ContextVar[bool] = ContextVar("inside a door", default=False)
#: Called with the error, the door it leaves by, and whether that is the outermost door.
Recorder = Callable[[ValidationError, Door, bool], None]
_recorders: list[Recorder] = []


def record_refusals_with(recorder: Recorder) -> None:
    """Who writes refusals down (core's own `ready()` says so: the models are not there yet when doors are made)."""
    _recorders[:] = [recorder]


def door_named(name: str) -> Door:
    """A registered door. KeyError when there is none: a programming mistake."""
    return _doors[name]


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


MARKET, MONEY = "market", "money"
_audits: dict[str, dict[str, Callable[[], Iterator[str]]]] = {MARKET: {}, MONEY: {}}


def audit(name: str, *, of: str = MARKET):
    """Mark a function that walks the data of its room and yields every breach of a rule in plain words.

    `manage.py audit_market` asks those of the market, `manage.py audit_money` those of money.
    """

    def register(function: Callable[[], Iterator[str]]) -> Callable[[], Iterator[str]]:
        _audits[of][name] = function
        return function

    return register


def audits(of: str = MARKET) -> dict[str, Callable[[], Iterator[str]]]:
    """Every registered audit of the market or of money, by name."""
    return dict(sorted(_audits[of].items()))


_city_page: list[Callable] = []


def register_city_page(view: Callable) -> None:
    """Who answers at a city's address: `view(request, slug)` (called from a room's `ready()`; the last one stands)."""
    _city_page[:] = [view]


def city_page() -> Callable:
    """The view of a city's address. IndexError when none is registered: a programming mistake."""
    return _city_page[0]
