"""The HS code of a work: suggested with reasons, confirmed by its maker or an officer, kept with who and when."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from catalogue.models import Product
from marketplace.customs.codes import confirmations_of, remembered
from marketplace.customs.hs import basis_of, meaning_of, suggest
from marketplace.customs.models import HsConfirmation
from marketplace.customs.services import confirm_code
from marketplace.desks.access import for_maker
from marketplace.desks.forms.hs_codes import HsCodeForm
from marketplace.desks.officer.access import for_officer, officer_name
from marketplace.makers.models import Maker

#: Rows of a work's history that are shown.
MOST_SHOWN = 20


@dataclass(frozen=True)
class Said:
    """One confirmation as a reader sees it. `counts`: it is the newest, and craft and materials are what they were."""

    told: HsConfirmation
    meaning: str
    by: str
    counts: bool


@require_http_methods(["GET", "HEAD", "POST"])
@for_maker
def mine(request: HttpRequest, maker: Maker, pk: int) -> HttpResponse:
    """The code of one's own work; 404 for another's."""
    work = get_object_or_404(_works().filter(maker=maker), pk=pk)
    here, back = reverse("desks:work-hs", args=[work.pk]), reverse("desks:work", args=[work.pk])
    return code_page(request, work, "desks/hs_code.html", here=here, back=back, context={"maker": maker})


@require_http_methods(["GET", "HEAD", "POST"])
@for_officer
def any_work(request: HttpRequest, pk: int) -> HttpResponse:
    """The code of any work, for officers."""
    work = get_object_or_404(_works(), pk=pk)
    here, back = reverse("desks:officer-hs", args=[work.pk]), reverse("desks:officer-origin", args=[work.pk])
    return code_page(request, work, "desks/officer/hs_code.html", here=here, back=back, context={"names": True})


def _works():
    return Product.objects.filter(parent__isnull=True, maker__isnull=False).select_related(
        "maker__owner", "craft__group"
    )


def code_page(
    request: HttpRequest, work: Product, template: str, *, here: str, back: str, context: dict[str, Any]
) -> HttpResponse:
    """The page of a work's code for whoever may say it: suggestions, what was said before, and the form (422 when it is wrong)."""
    materials = list(work.materials.all())
    suggested = suggest(work.craft, materials) if work.craft else []
    basis = basis_of(work.craft.slug if work.craft else "", [material.slug for material in materials])
    said = list(confirmations_of(work)[:MOST_SHOWN])
    before = remembered(work, basis)
    counting = said[0] if said and said[0].basis == basis else None
    known = tuple(one.code for one in (counting, before) if one)
    posted = (request.POST,) if request.method == "POST" else ()
    first = known[0] if known else suggested[0].code.code if suggested else "other"
    form = HsCodeForm(*posted, suggested=suggested, known=known, initial={"choice": first})
    if posted and form.is_valid():
        kept = confirm_code(work=work, code=form.cleaned_data["code"], by=request.user)  # type: ignore[arg-type]
        messages.success(
            request, _("HS code %(code)s is written down for “%(work)s”.") % {"code": kept.code, "work": work.name}
        )
        return redirect(here)
    with_names = context.get("names", False)
    told = {
        "work": work,
        "materials": materials,
        "form": form,
        "back": back,
        "counting": counting,
        "counting_meaning": meaning_of(counting.code) if counting else "",
        "remembered": before if counting is None else None,
        "said": [Said(one, meaning_of(one.code), _who(one, request.user, with_names), one is counting) for one in said],
    }
    return render(request, template, context | told, status=422 if posted else 200)


def _who(said: HsConfirmation, reader: Any, with_names: bool) -> str:
    if said.by_id == reader.pk:
        return _("you")
    return officer_name(said.by) if with_names else _("somebody of this market")
