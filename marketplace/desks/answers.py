"""What a page says when a rule refused what a form asked for: the sentence, why, what can be done now; the form as it was sent."""

from typing import Any

from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from catalogue.models import Product
from marketplace.bazaars.models import Venue
from marketplace.core.refusals import Refused, refused_of
from marketplace.desks.mending import mending_of, steps_for


def _told(refused: Refused, about: Product | None) -> dict[str, Any]:
    reason = str((refused.params or {}).get("reason", ""))
    mending = mending_of(refused.code or "", reason)
    return {
        "sentence": " ".join(refused.messages),
        "mending": mending,
        "steps": steps_for(mending, about),
        "work": about,
        "place": refused.place if isinstance(refused.place, Venue) else None,
    }


def refused_page(
    request: HttpRequest,
    error: ValidationError,
    *,
    form: Form,
    form_template: str,
    context: dict[str, Any],
    about: Product | None = None,
) -> HttpResponse:
    """The page of a refusal (422), with the form below it, filled in as it was sent.

    `about` is the work, when it is listed already. For a mistake that is no rule's refusal the form alone is shown, with the
    sentence on it.
    """
    form.add_error(None, error)
    refused = refused_of(error)
    told = _told(refused, about) if refused else None
    return render(
        request,
        "desks/refusal.html",
        context | {"form": form, "refused": told, "form_template": form_template},
        status=422,
    )
