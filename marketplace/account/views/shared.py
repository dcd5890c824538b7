"""A list as whoever has its link sees it: what is wished for, and what somebody bought already. Nobody's name stands on it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from marketplace.account.wishes import wishes_of
from marketplace.basket.services import wish_to_basket
from marketplace.core.throttle import throttle
from marketplace.wishlists.models import Line, WishList
from marketplace.wishlists.queries import bought, on_list, shared_list
from marketplace.wishlists.services import remember_gift, require_gift_wanted


def _shared(code: str) -> WishList:
    try:
        return shared_list(code)
    except WishList.DoesNotExist:
        raise Http404 from None


@never_cache
@require_safe
def show(request: HttpRequest, code: str) -> HttpResponse:
    """The list; no search engine keeps it, and no page that it links to learns its address."""
    wishes = _shared(code)
    context = {"list": wishes, "wishes": wishes_of(on_list(wishes), bought(wishes))}
    response = render(request, "account/shared_list.html", context)
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "same-origin"
    return response


@require_POST
@throttle("list-give", limit=60, seconds=600)
def give(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Put a wished work into the giver's basket. Refused when as many as were wished for are bought; the rules of a sale are asked."""
    wishes = _shared(code)
    wish = get_object_or_404(Line.objects.select_related("product", "wishlist"), pk=pk, wishlist=wishes)
    work = wish.product
    if work is None or not work.is_public:
        messages.error(request, _("The market does not show this work any more."))
        return redirect("shared-list:show", code)
    try:
        require_gift_wanted(wish)
        remember_gift(wish=wish, basket_line=wish_to_basket(basket=request.basket, work=work))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("shared-list:show", code)
    messages.success(
        request,
        _("“%(work)s” is in your basket. Once you have paid, the list shows it as bought.") % {"work": work.name},
    )
    return redirect("basket:summary")
