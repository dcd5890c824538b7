"""Forgot your password? A code by SMS or mail, then another password. The pages never tell whether there is an account."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from marketplace.core import codes
from marketplace.core.forgotten import PURPOSE, set_password
from marketplace.core.throttle import throttle
from marketplace.shop.forgotten_forms import ForgottenForm, NewPasswordForm
from marketplace.shop.next_page import safe_next

#: Where the session keeps what was typed, between the two pages.
TYPED = "forgotten"
#: And where the person was going.
NEXT = "forgotten_next"


@never_cache
@require_http_methods(["GET", "POST"])
@throttle("forgotten", limit=20, seconds=3600, field="contact")
def ask(request: HttpRequest) -> HttpResponse:
    """Where a code is asked for. The next page is the same for everybody."""
    form = ForgottenForm(request.POST or None, initial={"contact": request.session.get(TYPED, "")})
    if request.method == "POST" and form.is_valid():
        codes.ask_for_code(purpose=PURPOSE, typed=form.cleaned_data["contact"])
        request.session[TYPED], request.session[NEXT] = form.cleaned_data["contact"], safe_next(request)
        return redirect("shop:new-password")
    context = {"form": form, "next": safe_next(request)}
    return render(request, "shop/forgotten.html", context, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters()
@throttle("new-password", limit=20, seconds=600)
def renew(request: HttpRequest) -> HttpResponse:
    """The code and another password. Who is staff signs in after it as always, with the second factor."""
    typed = request.session.get(TYPED)
    if not typed:
        return redirect("shop:forgotten")
    form = NewPasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _renewed(form, typed):
        del request.session[TYPED]
        messages.success(request, _("Your password is changed. Sign in with the new one."))
        leads_to = request.session.pop(NEXT, "")
        sign_in = reverse("shop:sign-in")
        return HttpResponseRedirect(f"{sign_in}?{urlencode({'next': leads_to})}" if leads_to else sign_in)
    leads_to = request.session.get(NEXT, "")
    context = {"form": form, "typed": typed, "minutes": codes.MINUTES, "next": leads_to}
    return render(request, "shop/new_password.html", context, status=422 if form.errors else 200)


def _renewed(form: NewPasswordForm, typed: str) -> bool:
    """Whether the password was changed; what is wrong stands at its field."""
    try:
        code = codes.code_of(purpose=PURPOSE, typed=typed, digits=form.cleaned_data["code"])
    except ValidationError as error:
        form.add_error("code", error)
        return False
    try:
        set_password(code=code, password=form.cleaned_data["password"])
    except ValidationError as error:
        form.add_error("code" if getattr(error, "code", "") == "code_not_right" else "password", error)
        return False
    return True
