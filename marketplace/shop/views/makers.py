"""Makers: who they are, where they work, which licences they hold."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from marketplace.core.clock import today
from marketplace.found import heads
from marketplace.makers.models import Maker, ProductionLicence
from marketplace.shop import queries

PAGE = 24


@require_safe
def every(request: HttpRequest) -> HttpResponse:
    """All makers: masters, then those with most works."""
    makers = queries.makers_with_counts().order_by("-is_master", "-works_count", "slug")
    paginator = Paginator(makers, PAGE)
    page = paginator.get_page(request.GET.get("page"))
    numbers = paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    context = {"crumbs": [(_("Makers"), "")], "page": page, "page_numbers": list(numbers)}
    return render(request, "shop/makers.html", context | {"not_indexed": page.number > 1})


@require_safe
def maker(request: HttpRequest, slug: str) -> HttpResponse:
    """One maker, with the licences' validity and the works. Before the joining is approved only its owner and officers see it."""
    found = get_object_or_404(Maker.objects.select_related("city", "city__province"), slug=slug)
    if (
        not found.has_joined
        and request.user.pk != found.owner_id
        and not request.user.has_perm("matters.decide_matter")
    ):
        raise Http404
    shelf = queries.shelf(request.LANGUAGE_CODE, maker=found.slug)
    licences = found.licences.select_related("craft_group").order_by("-expires_on", "-id")
    return render(
        request,
        "shop/maker.html",
        {
            "crumbs": [(_("Makers"), reverse("shop:makers")), (found.name, "")],
            "maker": found,
            "crafts": found.crafts.select_related("group"),
            "licences": [(licence, licence_state(licence)) for licence in licences],
            "shelf": shelf,
            "not_indexed": found.state != Maker.State.ACTIVE,
            "found_head": heads.maker_head(request, found, shelf.cards),
        },
    )


def licence_state(licence: ProductionLicence) -> str:
    """ "valid", "revoked", "expired" or "not_yet" today."""
    day = today()
    if licence.revoked_on is not None:
        return "revoked"
    if licence.expires_on < day:
        return "expired"
    return "valid" if licence.issued_on <= day else "not_yet"
