"""A maker's seals: what is in force, what is asked for, a new application, and one that came back."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from authenticity.models import SealApplication
from marketplace.core.clock import today
from marketplace.desks import seals
from marketplace.desks.access import for_maker
from marketplace.desks.forms.seals import SealForm, SealPapersForm
from marketplace.desks.papers import drop_papers
from marketplace.makers.models import Maker


@require_safe
@for_maker
def every(request: HttpRequest, maker: Maker) -> HttpResponse:
    """One's product lines, seals and applications."""
    rows = seals.grants_of(maker, on=today())
    context = {
        "maker": maker,
        "lines": maker.product_lines.select_related("craft").order_by("pk"),
        "in_force": [row for row in rows if row.in_force],
        "past": [row for row in rows if not row.in_force],
        "applications": [(one, seals.colour_of(one)) for one in seals.applications_of(maker)],
    }
    return render(request, "desks/seals/every.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_maker
def new(request: HttpRequest, maker: Maker) -> HttpResponse:
    """Ask for a seal."""
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = SealForm(*posted, maker=maker, user=request.user, initial={"line": request.GET.get("line", "")})
    if posted and form.is_valid():
        try:
            application, made = seals.apply_once(
                maker=maker,
                token=form.cleaned_data["token"],
                scheme=form.cleaned_data["scheme"],
                line=form.cleaned_data["line"],
                text=form.cleaned_data["text"],
                papers=form.sent_papers(),
                by=request.user,
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            if not made:
                drop_papers(form.uploaded)
            messages.success(request, _("Your application is sent. An officer looks whether its papers are whole."))
            return redirect("desks:seal", pk=application.pk)
    context = {"maker": maker, "form": form, "schemes": form.fields["scheme"].queryset}
    return render(request, "desks/seals/new.html", context, status=422 if posted else 200)


def _own(maker: Maker, pk: int) -> SealApplication:
    return get_object_or_404(seals.applications_of(maker).select_related("maker"), pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@for_maker
def show(request: HttpRequest, maker: Maker, pk: int) -> HttpResponse:
    """One application, its papers and steps; one that was returned is sent again here. 404 for another maker's."""
    application = _own(maker, pk)
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = SealPapersForm(*posted, user=request.user)
    if posted and form.is_valid():
        try:
            new_one = seals.send_again_once(
                application=application,
                token=form.cleaned_data["token"],
                papers=form.sent_papers(),
                by=request.user,
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            if not new_one:
                drop_papers(form.uploaded)
            messages.success(request, _("It is with the officers again."))
            return redirect("desks:seal", pk=pk)
    context = {
        "maker": maker,
        "application": application,
        "colour": seals.colour_of(application),
        "documents": application.documents.all(),
        "steps": seals.steps_of(application, reader=request.user),  # type: ignore[arg-type]
        "may_send": application.state == SealApplication.State.RETURNED or form.errors,
        "form": form,
    }
    return render(request, "desks/seals/show.html", context, status=422 if posted else 200)
