"""A maker's breaks: told in advance, ended early."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from marketplace.core.clock import today
from marketplace.desks.access import for_maker
from marketplace.desks.forms.holidays import HolidayForm
from marketplace.listing.holidays import end_holiday, tell_holiday
from marketplace.makers.models import Maker


@require_http_methods(["GET", "HEAD", "POST"])
@for_maker
def every(request: HttpRequest, maker: Maker) -> HttpResponse:
    """The present and the coming breaks, and a form for another one; what was typed stays when something is wrong."""
    posted = (request.POST,) if request.method == "POST" else ()
    form = HolidayForm(*posted)
    if posted and form.is_valid():
        try:
            tell_holiday(maker, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Your break is written down, and buyers are told."))
            return redirect("desks:holiday")
    context = {"maker": maker, "form": form, "day": today(), "breaks": list(maker.holidays.filter(last__gte=today()))}
    return render(request, "desks/holiday.html", context, status=422 if posted else 200)


@require_POST
@for_maker
def end(request: HttpRequest, maker: Maker, pk: int) -> HttpResponse:
    """End one's own break now, or call off a coming one; 404 for another's."""
    try:
        end_holiday(get_object_or_404(maker.holidays, pk=pk))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("The break is ended. Orders that were paid for keep the days they were promised."))
    return redirect("desks:holiday")
