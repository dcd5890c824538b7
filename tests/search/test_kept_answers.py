"""What the engine was asked some seconds ago is not asked again."""

from datetime import date

import pytest
from django.core.cache import caches

from marketplace.search import queries
from marketplace.search.engines.base import Found, Plan

DAY = date(2026, 11, 23)
KEPT = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "pages": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"},
    "answers": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "kept-answers", "TIMEOUT": 3},
}


@pytest.fixture
def asked(monkeypatch, settings) -> list:
    """Every time that an engine was asked; what it answers is set by `answer`."""
    settings.CACHES = KEPT
    caches["answers"].clear()
    times: list[Found | None] = []

    def answer(_ask):
        times.append(Found([7], 1, {"craft": [("kilim", 1)]}) if len(times) else None)
        return times[-1]

    monkeypatch.setattr(queries, "answering", answer)
    return times


def test_an_answer_is_kept_and_none_is_not(asked):
    plan = Plan(day=DAY)
    assert queries.ask_engines(plan) is None
    assert [queries.ask_engines(plan) for _nth in range(3)] == [Found([7], 1, {"craft": [("kilim", 1)]})] * 3
    assert len(asked) == 2


@pytest.mark.parametrize(
    "other",
    [
        {"limit": 25},
        {"day": date(2026, 11, 24)},
        {"facets": {"craft": ("kilim",)}},
        {"price_max": 1},
        {"sort": "price"},
    ],
    ids=str,
)
def test_another_question_is_asked(asked, other):
    queries.ask_engines(Plan(day=DAY))
    queries.ask_engines(Plan(day=DAY))
    queries.ask_engines(Plan(**{"day": DAY} | other))
    assert len(asked) == 3
