"""How to mend: what was refused to a maker, why, and what can be done."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from marketplace.desks.access import for_maker
from marketplace.desks.refusals import counted, groups_of
from marketplace.makers.models import Maker


@require_safe
@for_maker
def mend(request: HttpRequest, maker: Maker) -> HttpResponse:
    """A maker's refusals by work and reason, each with the steps that mend it."""
    page = groups_of(maker, page=request.GET.get("page"))
    context = {
        "maker": maker,
        "page": page,
        "page_numbers": page.paginator.get_elided_page_range(page.number),
        "groups": page.object_list,
        **counted(maker),
    }
    return render(request, "desks/refusals.html", context)
