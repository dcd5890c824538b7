"""Findings and the ladder at a stall: the manager's steps, the tenant's appeal. What is another's does not exist here: 404."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marketplace.core.clock import today
from marketplace.desks.access import maker_of
from marketplace.desks.forms.rounds import AppealForm, CloseForm, FindingForm, LiftForm, MendedForm, WarnForm
from marketplace.desks.ladder import findings_of, ladder_of, ladders_of, measures_seen_by, what_may_follow
from marketplace.rounds import rules, services
from marketplace.rounds.models import Finding, Measure
from marketplace.stalls.models import Lease


def _lease(request: HttpRequest, pk: int) -> Lease:
    mine = Lease.objects.filter(stall__venue__in=request.user.venues.all())  # type: ignore[union-attr]
    return get_object_or_404(mine.select_related("stall__venue", "tenant__owner"), pk=pk)


def _finding(request: HttpRequest, pk: int) -> Finding:
    mine = Finding.objects.filter(lease__stall__venue__in=request.user.venues.all())  # type: ignore[union-attr]
    return get_object_or_404(mine.select_related("lease__stall__venue", "lease__tenant", "by"), pk=pk)


def _measure(request: HttpRequest, pk: int) -> Measure:
    return get_object_or_404(measures_seen_by(request.user), pk=pk)  # type: ignore[arg-type]


def _manages(request: HttpRequest, measure: Measure) -> bool:
    return request.user.venues.filter(pk=measure.lease.stall.venue_id).exists()  # type: ignore[union-attr]


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def of_lease(request: HttpRequest, pk: int) -> HttpResponse:
    """All that was found at a tenant's stall and what followed; the form writes another finding down."""
    held = _lease(request, pk)
    form = FindingForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            found = services.note_finding(lease=held, by=request.user, **form.cleaned_data)  # type: ignore[arg-type]
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The finding is written down."))
            return redirect("desks:finding", found.pk)
    context = {
        "maker": maker_of(request.user),
        "lease": held,
        "venue": held.stall.venue,
        "form": form,
        "findings": findings_of(held),
        "ladders": ladders_of([held], on=today())[held.pk],
        "runs": held.is_running_on(today()),
    }
    return render(request, "desks/rounds/lease.html", context, status=422 if form.errors else 200)


@require_safe
@login_required
def finding(request: HttpRequest, pk: int) -> HttpResponse:
    """A finding, and what may follow it: a warning, or for grave ones a closure at once."""
    return _finding_page(request, _finding(request, pk))


def _finding_page(request: HttpRequest, found: Finding, status: int = 200, **sent: Form) -> HttpResponse:
    measures = list(found.measures.order_by("pk"))
    context = {
        "maker": maker_of(request.user),
        "finding": found,
        "lease": found.lease,
        "venue": found.lease.stall.venue,
        "measures": [one for one in measures if one.kind in (Measure.Kind.WARNING, Measure.Kind.CLOSURE)],
        "may_warn": not measures and found.lease.is_running_on(today()),
        "is_grave": found.about in rules.GRAVE and not measures and not found.lease.closed_from,
        "warning": WarnForm(auto_id="warn_%s"),
        "closing": CloseForm(auto_id="close_%s"),
        "photos": found.photos.all(),
        **sent,
    }
    return render(request, "desks/rounds/finding.html", context, status=status)


@require_POST
@login_required
def warn(request: HttpRequest, pk: int) -> HttpResponse:
    """Warn the tenant of what was found."""
    found, form = _finding(request, pk), WarnForm(request.POST, auto_id="warn_%s")
    step = _done(form, lambda told: services.warn(finding=found, by=request.user, **told))  # type: ignore[arg-type]
    if step is None:
        return _finding_page(request, found, 422, warning=form)
    messages.success(request, _("The tenant is warned."))
    return redirect("desks:measure", step.pk)


@require_POST
@login_required
def close_at_once(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a stall for a grave finding."""
    found, form = _finding(request, pk), CloseForm(request.POST, auto_id="close_%s")
    step = _done(
        form,
        lambda told: services.close_stall(lease=found.lease, finding=found, by=request.user, **told),  # type: ignore[arg-type]
    )
    if step is None:
        return _finding_page(request, found, 422, closing=form)
    messages.success(request, _("The closure is given."))
    return redirect("desks:measure", step.pk)


@require_safe
@login_required
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """A warning or a closure with its steps: for the venue's managers and its tenant."""
    return _page(request, _measure(request, pk))


def _page(request: HttpRequest, measure: Measure, status: int = 200, **sent: Form) -> HttpResponse:
    day, manages = today(), _manages(request, measure)
    context = {
        "maker": maker_of(request.user),
        "measure": measure,
        "ladder": ladder_of(measure, on=day),
        "lease": measure.lease,
        "venue": measure.lease.stall.venue,
        "manages": manages,
        "holds": measure.lease.tenant.owner_id == request.user.pk,
        "days": rules.DAYS_TO_APPEAL,
        "photos": measure.finding.photos.all() if measure.finding else (),
        **what_may_follow(measure, on=day),
        "mending": MendedForm(auto_id="mend_%s"),
        "closing": CloseForm(auto_id="close_%s"),
        "lifting": LiftForm(auto_id="lift_%s"),
        "appealing": AppealForm(auto_id="appeal_%s"),
        **sent,
    }
    return render(request, "desks/rounds/measure.html", context, status=status)


def _done(form: Form, act: Callable[[dict[str, Any]], Measure]) -> Measure | None:
    """What was done with a form, or None with the reason written into it."""
    if not form.is_valid():
        return None
    try:
        return act(form.cleaned_data)
    except ValidationError as error:
        form.add_error(None, error)
        return None


@require_POST
@login_required
def mend(request: HttpRequest, pk: int) -> HttpResponse:
    """The tenant mended it."""
    measure, form = _measure(request, pk), MendedForm(request.POST, auto_id="mend_%s")
    if _done(form, lambda told: services.mended(warning=measure, by=request.user, **told)) is None:  # type: ignore[arg-type]
        return _page(request, measure, 422, mending=form)
    messages.success(request, _("It is written down as mended."))
    return redirect("desks:measure", pk)


@require_POST
@login_required
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a stall after a warning whose days are over."""
    measure, form = _measure(request, pk), CloseForm(request.POST, auto_id="close_%s")
    step = _done(
        form,
        lambda told: services.close_stall(lease=measure.lease, warning=measure, by=request.user, **told),  # type: ignore[arg-type]
    )
    if step is None:
        return _page(request, measure, 422, closing=form)
    messages.success(request, _("The closure is given."))
    return redirect("desks:measure", step.pk)


@require_POST
@login_required
def lift(request: HttpRequest, pk: int) -> HttpResponse:
    """Lift a closure before its last day."""
    measure, form = _measure(request, pk), LiftForm(request.POST, auto_id="lift_%s")
    if _done(form, lambda told: services.lift(closure=measure, by=request.user, **told)) is None:  # type: ignore[arg-type]
        return _page(request, measure, 422, lifting=form)
    messages.success(request, _("The closure is lifted."))
    return redirect("desks:measure", pk)


@require_POST
@login_required
def appeal(request: HttpRequest, pk: int) -> HttpResponse:
    """The tenant asks an officer to look."""
    measure, form = _measure(request, pk), AppealForm(request.POST, auto_id="appeal_%s")
    if _done(form, lambda told: services.appeal(measure=measure, by=request.user, **told)) is None:  # type: ignore[arg-type]
        return _page(request, measure, 422, appealing=form)
    messages.success(request, _("Your appeal is with an officer of the market."))
    return redirect("desks:measure", pk)
