"""Reminders of days that come near: each is given once for each step, whoever runs the job and however often."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, transaction

from marketplace.core.models import Reminded, User
from marketplace.core.notices import notify


@dataclass(frozen=True)
class Due:
    """Something with a last day. `key` names it for good (`venue:3`); `tell` gives people, sentence, params and link for the days left.

    Days left below zero: the day is over.
    """

    key: str
    last_day: date
    tell: Callable[[int], "Words"]


@dataclass(frozen=True)
class Words:
    """What a notice says, to whom, and where it leads."""

    users: Iterable[User | None]
    sentence: Any
    params: dict[str, Any]
    link: str


def step_of(days_left: int, steps: Iterable[int]) -> int | None:
    """The nearest step that is reached: 30 for 12 days left of 90, 60, 30, 7; -1 when the day is over; None while all are far."""
    if days_left < 0:
        return -1
    return min((step for step in steps if days_left <= step), default=None)


def remind(things: Iterable[Due], *, kind: str, steps: Iterable[int], on: date) -> int:
    """Tell of every thing whose step is new. Returns how many reminders were given. One query for what was told before."""
    steps = tuple(steps)
    reached = {}
    for due in things:
        step = step_of((due.last_day - on).days, steps)
        if step is not None:
            reached[f"{due.key}:{due.last_day.isoformat()}:{step}"] = due
    told = set(Reminded.objects.filter(key__in=list(reached)).values_list("key", flat=True))
    return sum(_give(key, due, kind, on) for key, due in reached.items() if key not in told)


def _give(key: str, due: Due, kind: str, on: date) -> bool:
    try:
        with transaction.atomic():
            Reminded.objects.create(key=key)
            words = due.tell((due.last_day - on).days)
            notify(users=words.users, kind=kind, sentence=words.sentence, params=words.params, link=words.link)
    except IntegrityError:  # another worker at the same moment
        return False
    return True


#: A day that is over is told of for so long; what ended before the market knew it stays quiet.
LATELY = timedelta(days=30)
