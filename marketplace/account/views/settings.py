"""Name, ways to sign in, language, money unit, password, and the end of other sessions."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.contrib.auth.forms import PasswordChangeForm
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from marketplace.account.forms import PasswordForm, SettingsForm
from marketplace.core.models import User
from marketplace.core.throttle import throttle
from marketplace.ui.preferences import CURRENCY_COOKIE
from marketplace.ui.views import YEAR_SECONDS


def _known(user: User) -> dict:
    columns = ("email", "mobile", "language", "currency_unit")
    return {"name": user.get_full_name(), **{column: getattr(user, column) for column in columns}}


@never_cache
@require_http_methods(["GET", "POST"])
@login_required
@sensitive_post_parameters("password")
@throttle("settings", limit=20, seconds=600)
def show(request: HttpRequest) -> HttpResponse:
    """One's settings; the next page speaks the language chosen, in the unit chosen."""
    user = User.objects.get(pk=request.user.pk)
    form = SettingsForm(request.POST or None, user=user, initial=_known(user))
    if request.method == "POST" and form.is_valid() and _stored(form):
        with override(user.language):
            messages.success(request, _("Your settings are kept."))
            response = redirect(reverse("account:settings"))
        unit = user.currency_unit
        response.set_cookie(CURRENCY_COOKIE, unit, max_age=YEAR_SECONDS, samesite="Lax", secure=request.is_secure())
        return response
    return render(request, "account/settings.html", {"form": form}, status=422 if form.errors else 200)


def _stored(form: SettingsForm) -> bool:
    try:
        with transaction.atomic():
            form.save()
    except IntegrityError:  # the same number, taken by another in the same moment
        form.add_error("mobile", form.taken())
        return False
    return True


@never_cache
@require_http_methods(["GET", "POST"])
@login_required
@sensitive_post_parameters()
@throttle("password", limit=20, seconds=600)
def password(request: HttpRequest) -> HttpResponse:
    """Another password; every other session ends."""
    form = PasswordChangeForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        update_session_auth_hash(request, form.save())
        messages.success(request, _("Your password is changed, and your other devices are signed out."))
        return redirect("account:settings")
    return _confirm(request, form, _("Change my password"))


@never_cache
@require_http_methods(["GET", "POST"])
@login_required
@sensitive_post_parameters("password")
@throttle("password", limit=20, seconds=600)
def end_others(request: HttpRequest) -> HttpResponse:
    """Sign out everywhere else. Sessions hold to the stored hash of the password: the same password, hashed anew, ends them."""
    form = PasswordForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        user = User.objects.get(pk=request.user.pk)
        user.set_password(form.cleaned_data["password"])
        user.save(update_fields=["password"])
        update_session_auth_hash(request, user)
        messages.success(request, _("Your other devices are signed out."))
        return redirect("account:settings")
    return _confirm(request, form, _("Sign out my other devices"))


def _confirm(request: HttpRequest, form, title: str) -> HttpResponse:
    return render(request, "account/confirm.html", {"form": form, "title": title}, status=422 if form.errors else 200)
