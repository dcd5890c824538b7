"""Cartons of a consignment: filled by the packer, looked at step by step, moved by hand; then checked and sent."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marketplace.core.clock import today
from marketplace.desks.access import for_exporter
from marketplace.desks.forms.export_packing import DispatchForm, MoveForm, PackForm
from marketplace.desks.views.export_show import own, page_of, show_page
from marketplace.export import checking, filling
from marketplace.export.costs import costs
from marketplace.export.models import Consignment, ConsignmentLine, Exporter
from marketplace.export.packing import name_of, stored_packing
from marketplace.export.papers.facts import facts_of
from marketplace.export.queries import lines_of, newest_packing
from marketplace.packing.model import PackedCarton, Packing
from marketplace.packing.pictures import steps

State = Consignment.State


@require_safe
@for_exporter
def cartons(request: HttpRequest, exporter: Exporter, number: str) -> HttpResponse:
    """The cartons as they stand, or the button that fills them."""
    return _page(request, own(exporter, number))


def _page(
    request: HttpRequest, consignment: Consignment, *, form: PackForm | None = None, moved: MoveForm | None = None
) -> HttpResponse:
    lines = lines_of(consignment)
    stored = newest_packing(consignment)
    packing = stored_packing(stored, lines) if stored else None
    wrong = [one for one in (form, moved) if one is not None and one.errors]
    context = {
        **page_of(request, consignment),
        "form": form or PackForm(initial={"carrier": consignment.carrier_id}),
        "stored": stored,
        "packing": packing,
        "cartons": [_shown(carton, packing, lines) for carton in packing.cartons] if packing else [],
        "move": moved or (MoveForm(packing=packing, lines=lines, seen=stored.version) if packing and stored else None),
        "may_fill": consignment.state in (State.COLLECTING, State.PACKED, State.CHECKED),
        "costs": costs(facts_of(consignment).parcels, consignment.buyer_country, on=today()) if packing else [],
    }
    return render(request, "desks/export/packing.html", context, status=422 if wrong else 200)


def _shown(carton: PackedCarton, packing: Packing, lines: list[ConsignmentLine]) -> dict[str, Any]:
    """A carton with its pictures; pieces are called as people find them."""
    named = replace(
        carton,
        placed=tuple(
            replace(each, piece=replace(each.piece, id=name_of(lines, each.piece.id))) for each in carton.placed
        ),
    )
    return {
        "carton": carton,
        "fill": round(carton.fill * 100),
        "chargeable": packing.carrier.chargeable(carton.kind, carton.gross),
        "steps": steps(named),
        "pieces": [each.piece.id for each in named.placed],
    }


@require_POST
@for_exporter
def fill(request: HttpRequest, exporter: Exporter, number: str) -> HttpResponse:
    """Fill the cartons anew under a carrier's limits."""
    consignment = own(exporter, number)
    form = PackForm(request.POST)
    if form.is_valid():
        try:
            filling.pack(consignment=consignment, carrier=form.cleaned_data["carrier"], by=request.user)  # type: ignore[arg-type]
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The cartons are filled."))
            return redirect("desks:consignment-packing", number)
    return _page(request, own(exporter, number), form=form)


@require_POST
@for_exporter
def move(request: HttpRequest, exporter: Exporter, number: str) -> HttpResponse:
    """Put one piece into another carton by hand."""
    consignment = own(exporter, number)
    lines = lines_of(consignment)
    stored = newest_packing(consignment)
    if stored is None:
        return redirect("desks:consignment-packing", number)
    form = MoveForm(request.POST, packing=stored_packing(stored, lines), lines=lines, seen=stored.version)
    if form.is_valid():
        told = form.cleaned_data
        try:
            filling.move_piece(
                consignment=consignment,
                piece=told["piece"],
                to_carton=int(told["to_carton"]),
                seen=told["seen"],
                by=request.user,  # type: ignore[arg-type]
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The piece is in the other carton."))
            return redirect("desks:consignment-packing", number)
    return _page(request, own(exporter, number), moved=form)


@require_POST
@for_exporter
def unpack(request: HttpRequest, exporter: Exporter, number: str) -> HttpResponse:
    """Open the cartons again."""
    try:
        filling.unpack(consignment=own(exporter, number), by=request.user)  # type: ignore[arg-type]
    except ValidationError as error:
        return show_page(request, own(exporter, number), error)
    messages.success(request, _("The cartons are open again."))
    return redirect("desks:consignment", number)


@require_http_methods(["GET", "HEAD", "POST"])
@for_exporter
def check(request: HttpRequest, exporter: Exporter, number: str) -> HttpResponse:
    """What stands in the way today; POST says that it was looked through and nothing does."""
    consignment = own(exporter, number)
    if newest_packing(consignment) is None:
        return redirect("desks:consignment-packing", number)
    refused: list[str] = []
    if request.method == "POST":
        try:
            checking.check(consignment=consignment, by=request.user)  # type: ignore[arg-type]
        except ValidationError as error:
            refused = error.messages
        else:
            messages.success(request, _("Everything was checked. It may leave today."))
            return redirect("desks:consignment", number)
    context = {
        **page_of(request, consignment),
        "checked": checking.checked(consignment, on=today()),
        "refused": refused,
    }
    return render(request, "desks/export/check.html", context, status=422 if refused else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@for_exporter
def dispatch(request: HttpRequest, exporter: Exporter, number: str) -> HttpResponse:
    """The carrier took it. Everything is asked again."""
    consignment = own(exporter, number)
    form = DispatchForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            checking.dispatch(consignment=consignment, by=request.user, **form.cleaned_data)  # type: ignore[arg-type]
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("It is on its way."))
            return redirect("desks:consignment", number)
    context = {**page_of(request, consignment), "form": form}
    return render(request, "desks/export/dispatch.html", context, status=422 if form.errors else 200)
