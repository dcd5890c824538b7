"""What a step would do, found out by doing it and undoing it: the preview before a confirmation cannot differ from the deed.

Guarantees: nothing stays (rows, messages, mails, outbox are of the rolled-back transaction; refusals are not recorded inside one).
"""

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from marketplace.partner.models import StockRecord

_withdrawn: ContextVar[list[StockRecord] | None] = ContextVar("withdrawn", default=None)


@dataclass
class Foreseen:
    """`withdrawn`: the offers that would be taken back. `error`: what would stop it, with nothing done. `result`: what it gives."""

    withdrawn: list[StockRecord] = field(default_factory=list)
    error: ValidationError | None = None
    result: Any = None


def note_withdrawn(offers: list[StockRecord], because: str) -> None:
    """Watcher of `offers_withdrawn`."""
    seen = _withdrawn.get()
    if seen is not None:
        seen.extend(offers)


def counted(act: Callable[[], Any]) -> Foreseen:
    """Do it, and say which offers it took back. Its errors are its own."""
    seen = Foreseen()
    token = _withdrawn.set(seen.withdrawn)
    try:
        seen.result = act()
    finally:
        _withdrawn.reset(token)
    return seen


def rehearse(act: Callable[[], Any]) -> Foreseen:
    """Do it, undo it, and say what would have happened. `act` reads its own rows: those it changed in memory stay changed."""
    with transaction.atomic():
        try:
            with transaction.atomic():
                return counted(act)
        except ValidationError as error:
            return Foreseen(error=error)
        finally:
            transaction.set_rollback(True)
