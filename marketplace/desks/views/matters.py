"""A maker's own matters: what an officer decides about, the maker's word, an appeal."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe

from marketplace.desks.access import for_maker
from marketplace.makers.models import Maker
from marketplace.matters.models import Matter


@require_safe
@for_maker
def show(request: HttpRequest, maker: Maker, pk: int) -> HttpResponse:
    """One matter; 404 for another maker's."""
    get_object_or_404(Matter, pk=pk, maker=maker)
    return redirect("desks:home")
