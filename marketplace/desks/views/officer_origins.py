"""The origin of a work, as officers keep it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from catalogue.models import Product
from marketplace.core.clock import today
from marketplace.core.refusals import name_of
from marketplace.desks.countries import country_name
from marketplace.desks.forms.base import reader_language
from marketplace.desks.officer.access import for_officer
from marketplace.desks.officer.before import before_of
from marketplace.desks.officer.forms import OriginForm
from marketplace.desks.officer.queries import rows_of
from marketplace.desks.officer.services import decide_origin
from marketplace.desks.views.officer_confirm import confirmed
from marketplace.matters.models import Matter
from marketplace.ui.cards import first_pictures, picture_of


@require_http_methods(["GET", "HEAD", "POST"])
@for_officer
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """A work's origin now, how it came to it, and the form that decides; a variant's is its work's."""
    works = Product.objects.filter(parent__isnull=True, maker__isnull=False)
    work = get_object_or_404(works.select_related("maker__owner", "maker__city", "craft", "import_permit"), pk=pk)
    if request.method != "POST":
        return _page(request, work, OriginForm.of(work))
    form = OriginForm(request.POST)
    if not form.is_valid():
        return _page(request, work, form, status=422)
    return _decide(request, work, form)


def _decide(request: HttpRequest, work: Product, form: OriginForm) -> HttpResponse:
    data = form.cleaned_data

    def act() -> Product:
        return decide_origin(
            work=Product.objects.select_related("maker__owner").get(pk=work.pk), by=request.user, **data
        )

    state = Product.Origin(data["state"]).label
    heading = _("“%(work)s”: %(state)s") % {"work": work.name, "state": state}
    country = country_name(data["country"], reader_language()) if data["country"] else _("not known")
    lines = [_("Country of origin: %(country)s.") % {"country": country}, _("The maker reads: %(reason)s") % data]
    back = reverse("desks:officer-origin", args=[work.pk])
    told = confirmed(request, form, act, heading=heading, lines=lines, back=back)
    if told is None:
        return _page(request, work, form, status=422)
    if isinstance(told, HttpResponse):
        return told
    messages.success(request, _("The origin is recorded."))
    return redirect(back)


def _page(request: HttpRequest, work: Product, form: OriginForm, *, status: int = 200) -> HttpResponse:
    assert work.maker is not None
    day = today()
    context = {
        "work": work,
        "is_domestic": work.is_domestic_on(day),
        "picture": picture_of(first_pictures([work.pk]).get(work.pk), title=work.name),
        "words": work.origin_decisions.select_related("by"),
        "documents": work.origin_documents.all(),
        "matters": rows_of(Matter.objects.filter(subject=name_of(work)).order_by("-id"), on=day),
        "before": before_of(work.maker, on=day),
        "form": form,
    }
    return render(request, "desks/officer/origin.html", context, status=status)
