"""A person's saved searches: list, save, change, remove. Another person's is not found."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marketplace.saved.forms import SavedSearchForm
from marketplace.saved.models import SavedSearch
from marketplace.saved.services import canonical, change_search, save_search
from marketplace.shop.address import Address, read_address
from marketplace.shop.facets import readable


def _mine(request: HttpRequest, pk: int) -> SavedSearch:
    return get_object_or_404(SavedSearch, pk=pk, user=request.user)


@never_cache
@require_safe
@login_required
def every(request: HttpRequest) -> HttpResponse:
    """One's searches, the newest first."""
    return render(request, "saved/searches.html", {"searches": request.user.saved_searches.order_by("-pk")})


@never_cache
@require_http_methods(["GET", "POST"])
@login_required
def save(request: HttpRequest) -> HttpResponse:
    """Save the search of this page's own query, under a name that says what it looks for."""
    address = read_address(request.GET)
    typed = request.POST if request.method == "POST" else None
    form = SavedSearchForm(typed, initial={"name": _name_of(address), "often": SavedSearch.Often.DAILY})
    if typed is not None and form.is_valid():
        try:
            save_search(user=request.user, address=address, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The search is saved."))
            return redirect("saved:searches")
    status = 422 if form.errors else 200
    return render(request, "saved/search.html", {"form": form, "back": f"?{canonical(address)}"}, status=status)


@never_cache
@require_http_methods(["GET", "POST"])
@login_required
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Another name, or another turn."""
    search = _mine(request, pk)
    typed = request.POST if request.method == "POST" else None
    form = SavedSearchForm(typed, initial={"name": search.name, "often": search.often})
    if typed is not None and form.is_valid():
        change_search(search=search, **form.cleaned_data)
        messages.success(request, _("The search is saved."))
        return redirect("saved:searches")
    status = 422 if form.errors else 200
    return render(request, "saved/search.html", {"form": form, "search": search}, status=status)


@require_POST
@login_required
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget a search."""
    _mine(request, pk).delete()
    messages.success(request, _("The search is gone."))
    return redirect("saved:searches")


def _name_of(address: Address) -> str:
    """What a search looks for, in the reader's words: «گلیم · کرمان»."""
    _facets, chips = readable({}, address)
    return " · ".join(filter(None, [address.text, *(chip.label for chip in chips)]))[:80]
