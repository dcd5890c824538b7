"""The officer's desk: one inbox for everything that waits for a decision."""

from django.contrib.auth.decorators import login_required, permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe

from marketplace.matters.models import Matter


@require_safe
@login_required
@permission_required("matters.decide_matter", raise_exception=True)
def inbox(request: HttpRequest) -> HttpResponse:
    """What waits."""
    return redirect("desks:home")


@require_safe
@login_required
@permission_required("matters.decide_matter", raise_exception=True)
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One matter."""
    get_object_or_404(Matter, pk=pk)
    return redirect("desks:officer")
