"""The addresses a buyer keeps: list, add, edit, default, remove. Another person's address is not found."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marketplace.account.forms import SavedAddressForm
from marketplace.address.models import UserAddress
from marketplace.address.saved import (
    MOST_ADDRESSES,
    as_typed,
    drop_address,
    make_default,
    save_address,
    saved_addresses,
)
from marketplace.checkout.contact import POSTAL_CODE_DIGITS
from marketplace.places.models import Province


def _mine(request: HttpRequest, pk: int) -> UserAddress:
    return get_object_or_404(UserAddress, pk=pk, user=request.user)


@never_cache
@require_safe
@login_required
def every(request: HttpRequest) -> HttpResponse:
    """One's addresses, the default first."""
    provinces = {one.slug: one for one in Province.objects.all()}
    kept = [(one, as_typed(one), provinces.get(one.state)) for one in saved_addresses(request.user)]
    return render(request, "account/addresses.html", {"addresses": kept})


@never_cache
@require_http_methods(["GET", "POST"])
@login_required
def edit(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Add an address, or change one; a postal code of another length is said and kept."""
    address = _mine(request, pk) if pk else None
    if address is None and saved_addresses(request.user).count() >= MOST_ADDRESSES:
        messages.error(request, _("You keep as many addresses as there is room for. Remove one first."))
        return redirect("account:addresses")
    typed = request.POST if request.method == "POST" else None
    form = SavedAddressForm(typed, initial=as_typed(address) if address else _first_guess(request))
    if typed is not None and form.is_valid():
        save_address(user=request.user, typed=form.cleaned_data, address=address)
        code = form.cleaned_data["postal_code"]
        if code and not (len(code) == POSTAL_CODE_DIGITS and code.isascii() and code.isdigit()):
            messages.warning(request, _("This postal code does not have ten digits; please look at it once more."))
        messages.success(request, _("The address is kept."))
        return redirect("account:addresses")
    status = 422 if form.errors else 200
    return render(request, "account/address.html", {"form": form, "address": address}, status=status)


def _first_guess(request: HttpRequest) -> dict[str, str]:
    return {"name": request.user.get_full_name(), "mobile": request.user.mobile or ""}


@require_POST
@login_required
def default(request: HttpRequest, pk: int) -> HttpResponse:
    """The address that the checkout fills in."""
    make_default(address=_mine(request, pk))
    messages.success(request, _("The checkout fills in this address from now on."))
    return redirect("account:addresses")


@require_POST
@login_required
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget an address; orders keep theirs."""
    drop_address(address=_mine(request, pk))
    messages.success(request, _("The address is gone."))
    return redirect("account:addresses")
