"""An officer returns steps of a joining, and suspends, reopens or closes a maker."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from marketplace.desks.forms.joining import ReturnForm, StateForm
from marketplace.desks.officer.access import for_officer
from marketplace.desks.officer.filters import Filter
from marketplace.desks.officer.forms import say
from marketplace.desks.views.officer import matter_or_404, matter_page
from marketplace.desks.views.officer_makers import maker_page
from marketplace.joining.services import JOINING, close, reopen, return_steps, suspend
from marketplace.makers.models import Maker

_ACTS = {"suspend": suspend, "reopen": reopen, "close": close}


@require_POST
@for_officer
def return_it(request: HttpRequest, pk: int) -> HttpResponse:
    """Return a joining with a reason for each step. 404 for a matter of another kind."""
    matter, form = matter_or_404(pk), ReturnForm(request.POST)
    if matter.kind != JOINING:
        raise Http404
    if form.is_valid():
        try:
            return_steps(matter=matter, reasons=form.cleaned_data, by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
    if form.errors:
        return matter_page(request, matter, status=422, return_form=form)
    messages.success(request, _("It is returned; the maker reads your reasons."))
    return redirect(reverse("desks:officer") + Filter.of(request.GET).suffix())


@require_POST
@for_officer
def state(request: HttpRequest, slug: str) -> HttpResponse:
    """Suspend, reopen or close a maker, with a reason that the maker reads."""
    someone = get_object_or_404(Maker.objects.select_related("city__province", "owner"), slug=slug)
    form = StateForm(request.POST, state=someone.state)
    if form.is_valid():
        try:
            _ACTS[form.cleaned_data["act"]](maker=someone, by=request.user, reason=form.cleaned_data["reason"])
        except ValidationError as error:
            say(form, error)
    if form.errors:
        return maker_page(request, someone, form)
    messages.success(request, _("The maker's state is now “%(state)s”.") % {"state": someone.get_state_display()})
    return redirect("desks:officer-maker", slug=someone.slug)
