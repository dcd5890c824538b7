"""What the market knows of its reader: the file of it, and the end of the account."""

import json

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from marketplace.account.closing import close_account, require_closable
from marketplace.account.forms import PasswordForm
from marketplace.account.personal import export_of
from marketplace.core.throttle import throttle


@never_cache
@require_safe
@login_required
def show(request: HttpRequest) -> HttpResponse:
    """The file, and the way to close the account, with what stands in its way."""
    return _page(request, PasswordForm(user=request.user), status=200)


def _page(request: HttpRequest, form: PasswordForm, status: int) -> HttpResponse:
    try:
        require_closable(request.user)
        stands_in_the_way = ""
    except ValidationError as error:
        stands_in_the_way = " ".join(error.messages)
    return render(request, "account/data.html", {"form": form, "in_the_way": stands_in_the_way}, status=status)


@never_cache
@require_safe
@login_required
def download(request: HttpRequest) -> HttpResponse:
    """Everything kept of the reader, as JSON."""
    text = json.dumps(export_of(request.user), ensure_ascii=False, indent=2)
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="my-data.json"'
    return response


@never_cache
@require_POST
@login_required
@sensitive_post_parameters("password")
@throttle("close-account", limit=10, seconds=600)
def close(request: HttpRequest) -> HttpResponse:
    """Close one's account for good; the password confirms it."""
    form = PasswordForm(request.POST, user=request.user)
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        close_account(user=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("account:data")
    logout(request)
    messages.success(request, _("Your account is closed. What was yours is gone; orders stay without your name."))
    return redirect("shop:home")
