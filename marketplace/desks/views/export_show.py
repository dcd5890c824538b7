"""The page of one consignment, which every step comes back to."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import override

from marketplace.desks.access import maker_of
from marketplace.desks.countries import country_name
from marketplace.desks.forms.base import reader_language
from marketplace.export.models import Consignment, Exporter
from marketplace.export.queries import collections_of, lines_of, maker_of_line
from marketplace.export.rules import NEXT

State = Consignment.State


def own(exporter: Exporter, number: str) -> Consignment:
    """A consignment of this exporter; 404 for another's."""
    mine = Consignment.objects.filter(exporter=exporter).select_related("exporter__user", "carrier")
    return get_object_or_404(mine, number=number)


def page_of(request: HttpRequest, consignment: Consignment) -> dict[str, Any]:
    """What every page of a consignment shows."""
    return {"maker": maker_of(request.user), "consignment": consignment}


def show_page(request: HttpRequest, consignment: Consignment, refused: ValidationError | None = None) -> HttpResponse:
    """The page, with what a step was refused for."""
    lines = lines_of(consignment)
    context = {
        **page_of(request, consignment),
        "lines": [(line, maker_of_line(line)) for line in lines],
        "goods_minor": sum(line.total_minor for line in lines),
        "total_minor": sum(line.total_minor for line in lines)
        + consignment.freight_minor
        + consignment.insurance_minor,
        "collections": collections_of(consignment),
        "steps": consignment.steps.select_related("by").order_by("pk"),
        "country": country_name(consignment.buyer_country, reader_language()),
        "proforma": proforma_address(consignment),
        "may": may(consignment),
        "refused": refused.messages if refused else [],
    }
    return render(request, "desks/export/show.html", context, status=422 if refused else 200)


def may(consignment: Consignment) -> set[str]:
    """States that may follow, by name; what a buyer asked for is offered first."""
    found = {str(state) for state in NEXT.get(consignment.state, ())}
    if consignment.state == State.DRAFT:
        asked = consignment.origin == Consignment.Origin.REQUEST
        found.discard(State.COLLECTING if asked else State.OFFERED)
    return found


def proforma_address(consignment: Consignment) -> str:
    """The English page of the proforma, whole; buyers abroad open it."""
    with override("en"):
        return settings.SITE_URL + reverse("shop:proforma", args=[consignment.key])
