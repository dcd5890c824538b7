"""A host's visits: who comes, who is here, and what does not take place."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marketplace.bookings.models import Booking, Session
from marketplace.bookings.plans import visits_of
from marketplace.bookings.services import cancel_session, check_in
from marketplace.bookings.words import shown
from marketplace.core.throttle import throttle
from marketplace.desks import visits
from marketplace.desks.access import for_maker
from marketplace.desks.forms.visits import CallOffForm, DoorForm
from marketplace.makers.models import Maker

PAST = 10


@require_safe
@for_maker
def every(request: HttpRequest, maker: Maker) -> HttpResponse:
    """The host's sessions, and the field that lets visitors in."""
    return _list(request, maker, DoorForm(), status=200)


def _list(request: HttpRequest, maker: Maker, form: DoorForm, *, status: int) -> HttpResponse:
    context = {
        "coming": visits.coming(maker),
        "past": visits.past(maker, PAST),
        "plans": visits_of(maker),
        "form": form,
    }
    return render(request, "desks/visits.html", context, status=status)


@require_safe
@for_maker
def show(request: HttpRequest, maker: Maker, pk: int) -> HttpResponse:
    """One session with its visitors. 404 for another host's."""
    session = get_object_or_404(visits.with_guests(maker), pk=pk)
    context = {"session": session, "form": DoorForm(), "may_change": visits.may_change(session)}
    return render(request, "desks/visit.html", context)


@throttle("door", limit=300, seconds=3600)
@require_POST
@for_maker
def let_in(request: HttpRequest, maker: Maker) -> HttpResponse:
    """Check a booking in by the code that was typed or scanned."""
    form = DoorForm(request.POST)
    try:
        found = check_in(
            code=_code_in(request.POST.get("code", "")), sessions=visits.sessions_of(maker), by=_by(request)
        )
    except ValidationError as error:
        form.is_valid()
        form.add_error(None, error)
        return _list(request, maker, form, status=422)
    words = {"name": found.name, "people": shown(found.party)}
    messages.success(request, _("%(name)s is checked in, with %(people)s people in all.") % words)
    return redirect("desks:visit", found.session_id)


def _code_in(typed: str) -> str:
    """The code itself, where a scanner gave the whole address that a QR holds."""
    return typed.strip().rstrip("/").rpartition("/")[2]


def _by(request: HttpRequest):
    return request.user if request.user.is_authenticated else None


@require_safe
@for_maker
def door(request: HttpRequest, maker: Maker, code: str) -> HttpResponse:
    """Where a scanned QR leads the host: who it is, and the button that lets them in. 404 for another host's visitor."""
    own = Booking.objects.filter(session__in=visits.sessions_of(maker)).select_related("session")
    booking = get_object_or_404(own, code=code)
    return render(request, "desks/visit_door.html", {"booking": booking, "session": booking.session})


@require_http_methods(["GET", "HEAD", "POST"])
@for_maker
def call_off(request: HttpRequest, maker: Maker, pk: int) -> HttpResponse:
    """Cancel a session: every visitor is told why, and paid back. 404 for another host's."""
    session: Session = get_object_or_404(visits.with_guests(maker), pk=pk)
    posted = (request.POST,) if request.method == "POST" else ()
    form = CallOffForm(*posted)
    if posted and form.is_valid():
        try:
            told = cancel_session(session=session, reason=form.cleaned_data["reason"], by=_by(request))
        except ValidationError as error:
            form.add_error("reason" if error.code == "reason_required" else None, error)
        else:
            messages.success(request, _("Cancelled; %(number)s bookings were told.") % {"number": shown(told)})
            return redirect("desks:visit", session.pk)
    return render(
        request, "desks/visit_call_off.html", {"session": session, "form": form}, status=422 if posted else 200
    )
