"""Crafts: all of them, one group, one craft."""

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from marketplace.crafts.models import Craft, CraftGroup
from marketplace.found import heads
from marketplace.makers.models import Maker
from marketplace.shop import queries

MAKERS = 8


@require_safe
def every(request: HttpRequest) -> HttpResponse:
    """Every craft, by group."""
    crafts = queries.crafts_with_counts().order_by("group__position", "group__slug", "slug")
    groups = [(group, list(members)) for group, members in groupby(crafts, key=lambda craft: craft.group)]
    return render(request, "shop/crafts.html", {"crumbs": [(_("Crafts"), "")], "groups": groups})


@require_safe
def group(request: HttpRequest, slug: str) -> HttpResponse:
    """One craft group: its crafts, then its works."""
    found = get_object_or_404(CraftGroup, slug=slug)
    crafts = queries.crafts_with_counts().filter(group=found).order_by("slug")
    shelf = queries.shelf(request.LANGUAGE_CODE, group=found.slug)
    crumbs = [(_("Crafts"), reverse("shop:crafts")), (found.name, "")]
    context = {"crumbs": crumbs, "group": found, "crafts": crafts, "shelf": shelf}
    context["found_head"] = heads.craft_head(request, found, shelf.cards)
    return render(request, "shop/craft_group.html", context)


@require_safe
def craft(request: HttpRequest, slug: str) -> HttpResponse:
    """One craft: its works, the cities known for it, the makers who practise it."""
    found = get_object_or_404(Craft.objects.select_related("group"), slug=slug)
    shelf = queries.shelf(request.LANGUAGE_CODE, craft=found.slug)
    makers = Maker.objects.active().filter(crafts=found).select_related("city").order_by("-is_master", "slug")
    return render(
        request,
        "shop/craft.html",
        {
            "crumbs": [
                (_("Crafts"), reverse("shop:crafts")),
                (found.group.name, found.group.get_absolute_url()),
                (found.name, ""),
            ],
            "craft": found,
            "shelf": shelf,
            "found_head": heads.craft_head(request, found, shelf.cards),
            "cities": found.cities.select_related("province").order_by("-rank", "name_en"),
            "makers": makers[:MAKERS],
            "siblings": Craft.objects.filter(group=found.group_id).exclude(pk=found.pk).order_by("slug"),
        },
    )
