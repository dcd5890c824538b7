"""Sign in, sign up, sign out."""

from functools import wraps

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.views import LoginView, LogoutView, RedirectURLMixin
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView

from marketplace.core import known_devices
from marketplace.core.throttle import throttle
from marketplace.shop.forms import SignInForm, SignUpForm


def password_door(field: str = "username"):
    """For every view that asks for a password: guesses are counted together, by the caller's address and by the name tried, which is
    posted under `field`; a device that the account was opened from before is counted by itself, and remembered when it opens it."""
    counted = throttle("sign-in", limit=20, seconds=300, field=field, refused_only=True, known=known_devices.device_for)

    def around(view):
        guarded = counted(view)

        @wraps(view)
        def door(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            response = guarded(request, *args, **kwargs)
            came_in = request.method == "POST" and 300 <= response.status_code < 400 and request.user.is_authenticated
            if came_in:
                known_devices.remember(request, response, request.user)
            return response

        return door

    return around


@method_decorator(password_door(), name="dispatch")
class SignIn(LoginView):
    """By mobile, mail or username; the backend decides which was typed."""

    template_name = "shop/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def get_default_redirect_url(self) -> str:
        return reverse("shop:home")


class SignOut(LogoutView):
    """POST only."""

    http_method_names = ["post", "options"]

    def get_default_redirect_url(self) -> str:
        return reverse("shop:home")


@method_decorator(
    [throttle("sign-up", limit=20, seconds=3600), sensitive_post_parameters(), never_cache], name="dispatch"
)
class SignUp(RedirectURLMixin, FormView):
    """Opens an account and signs in at once; the market then speaks the language that was chosen."""

    template_name = "shop/sign_up.html"
    form_class = SignUpForm

    def dispatch(self, request, *args, **kwargs) -> HttpResponse:
        if request.user.is_authenticated:
            return redirect("shop:home")
        return super().dispatch(request, *args, **kwargs)

    def get_initial(self) -> dict:
        return {"language": self.request.LANGUAGE_CODE}

    def get_context_data(self, **kwargs) -> dict:
        return super().get_context_data(**kwargs) | {"next": self.get_redirect_url()}

    def form_valid(self, form: SignUpForm) -> HttpResponse:
        try:
            user = form.save()
        except IntegrityError:  # the same number, sent twice at once
            form.add_error("contact", form.taken())
            return self.form_invalid(form)
        login(self.request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
        with override(user.language):
            home = reverse("shop:home")
        response = HttpResponseRedirect(self.get_redirect_url() or home)
        known_devices.remember(self.request, response, user)
        return response
