"""Who is told of each step of the ladder: the tenant, and the venue's managers."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from marketplace.core.jalali import day_in_words
from marketplace.core.notices import notify
from marketplace.rounds.models import Measure

_Kind = Measure.Kind
SENTENCES = {
    _Kind.WARNING: _(
        "Warning %(number)s: something is to be mended at stall %(stall)s of %(tenant)s in %(venue)s until %(until)s. Its page says what."
    ),
    _Kind.MENDED: _("Stall %(stall)s of %(tenant)s in %(venue)s: what the warning asked for is mended."),
    _Kind.CLOSURE: _(
        "Stall %(stall)s of %(tenant)s in %(venue)s is closed from %(since)s until %(until)s (%(number)s); meanwhile nothing is sold "
        "there. Its page says why, and how to appeal."
    ),
    _Kind.APPEAL: _("%(tenant)s appealed about stall %(stall)s in %(venue)s; the market's officers decide."),
    _Kind.LIFTING: _(
        "The closure of stall %(stall)s of %(tenant)s in %(venue)s is lifted; what may be sold there today is offered again."
    ),
}
#: The tenant hears of a decision by the officers' own message.
_TO_MANAGERS = {
    Measure.Outcome.UPHELD: _("The officers decided on stall %(stall)s of %(tenant)s in %(venue)s: it stands."),
    Measure.Outcome.LIFTED: _("The officers decided on stall %(stall)s of %(tenant)s in %(venue)s: it is lifted."),
}


def tell_of_step(measure: Measure) -> None:
    """Watcher of a step, in its own transaction."""
    lease = measure.lease
    people = [*lease.stall.venue.managers.all()]
    if measure.kind == _Kind.DECISION:
        sentence: Any = _TO_MANAGERS[Measure.Outcome(measure.outcome)]
    else:
        sentence = SENTENCES[_Kind(measure.kind)]
        people.append(lease.tenant.owner)
    notify(
        users=people,
        kind="stall_measure",
        sentence=sentence,
        params=_params(measure),
        link=reverse("desks:measure", args=[page_of(measure).pk]),
    )


def page_of(measure: Measure) -> Measure:
    """The warning or closure that a step belongs to: it has a page, its steps stand there."""
    while measure.kind not in (_Kind.WARNING, _Kind.CLOSURE):
        assert measure.after is not None
        measure = measure.after
    return measure


def _params(measure: Measure) -> dict[str, Any]:
    lease, until = measure.lease, measure.mend_by or measure.ends_on
    return {
        "number": measure.number,
        "stall": lease.stall.number,
        "venue": lambda: lease.stall.venue.name,
        "tenant": lambda: lease.tenant.name,
        "since": lambda: day_in_words(measure.starts_on) if measure.starts_on else "",
        "until": lambda: day_in_words(until) if until else "",
    }
