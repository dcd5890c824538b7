"""Refusals are records: written after the refused transaction is gone, or they would go with it.

A rule raises `Refused`. Each door (see `registry.door`) it passes on its way out gives it its name, so the outermost door stands in
the record; the door that holds no transaction around it writes the record, once.
"""

from collections.abc import Callable
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, models
from django.utils.translation import override

from marketplace.core.models import Refusal, User
from marketplace.core.registry import Door, tell

_actor: ContextVar[User | None] = ContextVar("actor", default=None)


class Refused(ValidationError):
    """A rule's no. It knows its rule, what it is about and where, so that whoever meets it can keep a record.

    `params` given as callables are asked when the sentence is read, in the language it is read in.
    """

    def __init__(
        self,
        sentence: Any,
        *,
        rule: str,
        code: str,
        params: dict[str, Any] | None = None,
        subject: models.Model | None = None,
        place: models.Model | None = None,
        seller: models.Model | None = None,
    ) -> None:
        told = {name: _later(value) if callable(value) else value for name, value in (params or {}).items()}
        super().__init__(sentence, code=code, params=told)
        self.rule, self.subject, self.place, self.seller = rule, subject, place, seller
        self.door: Door | None = None
        self.kept = False


class _Later:
    """A value that is asked for each time it is written out."""

    def __init__(self, ask: Callable[[], Any]) -> None:
        self.ask = ask

    def __str__(self) -> str:
        return str(self.ask())


def _later(ask: Callable[[], Any]) -> _Later:
    return _Later(ask)


def name_of(thing: models.Model | None) -> str:
    """`label.model:pk`, or nothing."""
    return f"{thing._meta.label_lower}:{thing.pk}" if thing is not None and thing.pk is not None else ""


@contextmanager
def acting(user: User | None):
    """Whose hand the doors record: a request's user, or nobody."""
    token = _actor.set(user)
    try:
        yield
    finally:
        _actor.reset(token)


def actor() -> User | None:
    """Who acts now, when somebody signed in does."""
    user = _actor.get()
    return user if user is not None and user.is_authenticated else None


def outermost() -> bool:
    """Whether what is written now stays: no transaction of ours is open (a test's own does not count)."""
    blocks = connection.atomic_blocks
    return not blocks or getattr(blocks[-1], "_from_testcase", False)


def refused_of(error: BaseException) -> Refused | None:
    """The rule's no inside an error: the error itself, or the one it carries."""
    found = error if isinstance(error, Refused) else getattr(error, "refused", None)
    return found if isinstance(found, Refused) else None


def keep(error: BaseException, *, door: Door | None = None, user: User | None = None) -> Refusal | None:
    """Write a refusal down, once. Call it where no refused transaction is open any more."""
    refused = refused_of(error)
    if refused is None or refused.kept:
        return None
    refused.kept = True
    through = door or refused.door
    record = Refusal.objects.create(
        rule=refused.rule,
        door=through.name if through else "",
        by_seller=bool(through and through.by == "seller"),
        code=refused.code or "",
        sentence_fa=_sentence(refused, "fa"),
        sentence_en=_sentence(refused, "en"),
        user=user or actor(),
        subject=_standing(refused.subject),
        place=name_of(refused.place),
        seller=name_of(refused.seller),
    )
    tell("refused", refusal=record, seller=refused.seller, place=refused.place)
    return record


def _standing(thing: models.Model | None) -> str:
    """The name of a thing that is still there. One that went with the refused transaction left a number that another may take."""
    if thing is None or thing.pk is None or not type(thing)._base_manager.filter(pk=thing.pk).exists():
        return ""
    return name_of(thing)


def _sentence(refused: Refused, language: str) -> str:
    with override(language):
        return " ".join(refused.messages)


def kept(function: Callable) -> Callable:
    """Outside `transaction.atomic`: what a rule refused within is recorded once the transaction is gone."""

    @wraps(function)
    def keeping(*args, **kwargs):
        try:
            return function(*args, **kwargs)
        except ValidationError as error:
            if outermost():
                keep(error)
            raise

    return keeping


def leave_by(error: ValidationError, here: Door, last: bool) -> None:
    """What `registry.door` does with an error on its way out; `last`: no door stands around this one."""
    refused = refused_of(error)
    if refused is None or refused.kept:
        return
    refused.door = here
    if last and outermost():
        keep(refused)
