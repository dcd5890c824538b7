"""The officer's pages of an application before its jury, and of a grant."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from authenticity.models import SealApplication, SealGrant
from marketplace.core.clock import today
from marketplace.core.models import LogEntry
from marketplace.core.refusals import name_of
from marketplace.desks.officer.access import for_officer
from marketplace.desks.officer.seal_forms import CertificateForm, GrantForm, JurorsForm
from marketplace.desks.officer.seals import acts_on, call_jurors, change_grant, end_jury, jurors, keep_certificate
from marketplace.desks.seals import colour_of, grant_row
from marketplace.juries.rules import FEWEST_JURORS
from marketplace.juries.services import called
from marketplace.matters.models import Matter
from marketplace.ui.templatetags.rasteh import digits


def _said(form: Form, act: Callable[[], object]) -> bool:
    """Whether the act was done; a rule's no stands on the form."""
    try:
        act()
    except ValidationError as error:
        form.add_error(None, error)
        return False
    return True


@require_http_methods(["GET", "HEAD", "POST"])
@for_officer
def application(request: HttpRequest, pk: int) -> HttpResponse:
    """An application: who was called, how many handed in. A POST calls jurors or ends the jury."""
    whole = SealApplication.objects.select_related("scheme", "product_line__craft", "maker__owner", "panel", "grant")
    asked = get_object_or_404(whole, pk=pk)
    people, handed_in = called(asked.panel) if asked.panel else ([], 0)
    unfit = {one.pk for one in people} | set(asked.panel.interested if asked.panel else ()) | {request.user.pk}
    fit = [one for one in jurors() if one.pk not in unfit]
    form, ending = JurorsForm(jurors=fit), Form()
    if request.method == "POST" and asked.panel is not None:
        done = ""
        if request.POST.get("act") == "close":
            ending = Form(request.POST)
            if ending.is_valid() and _said(ending, lambda: end_jury(application=asked, by=request.user)):
                done = _("The jury has ended; its result waits for a decision.")
        else:
            form = JurorsForm(request.POST, jurors=fit)
            if form.is_valid() and _said(
                form, lambda: call_jurors(application=asked, people=form.chosen(), by=request.user)
            ):
                many = len(form.chosen())
                told = ngettext("%(count)s juror was called.", "%(count)s jurors were called.", many)
                done = told % {"count": digits(many)}
        if done:
            messages.success(request, done)
            return redirect("desks:officer-application", pk=pk)
    context = {
        "application": asked,
        "colour": colour_of(asked),
        "documents": asked.documents.all(),
        "matters": Matter.objects.filter(subject=name_of(asked)).order_by("-pk"),
        "people": people,
        "handed_in": handed_in,
        "fewest": FEWEST_JURORS,
        "is_open": asked.panel is not None and asked.panel.closed_at is None,
        "form": form,
        "ending": ending,
    }
    return render(
        request, "desks/officer/application.html", context, status=422 if form.errors or ending.errors else 200
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_officer
def grant(request: HttpRequest, pk: int) -> HttpResponse:
    """A grant: its state and what was done to it. A POST suspends, reinstates or revokes it, or keeps its certificate."""
    whole = SealGrant.objects.select_related("scheme", "product_line__craft", "maker__owner", "application")
    held = get_object_or_404(whole, pk=pk)
    suspended = held.suspended_on is not None
    form, certificate = GrantForm(suspended=suspended), CertificateForm()
    if request.method == "POST":
        done = ""
        if "certificate" in request.POST:
            certificate = CertificateForm(request.POST, request.FILES)
            if certificate.is_valid() and _said(
                certificate,
                lambda: keep_certificate(grant=held, upload=certificate.cleaned_data["file"], by=request.user),
            ):
                done = _("The certificate is kept.")
        else:
            form = GrantForm(request.POST, suspended=suspended)
            if form.is_valid() and _said(form, lambda: change_grant(grant=held, by=request.user, **form.cleaned_data)):
                done = _("It is recorded, and its maker was told.")
        if done:
            messages.success(request, done)
            return redirect("desks:officer-grant", pk=pk)
    context = {
        "row": grant_row(held, on=today()),
        "grant": held,
        "public": LogEntry.objects.filter(chain="seals", body__number=held.number, body__scheme=held.scheme.slug),
        "acts": acts_on(held),
        "form": form,
        "certificate_form": certificate,
    }
    return render(
        request, "desks/officer/grant.html", context, status=422 if form.errors or certificate.errors else 200
    )
