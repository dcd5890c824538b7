"""A step with consequences: what it would do is shown on a page of its own, and done when that is confirmed."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from marketplace.desks.officer.forms import say
from marketplace.desks.officer.rehearsal import Foreseen, counted, rehearse

_NOT_OF_THE_FORM = {"csrfmiddlewaretoken", "confirmed"}


def confirmed(
    request: HttpRequest,
    form: forms.Form,
    act: Callable[[], Any],
    *,
    heading: str,
    lines: Iterable[str] | Callable[[Foreseen], Iterable[str]],
    back: str,
) -> Foreseen | HttpResponse | None:
    """What was done, once it is confirmed; before that the page that asks; None when the form has an error to show.

    `lines`: sentences of what will happen, beside the offers that will be withdrawn.
    """
    if "confirmed" not in request.POST:
        seen = rehearse(act)
        if seen.error is None:
            return _page(request, seen, heading, lines(seen) if callable(lines) else lines, back)
        say(form, seen.error)
        return None
    try:
        return counted(act)
    except ValidationError as error:
        say(form, error)
        return None


def _page(request: HttpRequest, seen: Foreseen, heading: str, lines: Iterable[str], back: str) -> HttpResponse:
    sent = [(name, value) for name, values in request.POST.lists() for value in values if name not in _NOT_OF_THE_FORM]
    context = {
        "heading": heading,
        "lines": list(lines),
        "withdrawn": seen.withdrawn,
        "sent": sent,
        "back": back,
    }
    return render(request, "desks/officer/confirm.html", context)
