"""What makes a stall pressing on a round. Pure: weights and sentences in one table; the list says every reason it counted."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from marketplace.core.clock import TEHRAN
from marketplace.core.money import TOMAN, in_unit
from marketplace.core.persian import group_digits
from marketplace.rounds.models import Measure
from marketplace.stalls.models import Lease

#: Points of each reason. An inspection that the market asked for goes before all; days and tries are counted up to a most.
INSPECTION, UNLICENSED, OVERDUE_WARNING, OPEN_WARNING, NEVER_SEEN, CLOSED, LATE_RENT = 60, 30, 40, 15, 25, 10, 10
A_REFUSAL, MOST_REFUSALS = 10, 40
DAYS_A_POINT, MOST_DAYS = 2, 25


@dataclass(frozen=True)
class Known:
    """What the market knows of a tenant at a stall."""

    refusals: int = 0
    last_visit: datetime | None = None
    warnings: list[Measure] = field(default_factory=list)
    owed_rial: int = 0
    inspection: bool = False
    licensed: bool = True


@dataclass(frozen=True)
class StallRisk:
    """A stall that is held, its points, and the reasons in the reader's language, heaviest first."""

    lease: Lease
    weight: int
    reasons: list[str]
    last_visit: datetime | None


def weigh(lease: Lease, known: Known, *, on: date) -> StallRisk:
    """The points of a stall on a day."""
    found = [reason for reason in _reasons(lease, known, on) if reason[0]]
    found.sort(key=lambda reason: -reason[0])
    return StallRisk(
        lease, sum(points for points, _words in found), [words for _points, words in found], known.last_visit
    )


def _reasons(lease: Lease, known: Known, on: date) -> list[tuple[int, str]]:
    overdue = sum(1 for warning in known.warnings if warning.mend_by and warning.mend_by < on)
    still = len(known.warnings) - overdue
    tries = min(MOST_REFUSALS, A_REFUSAL * known.refusals)
    return [
        (INSPECTION * known.inspection, _("An inspection is due")),
        (OVERDUE_WARNING * bool(overdue), _("Warnings whose days are over: %(number)s") % {"number": _number(overdue)}),
        (OPEN_WARNING * bool(still), _("Warnings to be mended: %(number)s") % {"number": _number(still)}),
        (tries, _("Refused tries of foreign goods in thirty days: %(number)s") % {"number": _number(known.refusals)}),
        (UNLICENSED * (not known.licensed), _("No production licence in force")),
        (CLOSED * lease.is_closed_on(on), _("Closed: see that nothing is sold")),
        (
            LATE_RENT * bool(known.owed_rial),
            _("Late rent: %(rent)s toman") % {"rent": _number(in_unit(known.owed_rial, TOMAN))},
        ),
        _visited(known.last_visit, on),
    ]


def _visited(last: datetime | None, on: date) -> tuple[int, str]:
    if last is None:
        return NEVER_SEEN, _("Not visited yet")
    days = max(0, (on - last.astimezone(TEHRAN).date()).days)
    return min(MOST_DAYS, days // DAYS_A_POINT), _("Days since the last visit: %(days)s") % {"days": _number(days)}


def _number(number: int) -> str:
    return group_digits(number, language=(get_language() or "fa")[:2])
