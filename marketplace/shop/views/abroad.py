"""What this market knows of sending works abroad, and where it knows it from."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from marketplace.core.clock import today
from marketplace.customs.facts import Severity
from marketplace.customs.services import facts_on


@require_safe
def known(request: HttpRequest) -> HttpResponse:
    """Every fact that the export checks rest on, by what it means; figures of today. One query."""
    facts = facts_on(today()).values()
    parts = [(severity.label, [fact for fact in facts if fact.severity == severity]) for severity in Severity]
    crumbs = [(_("Sending abroad"), "")]
    return render(request, "shop/sending_abroad.html", {"parts": parts, "crumbs": crumbs})
