"""Many matters in one step: what will happen is shown first, what stopped is told after."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from marketplace.core.clock import today
from marketplace.desks.officer.access import for_officer
from marketplace.desks.officer.filters import Filter
from marketplace.desks.officer.forms import DecideForm
from marketplace.desks.officer.queries import Row, rows_of
from marketplace.desks.officer.rehearsal import Foreseen, rehearse
from marketplace.desks.officer.services import assign_all
from marketplace.matters.kinds import kind_named, kind_of
from marketplace.matters.models import Matter
from marketplace.matters.services import decide, decide_all

MOST = 100
_DONE = "officer_bulk"


@require_http_methods(["GET", "HEAD", "POST"])
@for_officer
def step(request: HttpRequest) -> HttpResponse:
    """Assign to me, or decide alike: asked for by GET, done by POST."""
    asked = request.POST if request.method == "POST" else request.GET
    matters = _chosen(asked.getlist("m"))
    if not matters:
        messages.warning(request, _("Choose at least one matter first."))
        return redirect(reverse("desks:officer") + Filter.of(request.GET).suffix())
    act = _decide if asked.get("act") == "decide" else _assign
    return act(request, matters)


def _chosen(numbers: list[str]) -> list[Matter]:
    wanted = [int(number) for number in numbers[:MOST] if number.isascii() and number.isdigit() and len(number) < 19]
    matters = Matter.objects.filter(pk__in=wanted).select_related("maker__owner", "city", "assigned_to", "appeal_of")
    return list(matters.order_by("-weight", "due_on", "id"))


def _page(request: HttpRequest, template: str, rows: list[Row], *, status: int = 200, **more: Any) -> HttpResponse:
    context = {"rows": rows, "filter": Filter.of(request.GET).suffix(), **more}
    return render(request, f"desks/officer/{template}.html", context, status=status)


def _assign(request: HttpRequest, matters: list[Matter]) -> HttpResponse:
    if request.method == "POST":
        return _finish(request, "assign", assign_all(matters=matters, to=request.user, by=request.user))
    return _page(request, "bulk_assign", rows_of(matters, on=today()))


def _decide(request: HttpRequest, matters: list[Matter]) -> HttpResponse:
    rows = rows_of(matters, on=today())
    codes = {matter.kind for matter in matters}
    if len(codes) > 1:
        return _page(request, "bulk_kinds", rows, kinds=_by_kind(rows))
    kind = kind_of(matters[0])
    form = DecideForm(request.POST or None, kind=kind)
    if request.method != "POST":
        return _page(request, "bulk_decide", rows, kind=kind, form=form)
    wanted = form.data.get("decision", "")
    chosen = kind.decision(wanted)
    if not form.is_valid() or chosen is None:
        form.add_error("decision", _("Choose one of the decisions."))
        return _page(request, "bulk_decide", rows, kind=kind, form=form, status=422)
    facts = {"decision": chosen.code, "reason": form.cleaned_data["reason"], "by": request.user}
    if "confirmed" in request.POST:
        return _finish(request, "decide", decide_all(matters=matters, **facts))
    seen = _foreseen(matters, facts)
    context = {
        "kind": kind,
        "decision": chosen,
        "reason": form.cleaned_data["reason"],
        "outcomes": list(zip(rows, seen, strict=True)),
        "doable": sum(one.error is None for one in seen),
        "withdrawn": sum(len(one.withdrawn) for one in seen),
    }
    return _page(request, "bulk_confirm", rows, **context)


def _foreseen(matters: list[Matter], facts: dict[str, Any]) -> list[Foreseen]:
    return [rehearse(lambda matter=matter: decide(matter=matter, **facts)) for matter in matters]


def _by_kind(rows: list[Row]) -> list[tuple[Any, list[Row]]]:
    codes = sorted({row.matter.kind for row in rows})
    return [(kind_named(code), [row for row in rows if row.matter.kind == code]) for code in codes]


def _finish(request: HttpRequest, act: str, done: list) -> HttpResponse:
    """Remember what came of it, so that the page which tells it can be read again without doing it again."""
    stopped = {str(matter.pk): " ".join(error.messages) for matter, error in done if error is not None}
    request.session[_DONE] = {"act": act, "all": [matter.pk for matter, _error in done], "stopped": stopped}
    return redirect(reverse("desks:officer-bulk-done") + Filter.of(request.GET).suffix())


@require_safe
@for_officer
def done(request: HttpRequest) -> HttpResponse:
    """What came of the last step: what was done, what stopped and why."""
    told = request.session.get(_DONE)
    if told is None:
        return redirect("desks:officer")
    rows = rows_of(_chosen([str(pk) for pk in told["all"]]), on=today())
    outcomes = [(row, told["stopped"].get(str(row.matter.pk), "")) for row in rows]
    context = {
        "act": told["act"],
        "stopped": [(row, why) for row, why in outcomes if why],
        "well": [row for row, why in outcomes if not why],
    }
    return _page(request, "bulk_done", rows, **context)
