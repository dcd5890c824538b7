"""A matter as its maker sees it: what is asked, the steps meant for them, whether and until when a decision can be appealed."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.core.models import User
from marketplace.makers.models import Maker
from marketplace.matters.kinds import kind_of
from marketplace.matters.models import Matter, MatterStep
from marketplace.matters.rules import DAYS_TO_APPEAL, require_appealable

_Step = MatterStep.Kind
#: Officers' notes, and who of them has it on the desk, are not for the maker.
FOR_MAKER = (_Step.OPENED, _Step.ASKED, _Step.ANSWERED, _Step.DECIDED, _Step.APPEALED)


@dataclass(frozen=True)
class ShownStep:
    """A step in the maker's words. `mine`: the maker's own hand."""

    what: str
    text: str
    at: Any
    mine: bool
    kind: str


@dataclass(frozen=True)
class MatterRow:
    """A matter with its state in a word and the colour of its badge."""

    matter: Matter
    kind: str
    state: str
    state_class: str


def matters_of(maker: Maker) -> QuerySet[Matter]:
    """A maker's own matters: what waits first, then what was decided last."""
    return Matter.objects.filter(maker=maker).order_by(F("decided_at").desc(nulls_first=True), "-id")


def rows(matters) -> list[MatterRow]:
    """Matters for a list, without a query."""
    return [MatterRow(one, str(kind_of(one).name), *state_of(one)) for one in matters]


def state_of(matter: Matter) -> tuple[str, str]:
    """What has become of it, and a badge's colour."""
    if matter.is_open:
        return _("With an officer"), "wait"
    decision = kind_of(matter).decision(matter.decision)
    # what can be undone by an appeal went against the maker
    against = decision is not None and (decision.undo is not None or matter.decision in ("stands", "returned"))
    return (_("Not accepted"), "bad") if against else (_("Accepted"), "good")


def told(matter: Matter) -> str:
    """The sentence in which the maker read the decision; empty while there is none."""
    decision = None if matter.is_open else kind_of(matter).decision(matter.decision)
    return str(decision.told) % {"title": matter.title, "text": matter.reason} if decision else ""


def steps_of(matter: Matter, *, reader: User) -> list[ShownStep]:
    """The steps meant for the maker, first first. What an officer or the market wrote on opening stays with the officers."""
    steps = matter.steps.filter(kind__in=FOR_MAKER)
    return [shown(step, step.by_id == reader.pk) for step in steps]


def shown(step: MatterStep, mine: bool) -> ShownStep:
    """A step in the words its maker reads."""
    words = {
        _Step.OPENED: _("You sent it in") if mine else _("An officer was asked to look"),
        _Step.ASKED: _("An officer asks"),
        _Step.ANSWERED: _("You answered"),
        _Step.DECIDED: _("An officer decided"),
        _Step.APPEALED: _("You appealed"),
    }
    text = step.text if mine or step.kind in (_Step.ASKED, _Step.DECIDED) else ""
    return ShownStep(words[_Step(step.kind)], text, step.at, mine, step.kind)


def last_day_to_appeal(matter: Matter) -> date | None:
    """The last day on which the decision can be appealed; None when it cannot be."""
    if matter.decided_at is None:
        return None
    days = (timezone.now() - matter.decided_at).days
    try:
        require_appealable(matter, kind_of(matter).decision(matter.decision), days=days)
    except ValidationError:
        return None
    return timezone.localtime(matter.decided_at).date() + timedelta(days=DAYS_TO_APPEAL)
