"""The way of a consignment: offered, paid, collected, sent; and a maker's own page of what exporters asked for."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marketplace.desks.access import for_exporter, for_maker
from marketplace.desks.forms.export import CancelForm, PaymentForm
from marketplace.desks.views.export_show import own, page_of, show_page
from marketplace.export import checking, services
from marketplace.export.models import Collection, Consignment, Exporter
from marketplace.export.papers.facts import facts_of
from marketplace.export.queries import collections_from
from marketplace.makers.models import Maker

ROWS_A_PAGE = 25
#: What a button does, by its name in the address.
ACTS: dict[str, Callable[..., Consignment]] = {
    "offer": services.offer,
    "take-back": services.take_back,
    "collect": services.start_collecting,
    "arrive": checking.arrive,
}


@require_POST
@for_exporter
def step(request: HttpRequest, exporter: Exporter, number: str, act: str) -> HttpResponse:
    """A step that needs no form."""
    consignment = own(exporter, number)
    if act not in ACTS:
        raise Http404
    try:
        ACTS[act](consignment=consignment, by=request.user)
    except ValidationError as error:
        return show_page(request, own(exporter, number), error)
    messages.success(request, _("The step is recorded."))
    return redirect("desks:consignment", number)


@require_http_methods(["GET", "HEAD", "POST"])
@for_exporter
def payment(request: HttpRequest, exporter: Exporter, number: str) -> HttpResponse:
    """Record money that came to the exporter."""
    consignment = own(exporter, number)
    form = PaymentForm(request.POST if request.method == "POST" else None, currency=consignment.currency)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            services.record_payment(
                consignment=consignment,
                paid_on=told["paid_on"],
                reference=told["reference"],
                amount_minor=told["amount"],
                by=request.user,  # type: ignore[arg-type]
            )
        except ValidationError as error:
            form.add_error({"payment_differs": "amount", "future_payment": "paid_on"}.get(error.code or ""), error)
        else:
            messages.success(request, _("The payment is recorded."))
            return redirect("desks:consignment", number)
    context = {**page_of(request, consignment), "form": form, "total_minor": facts_of(consignment).total_minor}
    return render(request, "desks/export/payment.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@for_exporter
def call_off(request: HttpRequest, exporter: Exporter, number: str) -> HttpResponse:
    """Cancel a consignment."""
    consignment = own(exporter, number)
    form = CancelForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.cancel(consignment=consignment, by=request.user, **form.cleaned_data)  # type: ignore[arg-type]
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The consignment is cancelled; its pieces are free again."))
            return redirect("desks:consignment", number)
    context = {**page_of(request, consignment), "form": form}
    return render(request, "desks/export/cancel.html", context, status=422 if form.errors else 200)


@require_POST
@for_exporter
def leg(request: HttpRequest, exporter: Exporter, number: str, pk: int, act: str) -> HttpResponse:
    """The exporter says what a maker told by telephone, or that the pieces stand at the point."""
    consignment = own(exporter, number)
    collection = get_object_or_404(Collection, consignment=consignment, pk=pk)
    verbs = {"ready": services.say_ready, "collected": services.collect}
    if act not in verbs:
        raise Http404
    try:
        verbs[act](collection=collection, by=request.user)
    except ValidationError as error:
        return show_page(request, consignment, error)
    messages.success(request, _("The step is recorded."))
    return redirect("desks:consignment", number)


@require_safe
@for_maker
def asked(request: HttpRequest, maker: Maker) -> HttpResponse:
    """What exporters asked of a maker."""
    page = Paginator(collections_from(maker), ROWS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "maker": maker,
        "page": page,
        "page_numbers": page.paginator.get_elided_page_range(page.number),
    }
    return render(request, "desks/export/collections.html", context)


@require_POST
@for_maker
def ready(request: HttpRequest, maker: Maker, pk: int) -> HttpResponse:
    """The maker's pieces are ready. 404 for another's."""
    collection = get_object_or_404(Collection, maker=maker, pk=pk)
    try:
        services.say_ready(collection=collection, by=request.user)  # type: ignore[arg-type]
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("The exporter reads that your pieces are ready."))
    return redirect("desks:collections")
