"""Offer a work in a place; take an offer back."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from marketplace.desks.access import for_maker
from marketplace.desks.forms import OfferForm
from marketplace.desks.services import offer_work, was_sent
from marketplace.desks.views.works import own_work, work_page
from marketplace.listing.services import withdraw_offer
from marketplace.makers.models import Maker
from marketplace.partner.models import StockRecord

WITHDRAWN_BY_MAKER = "by_maker"


@require_POST
@for_maker
def offer(request: HttpRequest, maker: Maker, pk: int) -> HttpResponse:
    """Offer one's work somewhere. A rule's refusal is told on the form and recorded; nothing else changes."""
    work = own_work(maker, pk)
    taken = set(StockRecord.objects.active().filter(product=work).values_list("venue_id", flat=True))
    form = OfferForm(request.POST, taken=taken)
    valid = form.is_valid()
    if was_sent(maker=maker, token=form.cleaned_data.get("token")):
        return redirect("desks:work", pk=work.pk)
    if not valid:
        return work_page(request, maker, work, form=form, status=422)
    venue = form.cleaned_data["place"]
    try:
        made = offer_work(
            maker=maker,
            token=form.cleaned_data["token"],
            work=work,
            venue=venue,
            price_rial=form.cleaned_data["price_rial"],
            pieces=form.cleaned_data["pieces"],
        )
    except ValidationError as error:
        form.add_error(None, error)
        return work_page(request, maker, work, form=form, status=422)
    place = made.venue.name if made.venue else _("your workshop")
    messages.success(request, _("“%(work)s” is offered in %(place)s.") % {"work": work.name, "place": place})
    return redirect("desks:work", pk=work.pk)


@require_POST
@for_maker
def withdraw(request: HttpRequest, maker: Maker, pk: int) -> HttpResponse:
    """Take one's offer back; 404 for another's."""
    mine = StockRecord.objects.active().filter(product__maker=maker, partner__maker=maker)
    offer = get_object_or_404(mine.select_related("product", "venue"), pk=pk)
    withdraw_offer(offer=offer, because=WITHDRAWN_BY_MAKER)
    place = offer.venue.name if offer.venue else _("your workshop")
    messages.success(request, _("The offer in %(place)s is withdrawn.") % {"place": place})
    return redirect("desks:work", pk=offer.product_id)
