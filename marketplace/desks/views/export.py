"""An exporter's desk: consignments, their terms and lines. What is another exporter's does not exist here: 404."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marketplace.core.models import User
from marketplace.desks.access import for_exporter, maker_of
from marketplace.desks.forms.export import AddForm, CartonForm, ConsignmentForm, ExporterForm, MeasureForm, PriceForm
from marketplace.desks.views.export_show import own, page_of, show_page
from marketplace.export.models import ConsignmentLine, Exporter
from marketplace.export.queries import consignments_of, exporter_of
from marketplace.export.services import (
    add_line,
    add_order,
    change_terms,
    measure_line,
    open_consignment,
    price_line,
    remove_line,
)

ROWS_A_PAGE = 25


@require_safe
@for_exporter
def every(request: HttpRequest, exporter: Exporter) -> HttpResponse:
    """Consignments, newest first."""
    page = Paginator(consignments_of(exporter), ROWS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "maker": maker_of(request.user),
        "exporter": exporter,
        "page": page,
        "page_numbers": page.paginator.get_elided_page_range(page.number),
    }
    return render(request, "desks/export/every.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def header(request: HttpRequest) -> HttpResponse:
    """The head of the papers; whoever writes it first has an exporter's desk from then on."""
    user = request.user
    assert isinstance(user, User)
    exporter = exporter_of(user)
    form = ExporterForm(request.POST or None, instance=exporter or Exporter(user=user))
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("The head of your papers is kept."))
        return redirect("desks:consignments")
    posted = request.method == "POST"
    context = {"maker": maker_of(user), "exporter": exporter, "form": form}
    return render(request, "desks/export/header.html", context, status=422 if posted else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@for_exporter
def cartons(request: HttpRequest, exporter: Exporter) -> HttpResponse:
    """The cartons that the exporter has, and another one."""
    form = CartonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        form.instance.exporter = exporter
        if exporter.cartons.filter(name=form.cleaned_data["name"]).exists():
            form.add_error("name", ValidationError(_("You have a carton of this name."), code="name_taken"))
        else:
            form.save()
            messages.success(request, _("The carton is kept."))
            return redirect("desks:cartons")
    context = {"maker": maker_of(request.user), "cartons": exporter.cartons.all(), "form": form}
    return render(request, "desks/export/cartons.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@for_exporter
def new(request: HttpRequest, exporter: Exporter) -> HttpResponse:
    """A new draft."""
    form = ConsignmentForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = open_consignment(exporter=exporter, by=request.user, **form.cleaned_data)  # type: ignore[arg-type]
        except ValidationError as error:
            form.add_error("valid_until", error)
        else:
            messages.success(request, _("The draft is kept. Now add what goes."))
            return redirect("desks:consignment", made.number)
    context = {"maker": maker_of(request.user), "form": form}
    return render(request, "desks/export/terms.html", context, status=422 if form.errors else 200)


@require_safe
@for_exporter
def show(request: HttpRequest, exporter: Exporter, number: str) -> HttpResponse:
    """A consignment: what may be done next, its lines, where they are collected, and its steps."""
    return show_page(request, own(exporter, number))


@require_http_methods(["GET", "HEAD", "POST"])
@for_exporter
def terms(request: HttpRequest, exporter: Exporter, number: str) -> HttpResponse:
    """The terms of a draft."""
    consignment = own(exporter, number)
    form = ConsignmentForm(request.POST if request.method == "POST" else None, instance=own(exporter, number))
    if request.method == "POST" and form.is_valid():
        try:
            change_terms(consignment=consignment, **form.cleaned_data)
        except ValidationError as error:
            form.add_error("valid_until" if error.code == "proforma_over" else None, error)
        else:
            messages.success(request, _("The terms are kept."))
            return redirect("desks:consignment", number)
    context = {**page_of(request, consignment), "form": form}
    return render(request, "desks/export/terms.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@for_exporter
def add(request: HttpRequest, exporter: Exporter, number: str) -> HttpResponse:
    """Put a work, a piece or a whole order into a draft."""
    consignment = own(exporter, number)
    form = AddForm(request.POST if request.method == "POST" else None, consignment=consignment)
    if request.method == "POST" and form.is_valid():
        try:
            _add(form)
        except ValidationError as error:
            form.add_error("what", error)
        else:
            messages.success(request, _("It is in the consignment."))
            return redirect("desks:consignment", number)
    context = {**page_of(request, consignment), "form": form}
    return render(request, "desks/export/add.html", context, status=422 if form.errors else 200)


def _add(form: AddForm) -> None:
    if form.order:
        add_order(consignment=form.consignment, order=form.order)
        return
    assert form.work
    add_line(
        consignment=form.consignment,
        work=form.work,
        passport=form.passport,
        quantity=form.cleaned_data["quantity"],
        unit_minor=form.cleaned_data["unit_minor"],
    )


def _line(exporter: Exporter, number: str, pk: int) -> ConsignmentLine:
    mine = ConsignmentLine.objects.filter(consignment__exporter=exporter, consignment__number=number)
    related = ("consignment__exporter", "work__parent", "work__craft__group", "passport")
    return get_object_or_404(mine.select_related(*related), pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@for_exporter
def line(request: HttpRequest, exporter: Exporter, number: str, pk: int) -> HttpResponse:
    """A line: its price in a draft; measures and HS code until it is packed."""
    found = _line(exporter, number, pk)
    posted = request.POST if request.method == "POST" else None
    pricing = posted is not None and "unit_minor" in posted
    price = PriceForm(posted if pricing else None, line=found, prefix=None)
    measure = MeasureForm(posted if not pricing else None, line=found)
    form = price if pricing else measure
    if posted is not None and form.is_valid() and _kept(found, form, pricing):
        messages.success(request, _("The line is kept."))
        return redirect("desks:consignment", number)
    context: dict[str, Any] = {
        **page_of(request, found.consignment),
        "line": found,
        "price": price,
        "measure": measure,
    }
    return render(request, "desks/export/line.html", context, status=200 if posted is None else 422)


def _kept(found: ConsignmentLine, form: PriceForm | MeasureForm, pricing: bool) -> bool:
    try:
        if pricing:
            price_line(line=found, **form.cleaned_data)
        else:
            measure_line(line=found, **form.cleaned_data)
    except ValidationError as error:
        form.add_error(None, error)
        return False
    return True


@require_POST
@for_exporter
def remove(request: HttpRequest, exporter: Exporter, number: str, pk: int) -> HttpResponse:
    """Take a line out of a draft."""
    try:
        remove_line(line=_line(exporter, number, pk))
    except ValidationError as error:
        return show_page(request, own(exporter, number), error)
    messages.success(request, _("The line is out."))
    return redirect("desks:consignment", number)
