"""The officers' kind "stall_measure": a tenant appeals against a warning or a closure; other eyes than the manager's decide."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from marketplace.core.models import User
from marketplace.matters.kinds import Decision, Kind, register
from marketplace.matters.models import Matter
from marketplace.rounds.models import Measure
from marketplace.rounds.services import MATTER, decide_appeal


def appeal_of(matter: Matter) -> Measure:
    """The appeal that a matter is about, with what it is against."""
    every = Measure.objects.select_related("after__finding", "lease__stall__venue", "lease__tenant")
    return every.get(pk=matter.subject_id)


def _decide(outcome: str, matter: Matter, by: Any, reason: str) -> None:
    decide_appeal(appeal=appeal_of(matter), outcome=outcome, by=by, reason=reason)


def _managers(matter: Matter) -> Iterable[User]:
    return appeal_of(matter).lease.stall.venue.managers.all()


def _page(matter: Matter) -> str:
    return reverse("desks:measure", args=[appeal_of(matter).after_id])


def _facts(matter: Matter) -> dict[str, Any]:
    appeal = appeal_of(matter)
    against = appeal.after
    assert against is not None
    photos = against.finding.photos.all() if against.finding is not None else ()
    return {"appeal": appeal, "against": against, "finding": against.finding, "photos": photos}


register(
    Kind(
        code=MATTER,
        name=_("Warning or closure of a stall"),
        days=7,
        decisions=(
            Decision(
                "lifted",
                label=_("The tenant is right: lift it"),
                told=_("Your appeal about “%(title)s” was accepted, and it is lifted. %(text)s"),
                apply=partial(_decide, Measure.Outcome.LIFTED),
            ),
            Decision(
                "stands",
                label=_("The manager is right: it stands"),
                told=_("Your appeal about “%(title)s” was looked at; it stands. %(text)s"),
                apply=partial(_decide, Measure.Outcome.UPHELD),
            ),
        ),
        page=_page,
        template="desks/officer/facts_measure.html",
        context=_facts,
        barred=_managers,
    )
)
