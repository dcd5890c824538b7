"""Offer a work in a place; change an offer, move it, take it back."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from catalogue.models import Product
from marketplace.desks.access import for_maker
from marketplace.desks.answers import refused_page
from marketplace.desks.forms.offers import EditOfferForm, OfferForm, PlaceForm
from marketplace.desks.services import offer_work, was_sent
from marketplace.desks.views.works import own_work, work_page
from marketplace.listing.services import edit_offer, move_offer, withdraw_offer
from marketplace.makers.models import Maker
from marketplace.partner.models import StockRecord

WITHDRAWN_BY_MAKER = "by_maker"


def own_offer(maker: Maker, pk: int) -> StockRecord:
    """A maker's own active offer with all that the rules read; 404 for another's."""
    mine = StockRecord.objects.active().filter(product__maker=maker, partner__maker=maker)
    return get_object_or_404(
        mine.select_related("product__parent", "product__maker", "product__import_permit", "venue"), pk=pk
    )


def _place(offer: StockRecord) -> str:
    return offer.venue.name if offer.venue else _("your workshop")


def _taken(work: Product) -> set[int | None]:
    return set(StockRecord.objects.active().filter(product=work).values_list("venue_id", flat=True))


def _work_of(offer: StockRecord) -> int:
    return offer.product.parent_id or offer.product_id


@require_POST
@for_maker
def offer(request: HttpRequest, maker: Maker, pk: int) -> HttpResponse:
    """Offer one's work somewhere. A rule's refusal has a page of its own and is recorded; nothing else changes."""
    work = own_work(maker, pk)
    form = OfferForm(request.POST, taken=_taken(work))
    valid = form.is_valid()
    if was_sent(maker=maker, token=form.cleaned_data.get("token")):
        return redirect("desks:work", pk=work.pk)
    if not valid:
        return work_page(request, maker, work, form=form, status=422)
    try:
        made = offer_work(
            maker=maker,
            token=form.cleaned_data["token"],
            work=work,
            venue=form.cleaned_data["place"],
            price_rial=form.cleaned_data["price_rial"],
            pieces=form.cleaned_data["pieces"],
        )
    except ValidationError as error:
        context = {"maker": maker, "work": work}
        return refused_page(
            request, error, form=form, form_template="desks/forms/offer.html", context=context, about=work
        )
    messages.success(request, _("“%(work)s” is offered in %(place)s.") % {"work": work.name, "place": _place(made)})
    return redirect("desks:work", pk=work.pk)


@require_POST
@for_maker
def withdraw(request: HttpRequest, maker: Maker, pk: int) -> HttpResponse:
    """Take one's offer back; 404 for another's."""
    mine = own_offer(maker, pk)
    withdraw_offer(offer=mine, because=WITHDRAWN_BY_MAKER)
    messages.success(request, _("The offer in %(place)s is withdrawn.") % {"place": _place(mine)})
    return redirect("desks:work", pk=_work_of(mine))


@require_http_methods(["GET", "HEAD", "POST"])
@for_maker
def edit(request: HttpRequest, maker: Maker, pk: int) -> HttpResponse:
    """Change price and pieces of one's offer; pieces that buyers hold at this moment are not counted."""
    mine = own_offer(maker, pk)
    work = mine.product.origin_work
    context: dict[str, Any] = {"maker": maker, "offer": mine, "work_id": work.pk, "held": mine.num_allocated or 0}
    form = EditOfferForm.of(mine, request.POST or None)
    if request.method != "POST":
        return render(request, "desks/offer_edit.html", context | {"form": form})
    if not form.is_valid():
        form.bring_up_to(mine)
        return render(request, "desks/offer_edit.html", context | {"form": form}, status=422)
    try:
        edit_offer(offer=mine, **form.cleaned_data)
    except ValidationError as error:
        mine.refresh_from_db(fields=["num_in_stock", "num_allocated"])
        context["held"] = mine.num_allocated or 0
        if error.code == "stock_moved":
            form.bring_up_to(mine, moved=error)
            return render(request, "desks/offer_edit.html", context | {"form": form}, status=422)
        form.bring_up_to(mine)
        return refused_page(
            request, error, form=form, form_template="desks/forms/offer_edit.html", context=context, about=work
        )
    messages.success(request, _("The offer in %(place)s is changed.") % {"place": _place(mine)})
    return redirect("desks:work", pk=_work_of(mine))


@require_http_methods(["GET", "HEAD", "POST"])
@for_maker
def move(request: HttpRequest, maker: Maker, pk: int) -> HttpResponse:
    """Move one's offer to another place."""
    mine = own_offer(maker, pk)
    work = mine.product.origin_work
    form = PlaceForm(request.POST or None, taken=_taken(mine.product))
    context: dict[str, Any] = {"maker": maker, "offer": mine, "work_id": work.pk, "from_place": _place(mine)}
    if request.method != "POST":
        return render(request, "desks/offer_move.html", context | {"form": form})
    if not form.is_valid():
        return render(request, "desks/offer_move.html", context | {"form": form}, status=422)
    try:
        moved = move_offer(offer=mine, venue=form.cleaned_data["place"])
    except ValidationError as error:
        return refused_page(
            request,
            error,
            form=form,
            form_template="desks/forms/offer_move.html",
            context=context,
            about=mine.product.origin_work,
        )
    messages.success(
        request, _("“%(work)s” is offered in %(place)s now.") % {"work": moved.product.name, "place": _place(moved)}
    )
    return redirect("desks:work", pk=_work_of(mine))
