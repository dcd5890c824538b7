"""Secretariats as officers keep them: vacant posts, ended terms, decrees, and who may be secretary from which day."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from marketplace.core.clock import today
from marketplace.desks.forms.secretariats import AppointForm, EndForm, RuleForm
from marketplace.desks.officer.access import for_officer
from marketplace.places.models import City
from marketplace.secretariats import queries, services
from marketplace.secretariats.eligibility import rule_on
from marketplace.secretariats.models import Appointment, EligibilityRule, Secretariat


@require_http_methods(["GET", "HEAD", "POST"])
@for_officer
def every(request: HttpRequest) -> HttpResponse:
    """Secretariats with vacant posts first; a POST sets the day of a rule, or founds the secretariat of a city."""
    form = RuleForm(request.POST if "rule" in request.POST else None)
    if "city" in request.POST:
        city = get_object_or_404(City, slug=request.POST["city"])
        services.found(city=city, by=request.user)  # type: ignore[arg-type]
        return redirect("desks:officer-secretariat", city.slug)
    if request.method == "POST" and form.is_valid():
        rule = get_object_or_404(EligibilityRule, code=request.POST.get("rule", ""))
        try:
            services.switch_on(rule=rule, since=form.cleaned_data["since"], by=request.user)  # type: ignore[arg-type]
        except ValidationError as error:
            form.add_error("since", error)
        else:
            messages.success(request, _("The rule has its day."))
            return redirect("desks:officer-secretariats")
    day = today()
    context = {
        "standings": queries.every(on=day),
        "rules": list(EligibilityRule.objects.all()),
        "rule_now": rule_on(day),
        "cities": City.objects.exclude(rank="").filter(secretariat__isnull=True),
        "form": form,
    }
    return render(request, "desks/officer/secretariats.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@for_officer
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """A secretariat's terms; a POST appoints, or ends a term."""
    secretariat = get_object_or_404(Secretariat.objects.select_related("city"), city__slug=slug)
    appoint_form = AppointForm(secretariat=secretariat, user=request.user)
    end_form = EndForm(initial={"on": today()})
    done = ""
    if request.method == "POST" and "end" in request.POST:
        end_form = EndForm(request.POST)
        done = _ended(request, end_form, secretariat)
    elif request.method == "POST":
        appoint_form = AppointForm(request.POST, request.FILES, secretariat=secretariat, user=request.user)
        done = _appointed(request, appoint_form, secretariat)
    if done:
        messages.success(request, done)
        return redirect("desks:officer-secretariat", slug)
    context = {
        "standing": queries.standing(secretariat, on=today()),
        "terms": list(secretariat.appointments.select_related("user", "committee")),
        "appoint_form": appoint_form,
        "end_form": end_form,
        "rule_now": rule_on(today()),
    }
    wrong = appoint_form.errors or end_form.errors
    return render(request, "desks/officer/secretariat.html", context, status=422 if wrong else 200)


def _appointed(request: HttpRequest, form: AppointForm, secretariat: Secretariat) -> str:
    """What to say when it is done; nothing when the form has an error to show."""
    if not form.is_valid():
        return ""
    try:
        services.appoint(secretariat=secretariat, by=request.user, **form.facts)  # type: ignore[arg-type]
    except ValidationError as error:
        _say(form, error)
        return ""
    return _("The appointment is recorded.")


def _ended(request: HttpRequest, form: EndForm, secretariat: Secretariat) -> str:
    held = get_object_or_404(Appointment, pk=request.POST.get("end", "0"), secretariat=secretariat)
    if not form.is_valid():
        return ""
    try:
        services.end_term(appointment=held, by=request.user, **form.cleaned_data)  # type: ignore[arg-type]
    except ValidationError as error:
        _say(form, error)
        return ""
    return _("The term is ended.")


def _say(form: forms.Form, error: ValidationError) -> None:
    """Above the form: a rule is about several of its fields."""
    for sentence in error.messages:
        form.add_error(None, sentence)
