"""Booking a place, paying for it, and the booking's own page: the same for visits, events and courses."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.models import Page

from cms.visits.forms import BookForm, FindBookingForm
from marketplace.bookings import rules
from marketplace.bookings.models import Booking, Session
from marketplace.bookings.paying import send_to_gateway
from marketplace.bookings.receipt import receipt_pdf
from marketplace.bookings.recurrence import holiday_on
from marketplace.bookings.services import book, keep_in_room
from marketplace.bookings.services import cancel as cancel_booking
from marketplace.checkout.views import callback_url
from marketplace.checkout.ways_to_pay import choice_of
from marketplace.core.clock import TEHRAN, now
from marketplace.core.numbers import typed_number
from marketplace.core.persian import to_latin_digits
from marketplace.core.throttle import throttle
from marketplace.payments.gateways.base import GatewayDown, GatewayRefused

State = Booking.State
#: Key of the session: numbers of bookings that this reader made or found.
NUMBERS, MOST_NUMBERS = "bookings", 20


def page_of(session: Session, language: str) -> Page | None:
    """The live page that a session is of, in a language; one query."""
    found = Page.objects.live().public().filter(translation_key=session.subject, locale__language_code=language)
    return found.first()


def _crumbs(session: Session, page: Page | None, last: str) -> list[tuple[str, str]]:
    middle = [(page.title, page.get_url() or "")] if page else [(session.title, "")]
    return [(session.city.name, session.city.get_absolute_url()), *middle, (last, "")]


def _about(request: HttpRequest, session: Session, last: str) -> dict:
    page = page_of(session, request.LANGUAGE_CODE)
    day = session.starts_at.astimezone(TEHRAN).date()
    return {
        "session": session,
        "page": page,
        "crumbs": _crumbs(session, page, last),
        "holiday": holiday_on(day, language=request.LANGUAGE_CODE),
        "last_moment": rules.last_moment_to_cancel(session),
    }


def _first_guess(request: HttpRequest) -> dict[str, str]:
    user = request.user
    if not user.is_authenticated:
        return {}
    return {"name": user.get_full_name(), "mobile": user.mobile or "", "email": user.email}


@never_cache
@throttle("book", limit=20, seconds=3600)
@require_http_methods(["GET", "HEAD", "POST"])
def session(request: HttpRequest, pk: int) -> HttpResponse:
    """One date with its free places, and the form that books them; an error keeps what was typed."""
    found = get_object_or_404(Session.objects.select_related("city", "maker"), pk=pk)
    posted = request.method == "POST"
    form = BookForm(request.POST) if posted else BookForm(initial=_first_guess(request), most=found.free_places)
    if posted and form.is_valid():
        user = request.user if request.user.is_authenticated else None
        try:
            made = book(session=found, user=user, language=request.LANGUAGE_CODE[:2], **form.cleaned_data)
        except ValidationError as error:
            found.refresh_from_db()
            form.add_error(None, error)
        else:
            _remember(request, made.number)
            return redirect(made)
    context = _about(request, found, _("Booking")) | {"form": form}
    return render(request, "bookings/session.html", context, status=422 if posted else 200)


def _remember(request: HttpRequest, number: str) -> None:
    others = [kept for kept in request.session.get(NUMBERS, []) if kept != number]
    request.session[NUMBERS] = [*others, number][-MOST_NUMBERS:]


def _mine(request: HttpRequest, number: str) -> Booking | None:
    """The booking, for its owner and for the session that made or found it; a number alone opens nothing."""
    found = Booking.objects.select_related("session__city", "session__maker", "payment").filter(number=number).first()
    if found is None:
        return None
    is_owner = request.user.is_authenticated and found.user_id == request.user.pk
    return found if is_owner or number in request.session.get(NUMBERS, []) else None


@never_cache
@require_safe
def booking(request: HttpRequest, number: str) -> HttpResponse:
    """What was booked, its QR, and the ways to pay or to cancel. 404 for what stands in another account."""
    found = _mine(request, number)
    if found is None:
        if request.user.is_authenticated and not Booking.objects.filter(number=number, user__isnull=True).exists():
            raise Http404
        return redirect("bookings:find")
    context = _about(request, found.session, _("Booking")) | {
        "booking": found,
        "may_cancel": _allowed(rules.require_cancellable, found.session, found.state, at=now()),
        "may_keep": request.user.is_authenticated and found.user_id is None,
        "may_pay": _allowed(rules.require_payable, found.state, found.held_until, at=now()),
        "ways_to_pay": choice_of(request, found.amount_rial).shown if found.state == State.HELD else [],
        "check_in_address": settings.SITE_URL + reverse("desks:visit-door", args=[found.code]),
    }
    return render(request, "bookings/booking.html", context)


def _allowed(rule, *args, **facts) -> bool:
    try:
        rule(*args, **facts)
    except ValidationError:
        return False
    return True


@require_POST
def pay(request: HttpRequest, number: str) -> HttpResponse:
    """Send the visitor to pay; what goes wrong is said on the booking's page, whose places stay held until their time."""
    found = _mine(request, number)
    if found is None:
        raise Http404
    try:
        answer = send_to_gateway(
            booking=found, callback_url=callback_url(request), way=request.POST.get("way", "")[:40]
        )
    except GatewayDown:
        messages.error(request, _("The payment gateway does not answer. Nothing was taken; try again in a minute."))
    except GatewayRefused as error:
        generic = _("The payment gateway did not accept this payment (code %(code)s). Nothing was taken.")
        messages.error(request, error.sentence or generic % {"code": error.code})
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        return redirect(answer.url)
    return redirect(found)


@require_POST
def cancel(request: HttpRequest, number: str) -> HttpResponse:
    """The visitor gives the places back."""
    found = _mine(request, number)
    if found is None:
        raise Http404
    try:
        cancel_booking(booking=found, by=request.user if request.user.is_authenticated else None)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Your booking is cancelled."))
    return redirect(found)


@never_cache
@require_safe
def receipt(request: HttpRequest, number: str) -> HttpResponse:
    """The receipt as PDF, in the language of the page, of what was paid for."""
    found = _mine(request, number)
    if found is None or found.payment is None:
        raise Http404
    content = receipt_pdf(found, found.payment, language=request.LANGUAGE_CODE[:2])
    name = f'inline; filename="{found.number}.pdf"'
    return HttpResponse(content, content_type="application/pdf", headers={"Content-Disposition": name})


@require_POST
@login_required
def keep(request: HttpRequest, number: str) -> HttpResponse:
    """A guest's booking, opened by its number and mobile, is put into the signed-in visitor's own room."""
    found = _mine(request, number)
    if found is None:
        raise Http404
    try:
        keep_in_room(booking=found, user=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("This booking stands in your room now."))
    return redirect(found)


@never_cache
@throttle("find-booking", limit=20, seconds=600)
@require_http_methods(["GET", "HEAD", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """A guest finds a booking by its number and the mobile given with it."""
    form = FindBookingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        number = typed_number(to_latin_digits(form.cleaned_data["number"]))
        found = Booking.objects.filter(number=number, mobile=form.cleaned_data["mobile"]).first()
        if found is not None:
            _remember(request, number)
            return redirect(found)
        form.add_error(None, ValidationError(_("No booking has this number and this mobile."), code="no_booking"))
    return render(request, "bookings/find.html", {"form": form}, status=422 if form.errors else 200)
