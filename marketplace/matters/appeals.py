"""The kind "appeal": another officer looks again; won, the first decision is undone."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from marketplace.matters.kinds import Decision, Kind, kind_of, register
from marketplace.matters.models import Matter


def _first_stands(matter: Matter, by: Any, reason: str) -> None:
    """Nothing changes."""


def _undo_first(matter: Matter, by: Any, reason: str) -> None:
    first = matter.appeal_of
    assert first is not None
    decision = kind_of(first).decision(first.decision)
    assert decision is not None
    assert decision.undo is not None
    decision.undo(first, by, reason)


def _page(matter: Matter) -> str:
    return reverse("desks:officer-matter", args=[matter.appeal_of_id])


def _facts(matter: Matter) -> dict[str, Any]:
    first = matter.appeal_of
    assert first is not None
    kind = kind_of(first)
    return {"first": first, "first_kind": kind, "first_decision": kind.decision(first.decision)}


APPEAL = register(
    Kind(
        code="appeal",
        name=_("Appeal"),
        days=10,
        decisions=(
            Decision(
                "overturned",
                label=_("The maker is right: undo the decision"),
                told=_("Your appeal about “%(title)s” was accepted. %(text)s"),
                apply=_undo_first,
            ),
            Decision(
                "stands",
                label=_("The first decision stands"),
                told=_("Your appeal about “%(title)s” was looked at; the decision stands. %(text)s"),
                apply=_first_stands,
            ),
        ),
        page=_page,
        template="desks/officer/facts_appeal.html",
        context=_facts,
    )
)
