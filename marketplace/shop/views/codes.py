"""In by a code to one's mobile: the mobile, the code, and for who is new a name. Nothing tells who has an account before the code is
right."""

import secrets
import time

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from marketplace.core import codes, known_devices, sign_in_codes
from marketplace.core.models import User
from marketplace.core.throttle import throttle
from marketplace.shop.code_forms import CodeForm, JoinForm, MobileForm
from marketplace.shop.next_page import safe_next

#: What the session keeps between the pages: the mobile, this browser's secret, where to go on, and when the mobile was proved.
KEPT = "sign_in_code"
#: How long a mobile that was proved may wait for its name.
SECONDS_FOR_A_NAME = 1800


@never_cache
@require_http_methods(["GET", "POST"])
@throttle("sign-in-code", limit=20, seconds=3600, field="mobile", known=known_devices.device_for)
def ask(request: HttpRequest) -> HttpResponse:
    """Where a code is asked for. The next page is the same for everybody."""
    leads_to = safe_next(request)
    if request.user.is_authenticated:
        return HttpResponseRedirect(leads_to or reverse("shop:home"))
    kept = request.session.get(KEPT, {})
    form = MobileForm(request.POST or None, initial={"mobile": kept.get("mobile", "")})
    if request.method == "POST" and form.is_valid():
        mobile, browser = form.cleaned_data["mobile"], kept.get("browser") or secrets.token_hex(16)
        try:
            codes.ask_for_code_by_mobile(
                purpose=sign_in_codes.PURPOSE,
                mobile=mobile,
                browser=browser,
                device=known_devices.device_for(request, mobile) or "",
                language=get_language() or "fa",
            )
        except ValidationError as error:
            form.add_error("mobile", error)
        else:
            request.session[KEPT] = {"mobile": mobile, "browser": browser, "next": leads_to}
            return redirect("shop:code-enter")
    context = {"form": form, "next": leads_to}
    return render(request, "shop/code.html", context, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters()
@throttle("enter-code", limit=20, seconds=600, refused_only=True)
def enter(request: HttpRequest) -> HttpResponse:
    """The digits; then in, or to the name of who is new."""
    kept = request.session.get(KEPT)
    if not kept:
        return redirect("shop:code")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user = sign_in_codes.prove_mobile(
                mobile=kept["mobile"], browser=kept["browser"], digits=form.cleaned_data["code"]
            )
        except ValidationError as error:
            form.add_error("code", error)
        else:
            return _in(request, user, kept) if user else _to_the_name(request, kept)
    context = {"form": form, "mobile": kept["mobile"], "minutes": codes.MINUTES, "next": kept["next"]}
    return render(request, "shop/code_enter.html", context, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
@throttle("sign-up", limit=20, seconds=3600)
def join(request: HttpRequest) -> HttpResponse:
    """The name of who has proved a mobile that has no account."""
    kept = request.session.get(KEPT, {})
    if time.time() - kept.get("proved_at", 0) > SECONDS_FOR_A_NAME:
        return redirect("shop:code")
    form = JoinForm(request.POST or None, initial={"language": get_language()})
    if request.method == "POST" and form.is_valid():
        name, language = form.cleaned_data["name"], form.cleaned_data["language"]
        try:
            user = sign_in_codes.open_account(mobile=kept["mobile"], name=name, language=language)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return _in(request, user, kept)
    context = {"form": form, "mobile": kept["mobile"]}
    return render(request, "shop/code_join.html", context, status=422 if form.errors else 200)


def _to_the_name(request: HttpRequest, kept: dict) -> HttpResponse:
    request.session[KEPT] = kept | {"proved_at": time.time()}
    return redirect("shop:code-join")


def _in(request: HttpRequest, user: User, kept: dict) -> HttpResponse:
    """Signed in, on this device from now on, and on to where the person was going."""
    del request.session[KEPT]
    is_first = sign_in_codes.confirm_mobile(user=user)
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    with override(get_language() if kept["next"] else user.language):
        home = reverse("shop:home")
        if is_first and user.has_usable_password():
            messages.warning(
                request,
                _("Your mobile is confirmed. If it was not you who set this account's password, renew it by a code."),
            )
    response = HttpResponseRedirect(kept["next"] or home)
    known_devices.remember(request, response, user)
    return response
