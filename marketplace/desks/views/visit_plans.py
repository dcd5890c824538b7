"""A host plans: the week of an own visit, one more date, and what may change of a date."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from marketplace.bookings import hosting
from marketplace.bookings.plans import Plan, visits_of
from marketplace.bookings.words import shown
from marketplace.desks import visits
from marketplace.desks.access import for_maker
from marketplace.desks.forms.visit_plans import ChangeForm, DateForm, WeekForm, times_of
from marketplace.makers.models import Maker

#: Which field a refusal is said beside; the others stand above the form.
BESIDE = {
    "too_soon": "day",
    "too_far": "day",
    "hour_taken": "hour",
    "called_off": "hour",
    "fewer_places": "places",
    "no_seller": "price_rial",
}


def _own(maker: Maker, subject: UUID) -> Plan:
    """An own visit that readers see. Raises Http404 for another host's."""
    for plan in visits_of(maker):
        if plan.subject == subject:
            return plan
    raise Http404


def _say(form, error: ValidationError) -> None:
    field = BESIDE.get(str(error.code) if hasattr(error, "code") else "")
    form.add_error(field if field in form.fields else None, error)


@require_http_methods(["GET", "HEAD", "POST"])
@for_maker
def week(request: HttpRequest, maker: Maker, subject: UUID) -> HttpResponse:
    """The plan of a week: it holds for dates that nobody booked, and says how many followed it."""
    plan = _own(maker, subject)
    posted = (request.POST,) if request.method == "POST" else ()
    now = {"price_rial": plan.price_rial, "languages": list(plan.languages)}
    form, rows = WeekForm(*posted, initial=now), times_of(plan, *posted)
    if posted and form.is_valid() & rows.is_valid():
        by = request.user if request.user.is_authenticated else None
        try:
            done = hosting.change_plan(plan=plan, times=rows.told(), by=by, **form.cleaned_data)
        except ValidationError as error:
            _say(form, error)
        else:
            said = _("The plan stands: %(made)s dates were made, %(removed)s taken out; %(booked)s with visitors stay.")
            numbers = {"made": shown(done.made), "removed": shown(done.removed), "booked": shown(done.booked)}
            messages.success(request, said % numbers)
            return redirect("desks:visits")
    context = {"plan": plan, "form": form, "rows": rows}
    return render(request, "desks/visit_plan.html", context, status=422 if posted else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@for_maker
def date(request: HttpRequest, maker: Maker, subject: UUID) -> HttpResponse:
    """One more date of an own visit."""
    plan = _own(maker, subject)
    posted = (request.POST,) if request.method == "POST" else ()
    form = DateForm(*posted, initial={"places": plan.times[0].places} if plan.times else None)
    if posted and form.is_valid():
        try:
            made = hosting.add_date(plan=plan, starts_at=form.starts_at, places=form.cleaned_data["places"])
        except ValidationError as error:
            _say(form, error)
        else:
            messages.success(request, _("The date is open for bookings."))
            return redirect("desks:visit", made.pk)
    return render(request, "desks/visit_date.html", {"plan": plan, "form": form}, status=422 if posted else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@for_maker
def change(request: HttpRequest, maker: Maker, pk: int) -> HttpResponse:
    """Other places, price or languages of one date. 404 for another host's, and for one that is no visit."""
    session = get_object_or_404(visits.changeable(maker), pk=pk)
    posted = (request.POST,) if request.method == "POST" else ()
    form = ChangeForm(*posted, session=session)
    if posted and form.is_valid():
        try:
            hosting.change_date(session=session, **form.cleaned_data)
        except ValidationError as error:
            _say(form, error)
        else:
            messages.success(request, _("The date is changed."))
            return redirect("desks:visit", session.pk)
    return render(request, "desks/visit_change.html", {"session": session, "form": form}, status=422 if posted else 200)
