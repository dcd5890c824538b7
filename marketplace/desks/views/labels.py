"""A maker's labels: made within the year's quota, printed at once, voided when spoiled. Another maker's are not there."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from authenticity.passports import void_label
from authenticity.printing import DAYS_KEPT, last_day, printed_well, quotas, year_now
from marketplace.core.clock import today
from marketplace.desks import labels
from marketplace.desks.access import for_maker
from marketplace.desks.forms.labels import LabelsForm, VoidForm
from marketplace.makers.models import Maker

SHEETS_A_PAGE, LABELS_A_PAGE = 20, 44


@require_safe
@for_maker
def every(request: HttpRequest, maker: Maker) -> HttpResponse:
    """One's sheets, and what is left of the year's quota."""
    page = Paginator(labels.sheets_of(maker), SHEETS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "maker": maker,
        "page": page,
        "page_numbers": page.paginator.get_elided_page_range(page.number),
        "quotas": quotas(maker, on=today()),
        "year": year_now(),
    }
    return render(request, "desks/labels/every.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_maker
def new(request: HttpRequest, maker: Maker) -> HttpResponse:
    """Make a sheet of labels."""
    posted = (request.POST,) if request.method == "POST" else ()
    form = LabelsForm(*posted, maker=maker, initial={"work": request.GET.get("work", "")})
    if posted and form.is_valid():
        try:
            sheet = labels.make_sheet_once(maker=maker, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error("gtin" if error.code in ("bad_gtin", "gtin_of_another") else None, error)
        else:
            messages.success(request, _("The labels are made. Download the sheet and print it now."))
            return redirect("desks:label-sheet", pk=sheet.pk)
    context = {
        "maker": maker,
        "form": form,
        "quotas": quotas(maker, on=today()),
        "year": year_now(),
        "days": DAYS_KEPT,
    }
    return render(request, "desks/labels/new.html", context, status=422 if posted else 200)


@require_safe
@for_maker
def show(request: HttpRequest, maker: Maker, pk: int) -> HttpResponse:
    """A sheet: its file while it is kept, and its labels."""
    sheet = get_object_or_404(labels.sheets_of(maker), pk=pk)
    page = Paginator(sheet.passports.order_by("serial"), LABELS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "maker": maker,
        "sheet": sheet,
        "page": page,
        "page_numbers": page.paginator.get_elided_page_range(page.number),
        "rows": labels.rows_of(list(page.object_list), on=today()),
        "last_day": last_day(sheet),
    }
    return render(request, "desks/labels/sheet.html", context)


@require_safe
@for_maker
def sheet_file(request: HttpRequest, maker: Maker, pk: int) -> HttpResponseBase:
    """The sheet to print. 404 once it was printed or is too old."""
    sheet = get_object_or_404(labels.sheets_of(maker).exclude(file=""), pk=pk)
    try:
        file = sheet.file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    return _unkept(FileResponse(file, as_attachment=True, filename=f"labels-{sheet.pk}.pdf"))


def _unkept(response: HttpResponseBase) -> HttpResponseBase:
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
@for_maker
def printed(request: HttpRequest, maker: Maker, pk: int) -> HttpResponse:
    """The paper is good: the file goes."""
    sheet = get_object_or_404(labels.sheets_of(maker), pk=pk)
    try:
        printed_well(sheet=sheet)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(
            request, _("Good. The file is deleted; the words under the scratch fields are on your paper only.")
        )
    return redirect("desks:label-sheet", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@for_maker
def void(request: HttpRequest, maker: Maker, pk: int) -> HttpResponse:
    """A spoiled label, with the reason."""
    passport = get_object_or_404(labels.labels_of(maker), pk=pk)
    form = VoidForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            void_label(passport=passport, because=form.cleaned_data["because"])
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Label %(serial)s is void.") % {"serial": passport.serial})
            return (
                redirect("desks:label-sheet", pk=passport.sheet_id) if passport.sheet_id else redirect("desks:labels")
            )
    context = {"maker": maker, "passport": passport, "form": form}
    return render(request, "desks/labels/void.html", context, status=422 if form.errors else 200)


@require_safe
@for_maker
def card(request: HttpRequest, maker: Maker, pk: int) -> HttpResponseBase:
    """The certificate card of a piece. 404 for another maker's, and for a label that is not in force."""
    passport = get_object_or_404(labels.labels_of(maker), pk=pk)
    try:
        made = labels.card_of(passport, on=today())
    except ValidationError:
        raise Http404 from None
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="card-{passport.serial}.pdf"'
    return _unkept(response)
