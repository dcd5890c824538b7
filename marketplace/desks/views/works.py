"""List a work; see one's own work."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from catalogue.models import Product
from marketplace.core.clock import today
from marketplace.core.pictures import delete_files
from marketplace.desks.access import for_maker
from marketplace.desks.countries import country_name
from marketplace.desks.forms import OfferForm, WorkForm, reader_language
from marketplace.desks.queries import work_rows, works_of
from marketplace.desks.services import list_work
from marketplace.makers.models import Maker
from marketplace.ui.cards import pictures_of


@require_http_methods(["GET", "HEAD", "POST"])
@for_maker
def new(request: HttpRequest, maker: Maker) -> HttpResponse:
    """The form that lists a work."""
    if request.method != "POST":
        return _form(request, WorkForm(maker=maker), maker)
    form = WorkForm(request.POST, request.FILES, maker=maker)
    if not form.is_valid():
        return _form(request, form, maker, status=422)
    try:
        work, made = list_work(
            maker=maker,
            token=form.cleaned_data["token"],
            photos=form.photos(),
            language=reader_language(),
            fields=form.work_fields(),
        )
    except ValidationError as error:
        form.add_error(None, error)
        return _form(request, form, maker, status=422)
    if made:
        messages.success(request, _("“%(work)s” is listed in your workshop.") % {"work": work.name})
    else:
        delete_files(name for picture in form.uploaded for name in picture.sizes.values())
    return redirect("desks:work", pk=work.pk)


def _form(request: HttpRequest, form: WorkForm, maker: Maker, *, status: int = 200) -> HttpResponse:
    return render(request, "desks/work_new.html", {"form": form, "maker": maker}, status=status)


@require_safe
@for_maker
def show(request: HttpRequest, maker: Maker, pk: int) -> HttpResponse:
    """One's own work, its offers, and the form that offers it somewhere."""
    return work_page(request, maker, own_work(maker, pk))


def own_work(maker: Maker, pk: int) -> Product:
    """A maker's own work; 404 for another's."""
    return get_object_or_404(works_of(maker).select_related("craft", "city"), pk=pk)


def work_page(
    request: HttpRequest, maker: Maker, work: Product, *, form: OfferForm | None = None, status: int = 200
) -> HttpResponse:
    """The page of a work, with the offer form as it was sent when a rule refused it."""
    row = work_rows([work], on=today())[0]
    context = {
        "maker": maker,
        "work": work,
        "row": row,
        "country": country_name(work.origin_country, reader_language()) if work.origin_country else "",
        "pictures": pictures_of(work),
        "form": form or OfferForm(taken={line.offer.venue_id for line in row.offers}),
    }
    return render(request, "desks/work.html", context, status=status)
