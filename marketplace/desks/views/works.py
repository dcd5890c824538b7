"""See and change one's own work."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from catalogue.models import Product
from marketplace.core.clock import today
from marketplace.customs.codes import codes_of
from marketplace.customs.hs import meaning_of
from marketplace.desks.access import for_maker
from marketplace.desks.answers import refused_page
from marketplace.desks.countries import country_name
from marketplace.desks.edits import Consequences, change_work, consequences_of
from marketplace.desks.forms.base import reader_language
from marketplace.desks.forms.offers import OfferForm
from marketplace.desks.forms.works import EditWorkForm
from marketplace.desks.queries import work_rows, works_of
from marketplace.makers.models import Maker
from marketplace.ui.cards import pictures_of


@require_http_methods(["GET", "HEAD", "POST"])
@for_maker
def edit(request: HttpRequest, maker: Maker, pk: int) -> HttpResponse:
    """Change one's work. What it does to the origin and to offers is shown first, and done when the maker agrees."""
    work = own_work(maker, pk)
    context: dict[str, Any] = {"maker": maker, "work": work}
    if request.method != "POST":
        return render(
            request,
            "desks/work_edit.html",
            context | {"form": EditWorkForm(maker=maker, initial=EditWorkForm.initial_of(work))},
        )
    form = EditWorkForm(request.POST, request.FILES, maker=maker)
    if not form.is_valid():
        return render(request, "desks/work_edit.html", context | {"form": form}, status=422)
    fields, permit = form.work_fields(), form.permit_facts()
    try:
        found = consequences_of(work=work, fields=fields, permit=permit)
        if found.matter and form.cleaned_data["confirmed"] != found.word:
            return render(request, "desks/work_edit.html", context | {"form": form, "consequences": _told(found)})
        work = change_work(work=work, fields=fields, materials=form.cleaned_data["materials"], permit=permit)
    except ValidationError as error:
        return refused_page(
            request, error, form=form, form_template="desks/forms/work_edit.html", context=context, about=work
        )
    messages.success(request, _("“%(work)s” is changed.") % {"work": work.name})
    return redirect("desks:work", pk=work.pk)


def _told(found: Consequences) -> dict[str, Any]:
    return {
        "word": found.word,
        "before": Product.Origin(found.before).label,
        "after": Product.Origin(found.after).label,
        "after_state": found.after,
        "changes": found.before != found.after,
        "withdrawn": found.withdrawn,
    }


@require_safe
@for_maker
def show(request: HttpRequest, maker: Maker, pk: int) -> HttpResponse:
    """One's own work, its offers, and the form that offers it somewhere."""
    return work_page(request, maker, own_work(maker, pk))


def own_work(maker: Maker, pk: int) -> Product:
    """A maker's own work; 404 for another's."""
    return get_object_or_404(works_of(maker).select_related("craft", "city", "import_permit"), pk=pk)


def work_page(
    request: HttpRequest, maker: Maker, work: Product, *, form: OfferForm | None = None, status: int = 200
) -> HttpResponse:
    """The page of a work, with the offer form as it was sent when something was wrong with it."""
    row = work_rows([work], on=today())[0]
    code = codes_of([work]).get(work.pk, "")
    context = {
        "maker": maker,
        "work": work,
        "row": row,
        "hs_code": code,
        "hs_meaning": meaning_of(code),
        "country": country_name(work.origin_country, reader_language()) if work.origin_country else "",
        "pictures": pictures_of(work),
        "form": form or OfferForm(taken={line.offer.venue_id for line in row.offers}),
    }
    return render(request, "desks/work.html", context, status=status)
