"""A maker's statement: what was earned and paid, as page, spreadsheet and paper; and where money is sent. Nobody else's."""

from datetime import date

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from marketplace.core.clock import today
from marketplace.desks import statements
from marketplace.desks.access import for_maker
from marketplace.desks.forms.statement import IbanForm, PeriodForm
from marketplace.ledger.queries import Statement
from marketplace.listing.oscar_parts import seller_of
from marketplace.makers.models import Maker
from marketplace.partner.ibans import set_iban

ROWS_A_PAGE = 50


def _asked(request: HttpRequest, maker: Maker) -> tuple[Statement, PeriodForm]:
    """The statement of the days in the address; of this month where none or wrong ones stand there."""
    usual = statements.periods(today())[0]
    wanted = {"since": usual.since, "until": usual.until}
    form = PeriodForm(request.GET if "since" in request.GET else None, initial=wanted)
    if form.is_bound and form.is_valid():
        wanted = form.cleaned_data
    return statements.statement_of(maker, **wanted), form


@require_safe
@for_maker
def show(request: HttpRequest, maker: Maker) -> HttpResponse:
    """The page."""
    found, form = _asked(request, maker)
    page = Paginator(found.rows, ROWS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "maker": maker,
        "found": found,
        "form": form,
        "page": page,
        "page_numbers": page.paginator.get_elided_page_range(page.number),
        "rows": [(row, statements.event_word(row.event)) for row in page.object_list],
        "periods": statements.periods(today()),
        "exemption": statements.exemption(found),
        "totals": [found.total(f"{name}_rial") for name in statements.AMOUNTS[:-1]],
    }
    return render(request, "desks/statement/statement.html", context, status=422 if form.errors else 200)


@require_safe
@for_maker
def spreadsheet(request: HttpRequest, maker: Maker) -> HttpResponse:
    """The same rows as CSV."""
    found, _form = _asked(request, maker)
    return _file(statements.as_csv(found), "text/csv; charset=utf-8", found, "csv")


@require_safe
@for_maker
def paper(request: HttpRequest, maker: Maker) -> HttpResponse:
    """The same rows as PDF."""
    found, _form = _asked(request, maker)
    return _file(statements.as_pdf(found, on=today()), "application/pdf", found, "pdf")


def _file(made: bytes, kind: str, found: Statement, ending: str) -> HttpResponse:
    response = HttpResponse(made, content_type=kind)
    days = "-".join(_plain(day) for day in (found.since, found.until))
    response["Content-Disposition"] = f'attachment; filename="statement-{days}.{ending}"'
    response["Cache-Control"] = "private, no-store"
    return response


def _plain(day: date) -> str:
    return day.strftime("%Y%m%d")


@require_http_methods(["GET", "HEAD", "POST"])
@for_maker
def account(request: HttpRequest, maker: Maker) -> HttpResponse:
    """The Sheba number that money is sent to."""
    seller = seller_of(maker)
    posted = (request.POST,) if request.method == "POST" else ()
    form = IbanForm(*posted, initial={"iban": seller.iban, "owner": seller.iban_owner})
    if posted and form.is_valid():
        try:
            set_iban(seller=seller, **form.cleaned_data)
        except ValidationError as error:
            form.add_error("iban", error)
        else:
            messages.success(request, _("Your account is kept. Money is sent to it once it is verified."))
            return redirect("desks:statement")
    context = {"maker": maker, "form": form, "seller": seller}
    return render(request, "desks/statement/account.html", context, status=422 if posted else 200)
