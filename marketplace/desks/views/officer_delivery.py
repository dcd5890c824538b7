"""Carriers and their rates, as officers keep them: a new table takes over by its first day, and what was paid by stays."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from marketplace.core.clock import today
from marketplace.desks.officer.access import for_officer
from marketplace.desks.officer.delivery_forms import CarrierForm, TariffForm
from marketplace.shipping.models import Carrier, Tariff
from marketplace.shipping.rules import require_open_tariff
from marketplace.shipping.services import in_force, write_tariff


@dataclass(frozen=True)
class TariffRow:
    tariff: Tariff
    is_in_force: bool
    is_open: bool


@dataclass(frozen=True)
class CarrierRow:
    carrier: Carrier
    tariffs: list[TariffRow]
    has_rates_today: bool


@require_safe
@for_officer
def every(request: HttpRequest) -> HttpResponse:
    """Every carrier with its limits and its tables, the newest first."""
    day = today()
    rows = [_row(carrier, day) for carrier in Carrier.objects.prefetch_related("tariffs__changed_by")]
    return render(request, "desks/officer/delivery.html", {"rows": rows})


def _row(carrier: Carrier, day) -> CarrierRow:
    tariffs = list(carrier.tariffs.all())
    now = in_force(tariffs, on=day)
    rows = [TariffRow(tariff, tariff is now, tariff.valid_from >= day) for tariff in tariffs]
    return CarrierRow(carrier, rows, now is not None)


@require_http_methods(["GET", "HEAD", "POST"])
@for_officer
def carrier(request: HttpRequest, code: str = "") -> HttpResponse:
    """A carrier's names and limits; without a code a new one."""
    kept = get_object_or_404(Carrier, code=code) if code else None
    form = CarrierForm(request.POST or None, carrier=kept)
    if request.method == "POST" and form.is_valid():
        saved = form.save()
        messages.success(request, _("“%(carrier)s” is saved.") % {"carrier": saved.name})
        return redirect("desks:officer-delivery")
    status = 422 if form.errors else 200
    return render(request, "desks/officer/carrier.html", {"form": form, "carrier": kept}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@for_officer
def tariff(request: HttpRequest, code: str, pk: int | None = None) -> HttpResponse:
    """A table of rates: written anew from the last one, or rewritten while it has not been in force before today."""
    of = get_object_or_404(Carrier, code=code)
    kept = get_object_or_404(of.tariffs, pk=pk) if pk else None
    if request.method != "POST":
        form = TariffForm(tariff=kept or of.tariffs.first(), copied=kept is None)
        return _page(request, of, kept, form)
    form = TariffForm(request.POST)
    try:
        if not form.is_valid():
            return _page(request, of, kept, form, status=422)
        write_tariff(carrier=of, tariff=kept, by=request.user, **form.facts())
    except ValidationError as error:
        form.say(error)
        return _page(request, of, kept, form, status=422)
    messages.success(request, _("The rates of “%(carrier)s” are saved.") % {"carrier": of.name})
    return redirect("desks:officer-delivery")


def _page(
    request: HttpRequest, of: Carrier, kept: Tariff | None, form: TariffForm, *, status: int = 200
) -> HttpResponse:
    context = {"form": form, "carrier": of, "closed": _closed(kept)}
    return render(request, "desks/officer/tariff.html", context, status=status)


def _closed(kept: Tariff | None) -> str:
    """Why a table may not be rewritten any more, or nothing; asked of what is stored, not of what was just typed."""
    try:
        if kept is not None:
            require_open_tariff(Tariff.objects.get(pk=kept.pk), on=today())
    except ValidationError as error:
        return " ".join(error.messages)
    return ""
