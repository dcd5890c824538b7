"""The page of kept works, and the posts that keep, remove, and put into the basket."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from catalogue.models import Product
from marketplace.basket.kept import is_kept, keep_work, kept_lines, let_go, remember_wish
from marketplace.basket.services import wish_to_basket

KEPT_A_PAGE = 24


def _work(pk: int) -> Product:
    return get_object_or_404(Product, pk=pk, is_public=True, parent__isnull=True)


@require_safe
@login_required
def every(request: HttpRequest) -> HttpResponse:
    """One's kept works as they stand today."""
    page = Paginator(kept_lines(request.user), KEPT_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "page_numbers": page.paginator.get_elided_page_range(page.number),
        "works": [line.product for line in page.object_list],
    }
    return render(request, "basket/kept.html", context)


@require_POST
def keep(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a work; a guest signs in first, and comes back with it kept."""
    work = _work(pk)
    if not request.user.is_authenticated:
        remember_wish(request, work)
        messages.info(request, _("Sign in, and “%(work)s” is kept for you.") % {"work": work.name})
        return redirect(f"{reverse('shop:sign-in')}?{urlencode({'next': work.get_absolute_url()})}")
    keep_work(user=request.user, work=work)
    messages.success(request, _("“%(work)s” is kept for you.") % {"work": work.name})
    return redirect(work)


@require_POST
@login_required
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a work off one's own list; 404 when it is not on it."""
    if not let_go(user=request.user, work_id=pk):
        raise Http404
    messages.success(request, _("It is no longer kept."))
    return redirect("basket:kept")


@require_POST
@login_required
def to_basket(request: HttpRequest, pk: int) -> HttpResponse:
    """Put one of one's kept works into the basket; what a rule refuses is said, and the work stays kept."""
    work = _work(pk)
    if not is_kept(request.user, work):
        raise Http404
    try:
        wish_to_basket(basket=request.basket, work=work)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("basket:kept")
    let_go(user=request.user, work_id=work.pk)
    messages.success(request, _("“%(work)s” is in your basket.") % {"work": work.name})
    return redirect("basket:summary")
