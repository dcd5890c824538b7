"""What a maker sold."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from marketplace.desks.access import for_maker
from marketplace.desks.queries import orders_of
from marketplace.makers.models import Maker

ORDERS_A_PAGE = 20


@require_safe
@for_maker
def every(request: HttpRequest, maker: Maker) -> HttpResponse:
    """The maker's part of each order; of the buyer, the city only."""
    page = Paginator(orders_of(maker), ORDERS_A_PAGE).get_page(request.GET.get("page"))
    numbers = page.paginator.get_elided_page_range(page.number)
    return render(
        request,
        "desks/orders.html",
        {"maker": maker, "page": page, "orders": page.object_list, "page_numbers": numbers},
    )
