"""The desk of a secretary and of a head of secretariat: their city's posts and its reports."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from marketplace.core.clock import today
from marketplace.desks.forms.secretariats import BeginForm, ReportForm
from marketplace.secretariats import queries, reports
from marketplace.secretariats.indicators import counted
from marketplace.secretariats.models import Report, Secretariat


def _theirs(request: HttpRequest, slug: str) -> Secretariat:
    """The person's own secretariat; what is not theirs today does not exist for them."""
    held = queries.may_report(request.user, on=today())  # type: ignore[arg-type]
    for secretariat in held:
        if secretariat.city.slug == slug:
            return secretariat
    raise Http404


@require_safe
@login_required
def every(request: HttpRequest) -> HttpResponse:
    """The secretariats in which the person is secretary or head today; a single one opens at once."""
    held = queries.may_report(request.user, on=today())  # type: ignore[arg-type]
    if len(held) == 1:
        return redirect("desks:secretariat", held[0].city.slug)
    return render(request, "desks/secretariats/every.html", {"held": held})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """Who holds which post, the reports, and a form to begin one."""
    secretariat, day = _theirs(request, slug), today()
    form = BeginForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            report = reports.begin(secretariat=secretariat, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect("desks:secretariat-report", slug, report.pk)
    context = {
        "standing": queries.standing(secretariat, on=day),
        "reports": queries.reports_of(secretariat),
        "form": form,
    }
    return render(request, "desks/secretariats/show.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def report(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """A draft: its words and numbers are stored, and the secretary publishes what is stored."""
    secretariat, day = _theirs(request, slug), today()
    kept = get_object_or_404(Report.objects.select_related("secretariat__city"), pk=pk, secretariat=secretariat)
    form = ReportForm(request.POST or None, report=kept)
    if request.method == "POST" and form.is_valid():
        try:
            reports.fill_in(report=kept, summaries=form.summaries, figures=form.figures, by=request.user)  # type: ignore[arg-type]
            if "publish" in request.POST:
                version = reports.publish(report=kept, by=request.user)  # type: ignore[arg-type]
                messages.success(request, _("The report is published."))
                return redirect(version.get_absolute_url())
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The draft is stored."))
            return redirect("desks:secretariat-report", slug, kept.pk)
    context = {
        "report": kept,
        "form": form,
        "counted": counted(secretariat.city, kept.year, on=day),
        "versions": list(kept.versions.select_related("report__secretariat__city")),
        "may_publish": queries.is_secretary(request.user, secretariat.city_id, on=day),  # type: ignore[arg-type]
    }
    return render(request, "desks/secretariats/report.html", context, status=422 if form.errors else 200)
