"""The first page of a buyer's room."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from marketplace.account.queries import newest_notices, open_returns, orders_of, passports_of
from marketplace.core.notices import in_language
from marketplace.wishlists.models import Line as Wish

ORDERS_A_PAGE, NEWEST_NOTICES, MOST_PASSPORTS = 10, 5, 50


@never_cache
@require_safe
@login_required
def show(request: HttpRequest) -> HttpResponse:
    """Orders with the state of each maker's part, open returns, messages, passports, and how many works are kept."""
    page = Paginator(orders_of(request.user), ORDERS_A_PAGE).get_page(request.GET.get("page"))
    language = get_language() or "fa"
    context = {
        "page": page,
        "page_numbers": page.paginator.get_elided_page_range(page.number),
        "orders": [(order, int(order.total_incl_tax)) for order in page.object_list],
        "returns": open_returns(request.user),
        "notices": [(one, in_language(one.link, language)) for one in newest_notices(request.user, NEWEST_NOTICES)],
        "passports": passports_of(request.user)[:MOST_PASSPORTS],
        "kept": Wish.objects.filter(wishlist__owner=request.user).count(),
    }
    return render(request, "account/home.html", context)
