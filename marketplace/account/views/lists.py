"""A person's lists of works: kept for later, and those made for an occasion. Another person's list is not found."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from marketplace.account.list_forms import KeptListForm, ListForm, WishForm, own_lists
from marketplace.account.wishes import wishes_of
from marketplace.basket.services import wish_to_basket
from marketplace.core.throttle import throttle
from marketplace.wishlists.models import Line, WishList
from marketplace.wishlists.queries import on_list
from marketplace.wishlists.services import (
    change_wish,
    kept_list,
    make_list,
    remove_list,
    share,
    withdraw_link,
)

WORKS_A_PAGE = 24


def _mine(request: HttpRequest, pk: int) -> WishList:
    return get_object_or_404(WishList, pk=pk, owner=request.user)


def _my_wish(request: HttpRequest, pk: int) -> Line:
    rows = Line.objects.select_related("wishlist__owner", "product")
    return get_object_or_404(rows, pk=pk, wishlist__owner=request.user)


@never_cache
@require_safe
@login_required
def show(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """One list with its works as they stand today; without a number, what is kept for later."""
    wishes = _mine(request, pk) if pk else kept_list(request.user)
    return _page(request, wishes, status=200)


def _page(request: HttpRequest, wishes: WishList, *, status: int, form=None, new_form=None) -> HttpResponse:
    lists = own_lists(request.user)
    page = Paginator(on_list(wishes), WORKS_A_PAGE).get_page(request.GET.get("page"))
    known = {"name": wishes.name, "note": wishes.note}
    context = {
        "list": wishes,
        "lists": lists,
        "page": page,
        "page_numbers": page.paginator.get_elided_page_range(page.number),
        "wishes": [(one, WishForm(wish=one.line, lists=lists)) for one in wishes_of(page.object_list)],
        "form": form or _form_of(wishes)(initial=known),
        "new_form": new_form or ListForm(auto_id="new-%s"),
        "is_new_open": new_form is not None,
        "link": request.build_absolute_uri(_public(wishes)) if wishes.share_code else "",
    }
    return render(request, "account/list.html", context, status=status)


def _form_of(wishes: WishList) -> type[ListForm]:
    return KeptListForm if wishes.is_kept else ListForm


def _public(wishes: WishList) -> str:
    return reverse("shared-list:show", args=[wishes.share_code])


def _to(wishes: WishList) -> HttpResponse:
    return redirect("account:lists") if wishes.is_kept else redirect("account:list", wishes.pk)


@require_POST
@login_required
@throttle("list-new", limit=30, seconds=3600)
def new(request: HttpRequest) -> HttpResponse:
    """Another list, private until it is shared."""
    form = ListForm(request.POST, auto_id="new-%s")
    if form.is_valid():
        try:
            made = make_list(user=request.user, name=form.cleaned_data["name"], note=form.cleaned_data["note"])
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The list is made. Put works on it from what you keep for later."))
            return _to(made)
    return _page(request, kept_list(request.user), status=422, new_form=form)


@require_POST
@login_required
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """A list's name and note."""
    wishes = _mine(request, pk)
    form = _form_of(wishes)(request.POST)
    if not form.is_valid():
        return _page(request, wishes, status=422, form=form)
    WishList.objects.filter(pk=wishes.pk).update(**form.cleaned_data)
    messages.success(request, _("The list is changed."))
    return _to(wishes)


@require_POST
@login_required
@throttle("list-share", limit=60, seconds=3600)
def share_it(request: HttpRequest, pk: int) -> HttpResponse:
    """Share a list by a link, give it another link, or withdraw it."""
    wishes = _mine(request, pk)
    if request.POST.get("act") == "withdraw":
        withdraw_link(wishes=wishes)
        messages.success(request, _("The list is private again; its link leads nowhere now."))
    else:
        share(wishes=wishes)
        messages.success(request, _("The list has a new link; send it to whom you like."))
    return _to(wishes)


@require_POST
@login_required
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a list with what is on it."""
    try:
        remove_list(wishes=_mine(request, pk))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("The list is gone."))
    return redirect("account:lists")


@require_POST
@login_required
def wish(request: HttpRequest, pk: int) -> HttpResponse:
    """A wish's note, its number, its list."""
    mine = _my_wish(request, pk)
    lists = own_lists(request.user)
    form = WishForm(request.POST, wish=mine, lists=lists)
    if not form.is_valid():
        messages.error(request, " ".join(str(word) for words in form.errors.values() for word in words))
        return _to(mine.wishlist)
    typed = form.cleaned_data
    target = form.target if len(lists) > 1 else mine.wishlist
    try:
        change_wish(wish=mine, note=typed["note"], quantity=typed["quantity"], to=target)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("It is changed."))
    return _to(mine.wishlist)


@require_POST
@login_required
def take_off(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a work off one's own list."""
    mine = _my_wish(request, pk)
    Line.objects.filter(pk=mine.pk).delete()
    messages.success(request, _("It is no longer kept."))
    return _to(mine.wishlist)


@require_POST
@login_required
def to_basket(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a work of one's own list into the basket; what a rule refuses is said, and the work stays on its list."""
    mine = _my_wish(request, pk)
    work = mine.product
    if work is None or not work.is_public:
        messages.error(request, _("The market does not show this work any more."))
        return _to(mine.wishlist)
    try:
        wish_to_basket(basket=request.basket, work=work)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return _to(mine.wishlist)
    if mine.wishlist.is_kept:
        Line.objects.filter(pk=mine.pk).delete()
    messages.success(request, _("“%(work)s” is in your basket.") % {"work": work.name})
    return redirect("basket:summary")
