"""The label's pages: what stands behind a code, activation, a doubt, and the way of a title to its next owner."""

import io
import secrets
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import translate_url
from django.utils.translation import get_language, get_language_from_path, get_language_from_request
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from authenticity.codes import in_groups, read_code
from authenticity.doubts import report_doubt
from authenticity.models import Passport, Scan
from authenticity.passports import State, accept_title, activate, hashed_place, looked, offer_title
from authenticity.verification import NOWHERE, Found, find
from marketplace.core.clock import today
from marketplace.core.throttle import too_many
from marketplace.shop.verify_forms import ActivateForm, CodeForm, DoubtForm
from marketplace.ui.cards import picture_of, words_for

#: Looks and tries in a minute from one address; nobody reads labels faster, and guessing is hopeless.
LOOKS_A_MINUTE = 30
ACTIVATIONS_AN_HOUR = 10
DOUBTS_AN_HOUR = 10
#: How a browser names a scan, a typed address, or another site's link.
FROM_OUTSIDE = {"none", "cross-site"}
DEVICE_COOKIE, DEVICE_DAYS = "looker", 400


def throttled(view):
    """The thirty-first look in a minute from one address gets 429, before any code is read."""

    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if too_many("verify", request.META.get("REMOTE_ADDR", ""), limit=LOOKS_A_MINUTE, seconds=60):
            if _wants_json(request):
                response: HttpResponse = JsonResponse({"detail": "too many requests"}, status=429)
            else:
                response = render(request, "verify/slow.html", status=429)
            response["Retry-After"] = "60"
            return response
        return view(request, *args, **kwargs)

    return guarded


def in_the_readers_language(view):
    """A scanned label's address names no language: who comes from outside is sent to the page in their own.

    A link of ours is obeyed as it is (`Sec-Fetch-Site` tells it from a scan), so the other language stays one press away.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        own = get_language_from_request(request)
        if (
            request.method == "GET"
            and request.headers.get("Sec-Fetch-Site") in FROM_OUTSIDE
            and not get_language_from_path(request.path_info)
            and own != get_language()
            and not _wants_json(request)
        ):
            response: HttpResponse = redirect(translate_url(request.get_full_path(), own))
            response["Vary"] = "Accept-Language, Cookie, Sec-Fetch-Site"
            return response
        return view(request, *args, **kwargs)

    return guarded


def _wants_json(request: HttpRequest) -> bool:
    best = request.get_preferred_type(["text/html", "application/json"])
    return request.GET.get("format") == "json" or best == "application/json"


@never_cache
@throttled
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Type a code, or show the label to the camera."""
    form = CodeForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        return redirect("shop:verify", form.cleaned_data["code"])
    return render(request, "verify/ask.html", {"form": form}, status=422 if form.errors else 200)


@never_cache
@in_the_readers_language
@throttled
@require_http_methods(["GET", "HEAD"])
def show(request: HttpRequest, code: str) -> HttpResponse:
    """What stands behind a code, as a page or as JSON. A code that no label has, and one that cannot be one, look the same."""
    found = find(read_code(code), on=today())
    device = request.COOKIES.get(DEVICE_COOKIE, "")[:16] or secrets.token_hex(8)
    if found.passport is not None and request.method == "GET":
        looked(passport=found.passport, place=hashed_place(request.META.get("REMOTE_ADDR", "")), device=device)
    status = 404 if found.passport is None else 200
    if _wants_json(request):
        response: HttpResponse = JsonResponse(_as_json(found), status=status, json_dumps_params={"ensure_ascii": False})
    else:
        response = _page(request, found, status=status)
    response.set_cookie(
        DEVICE_COOKIE, device, max_age=DEVICE_DAYS * 86_400, httponly=True, samesite="Lax", secure=request.is_secure()
    )
    return response


@never_cache
@throttled
@require_safe
def digital_link(request: HttpRequest, gtin: str, serial: str) -> HttpResponse:
    """The GS1 form of a label's address: on to its page where the code beside it fits, else to where one types it."""
    code = read_code(request.get_full_path())
    fits = Passport.objects.filter(code=code or NOWHERE, gtin=gtin.zfill(14), serial=serial).exists()
    return redirect("shop:verify", code) if fits else redirect("shop:verify-ask")


def _page(request: HttpRequest, found: Found, *, status: int, form: ActivateForm | None = None) -> HttpResponse:
    passport = found.passport
    context = {
        "found": found,
        "state": found.state.value,
        "passport": passport,
        "work": passport.work if passport else None,
        "asked": request.resolver_match.kwargs.get("code", "")[:120] if request.resolver_match else "",
        "code": in_groups(passport.code) if passport else "",
        "picture": picture_of(found.picture, title=words_for(passport.work)) if passport else None,
        "may_activate": found.state is State.NOT_ACTIVATED,
        "is_mine": bool(passport and passport.owner_id and passport.owner_id == request.user.pk),
        "form": form or ActivateForm(),
    }
    return render(request, "verify/show.html", context, status=status)


def _as_json(found: Found) -> dict:
    """The page's facts; names in both languages, days in ISO form."""
    passport = found.passport
    if passport is None:
        return {"state": found.state.value}
    work = passport.work
    both = lambda thing: {"fa": thing.name_fa, "en": thing.name_en} if thing else None  # noqa: E731
    return {
        "state": found.state.value,
        "serial": passport.serial,
        "gtin": passport.gtin or None,
        "work": {"fa": work.title_fa, "en": work.title_en or work.title_fa},
        "maker": both(passport.maker),
        "city": both(work.craft_city),
        "craft": both(work.craft),
        "pieces": passport.pieces,
        "seals": [
            {"scheme": both(grant.scheme), "valid_until": grant.valid_until.isoformat()} for grant in found.seals
        ],
        "issued_on": passport.issued_on.isoformat(),
        "activated_on": passport.activated_at.date().isoformat() if passport.activated_at else None,
        "times_seen": found.times_seen,
        "first_seen": found.first_seen.date().isoformat() if found.first_seen else None,
        "is_demo": passport.is_demo,
    }


@never_cache
@throttled
@require_POST
def activation(request: HttpRequest, code: str) -> HttpResponse:
    """The buyer's act. A wrong word is told, and counted: ten tries an hour for one label."""
    found = find(read_code(code), on=today())
    form = ActivateForm(request.POST)
    if found.passport is None or not form.is_valid():
        return _page(request, found, status=404 if found.passport is None else 422, form=form)
    if too_many("activate", found.passport.code, limit=ACTIVATIONS_AN_HOUR, seconds=3600):
        return render(request, "verify/slow.html", status=429)
    try:
        activate(
            passport=found.passport,
            scratch=form.cleaned_data["scratch"],
            place=hashed_place(request.META.get("REMOTE_ADDR", "")),
            device=request.COOKIES.get(DEVICE_COOKIE, "")[:16],
            by=request.user,
        )
    except ValidationError as error:
        _keep_refusal(request, found.passport, error)
        form.add_error(None, error)
        return _page(request, find(found.passport.code, on=today()), status=422, form=form)
    return redirect("shop:verify", found.passport.code)


def _keep_refusal(request: HttpRequest, passport: Passport, error: ValidationError) -> None:
    """A wrong word is kept like a look: several people's may speak for copies of the label."""
    if error.code in ("wrong_scratch", "activated_before"):
        place = hashed_place(request.META.get("REMOTE_ADDR", ""))
        device = request.COOKIES.get(DEVICE_COOKIE, "")[:16]
        looked(passport=passport, place=place, device=device, kind=Scan.Kind.TRIED)


@never_cache
@throttled
@require_http_methods(["GET", "HEAD", "POST"])
def doubt(request: HttpRequest, code: str) -> HttpResponse:
    """Report a doubt, with a photo; any code can be doubted, also one that no label has."""
    form = DoubtForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        if too_many("doubt", request.META.get("REMOTE_ADDR", ""), limit=DOUBTS_AN_HOUR, seconds=3600):
            return render(request, "verify/slow.html", status=429)
        report_doubt(
            code=code,
            text=form.cleaned_data["text"],
            contact=form.cleaned_data["contact"],
            photo=_as_webp(form.cleaned_data["photo"]),
        )
        return render(request, "verify/thanks.html", {"code": code[:120]})
    return render(request, "verify/doubt.html", {"form": form, "code": code[:120]}, status=422 if form.errors else 200)


def _as_webp(photo: Any) -> bytes | None:
    if photo is None:
        return None
    encoded = io.BytesIO()
    photo.thumbnail((2000, 2000))
    photo.save(encoded, "WEBP", quality=80)
    return encoded.getvalue()


@never_cache
@require_POST
@login_required
def pass_on(request: HttpRequest, code: str) -> HttpResponse:
    """The owner asks for a link that gives the title to whoever opens it signed in. 404 for all others."""
    passport = Passport.objects.select_related("work").filter(code=read_code(code), owner=request.user).first()
    if passport is None:
        return _page(request, find("", on=today()), status=404)
    try:
        _transfer, secret = offer_title(passport=passport, by=request.user)
    except ValidationError as error:
        return render(request, "verify/title.html", {"passport": passport, "error": error.messages[0]}, status=422)
    link = request.build_absolute_uri(f"../title/{secret}")
    return render(request, "verify/pass_on.html", {"passport": passport, "link": link})


@never_cache
@throttled
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def title(request: HttpRequest, secret: str) -> HttpResponse:
    """The taker's side: nothing moves until they say yes."""
    if request.method != "POST":
        return render(request, "verify/title.html", {"secret": secret})
    try:
        passport = accept_title(secret=secret, by=request.user)
    except ValidationError as error:
        return render(request, "verify/title.html", {"secret": secret, "error": error.messages[0]}, status=422)
    return redirect("shop:verify", passport.code)
