"""The officer's pages of passports: found by their label, suspended, reinstated, revoked."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from authenticity.codes import in_groups
from authenticity.models import Passport
from authenticity.passports import LOG, state_of
from marketplace.core.clock import today
from marketplace.core.models import LogEntry
from marketplace.desks.labels import rows_of
from marketplace.desks.officer.access import for_officer
from marketplace.desks.officer.passports import acts_on, change_passport, passports_found
from marketplace.desks.officer.seal_forms import PassportForm
from marketplace.makers.models import Maker

A_PAGE = 40


@require_safe
@for_officer
def every(request: HttpRequest) -> HttpResponse:
    """Labels by code or number, or all of one maker."""
    typed, slug = request.GET.get("label", "").strip()[:200], request.GET.get("maker", "")[:80]
    page = Paginator(passports_found(typed=typed, maker=slug), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "typed": typed,
        "someone": Maker.objects.filter(slug=slug).first() if slug else None,
        "asked": bool(typed or slug),
        "page": page,
        "page_numbers": page.paginator.get_elided_page_range(page.number),
        "rows": rows_of(list(page.object_list), on=today()),
    }
    return render(request, "desks/officer/passports.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_officer
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """A passport: its state and what was done to it. A POST suspends, reinstates or revokes it."""
    whole = Passport.objects.select_related("work", "maker__owner", "maker__city", "sheet")
    held = get_object_or_404(whole, pk=pk)
    suspended = held.suspended_on is not None
    form = PassportForm(request.POST if request.method == "POST" else None, suspended=suspended)
    if request.method == "POST" and form.is_valid():
        try:
            change_passport(passport=held, by=request.user, **form.cleaned_data)  # type: ignore[arg-type]
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("It is recorded, and its maker was told."))
            return redirect("desks:officer-passport", pk=pk)
    context = {
        "passport": held,
        "code": in_groups(held.code),
        "state": state_of(held, on=today()).value,
        "public": LogEntry.objects.filter(chain=LOG, body__serial=held.serial, body__maker=held.maker_id),
        "acts": acts_on(held),
        "may_change": held.revoked_on is None and held.voided_on is None,
        "form": form,
    }
    return render(request, "desks/officer/passport.html", context, status=422 if form.errors else 200)
