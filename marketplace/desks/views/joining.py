"""A maker's joining: the checklist, its steps, and sending it. Each step is kept by itself."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from marketplace.desks.access import for_maker
from marketplace.desks.forms.joining import FORMS
from marketplace.joining.rules import require_editable_joining
from marketplace.joining.services import send
from marketplace.joining.steps import Step, joining_of, steps_of
from marketplace.makers.models import Maker


@require_http_methods(["GET", "HEAD", "POST"])
@for_maker
def checklist(request: HttpRequest, maker: Maker) -> HttpResponse:
    """Every step with what it lacks; a POST sends the whole to the officers."""
    if maker.has_joined:
        return redirect("desks:home")
    if request.method != "POST":
        return _checklist(request, maker)
    try:
        send(maker=maker, by=request.user)
    except ValidationError as error:
        maker.refresh_from_db(fields=["state", "state_because"])
        return _checklist(request, maker, error=error, status=422)
    messages.success(request, _("Your joining was sent. An officer looks at it; you get a message."))
    return redirect("desks:join")


def _checklist(
    request: HttpRequest, maker: Maker, *, error: ValidationError | None = None, status: int = 200
) -> HttpResponse:
    joining = joining_of(maker)
    steps = steps_of(maker, joining)
    context = {
        "maker": maker,
        "joining": joining,
        "steps": steps,
        "done": sum(step.is_done for step in steps),
        "can_edit": _is_editable(maker),
        "errors": error.messages if error else [],
        "mobile_asked": request.user.mobile_verified_at is None,
    }
    return render(request, "desks/join/checklist.html", context, status=status)


def _is_editable(maker: Maker) -> bool:
    try:
        require_editable_joining(maker)
    except ValidationError:
        return False
    return True


@require_http_methods(["GET", "HEAD", "POST"])
@for_maker
def step(request: HttpRequest, maker: Maker, name: str) -> HttpResponse:
    """One step; what was typed stays when something is wrong. 404 for a step that is none."""
    if name not in FORMS:
        raise Http404
    if not _is_editable(maker):
        messages.info(request, _("Your joining was sent; its steps can be changed only when it is returned."))
        return redirect("desks:join" if not maker.has_joined else "desks:home")
    joining = joining_of(maker)
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = FORMS[name](*posted, maker=maker, joining=joining, user=request.user)
    if posted and form.is_valid():
        try:
            form.keep()
        except ValidationError as error:
            field = {"code_taken": "code", "bad_iban": "iban"}.get(getattr(error, "code", None) or "")
            form.add_error(field if field in form.fields else None, error)
        else:
            messages.success(request, _("“%(step)s” is kept.") % {"step": Step(name).label})
            return redirect("desks:join")
    context = {
        "maker": maker,
        "joining": joining,
        "form": form,
        "step": Step(name),
        "reason": joining.returned.get(name, ""),
    }
    return render(request, "desks/join/step.html", context, status=422 if posted else 200)
