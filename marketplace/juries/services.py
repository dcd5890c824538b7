"""A jury from its opening to its result. Guarantees: a juror reads the dossier and their own points only, until the panel is closed."""

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import mean
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from marketplace.core.refusals import name_of
from marketplace.juries import rules
from marketplace.juries.models import Panel, Score, Seat


@dataclass(frozen=True)
class Criterion:
    """What is scored, up to `highest` points."""

    code: str
    name_fa: str
    name_en: str
    highest: int = 10


@dataclass(frozen=True)
class Result:
    """Means of the points by criterion, and of the shares of the highest total, 0 to 100."""

    by_criterion: dict[str, float]
    percent: float
    jurors: int


@transaction.atomic
def open_panel(
    *, subject: models.Model, dossier: dict[str, Any], criteria: Iterable[Criterion], interested: Iterable[int] = ()
) -> Panel:
    """Put a thing before a jury. The dossier must name nobody: whoever opens the panel answers for it.

    Raises ValidationError with code `no_criteria`.
    """
    scored = [vars(criterion) for criterion in criteria]
    rules.require_criteria(len(scored))
    return Panel.objects.create(
        subject=name_of(subject),
        dossier=dossier,
        criteria=scored,
        interested=sorted(set(interested)),
    )


@transaction.atomic
def seat(*, panel: Panel, juror: Any) -> Seat:
    """Call a juror; twice is once. Raises ValidationError with codes `panel_closed`, `interested`."""
    panel = Panel.objects.select_for_update().get(pk=panel.pk)
    rules.require_open_panel(panel)
    rules.forbid_interest(panel, juror)
    made, _new = Seat.objects.get_or_create(panel=panel, juror=juror)
    return made


def seat_of(panel: Panel, juror: Any) -> Seat | None:
    """The juror's seat with their own scores; there is no way here to another's."""
    return Seat.objects.filter(panel=panel, juror=juror).prefetch_related("scores").first()


def open_seats(juror: Any) -> models.QuerySet[Seat]:
    """A juror's own seats on panels that are open, those without points first."""
    waiting = models.F("handed_in_at").asc(nulls_first=True)
    return Seat.objects.filter(juror=juror, panel__closed_at=None).select_related("panel").order_by(waiting, "id")


def called(panel: Panel) -> tuple[list[Any], int]:
    """Who was called, by name, and how many have handed in: not who, and not what."""
    seats = panel.seats.select_related("juror").order_by("juror__last_name", "juror__username")
    return [one.juror for one in seats], panel.seats.exclude(handed_in_at=None).count()


@transaction.atomic
def hand_in(*, panel: Panel, juror: Any, points: dict[str, int], remark: str = "") -> Seat:
    """A juror's points, whole and once. Raises ValidationError and keeps none."""
    panel = Panel.objects.select_for_update().get(pk=panel.pk)
    mine = Seat.objects.select_for_update().filter(panel=panel, juror=juror).first()
    rules.require_seat(mine)
    assert mine is not None
    rules.require_open_panel(panel)
    rules.require_not_handed_in(mine)
    rules.require_whole_scores(panel, points)
    Score.objects.bulk_create(
        Score(seat=mine, criterion=criterion["code"], points=points[criterion["code"]], highest=criterion["highest"])
        for criterion in panel.criteria
    )
    mine.handed_in_at, mine.remark = timezone.now(), remark
    mine.save(update_fields=["handed_in_at", "remark"])
    return mine


@transaction.atomic
def close(*, panel: Panel) -> Result:
    """End a jury and say what it found. Raises ValidationError with code `too_few_jurors`."""
    panel = Panel.objects.select_for_update().get(pk=panel.pk)
    seats = list(panel.seats.exclude(handed_in_at=None).prefetch_related("scores"))
    rules.require_enough_jurors(len(seats))
    if panel.closed_at is None:
        panel.closed_at = timezone.now()
        panel.save(update_fields=["closed_at"])
    return _result(panel, seats)


def _result(panel: Panel, seats: list[Seat]) -> Result:
    points: dict[str, list[int]] = {criterion["code"]: [] for criterion in panel.criteria}
    for one in seats:
        for score in one.scores.all():
            points[score.criterion].append(score.points)
    means = {code: round(mean(given), 2) for code, given in points.items()}
    highest = sum(criterion["highest"] for criterion in panel.criteria)
    return Result(means, round(100 * sum(mean(given) for given in points.values()) / highest, 1), len(seats))
