"""Paying sellers what no split sent them: what is due, a file for the bank, and what the bank did with each of its lines."""

from collections.abc import Iterable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from marketplace.core.clock import today
from marketplace.desks.access import for_payer
from marketplace.desks.forms.payouts import LineForm
from marketplace.desks.payouts import files, overview, prepare_due, waiting_payments, waiting_refunds
from marketplace.ledger.models import Payout, PayoutItem
from marketplace.ledger.payouts import confirm, fail, sheba_file
from marketplace.ui.templatetags.rasteh import digits, money

FILES_A_PAGE = 20
_NOT_OF_THE_FORM = {"csrfmiddlewaretoken", "confirmed"}


def ask_again(request: HttpRequest, *, heading: str, lines: Iterable[str], back: str) -> HttpResponse:
    """The page that says what will happen; its button sends the same form with `confirmed`."""
    sent = [(name, value) for name, values in request.POST.lists() for value in values if name not in _NOT_OF_THE_FORM]
    context = {"heading": heading, "lines": list(lines), "sent": sent, "back": back}
    return render(request, "desks/payouts/confirm.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_payer
def every(request: HttpRequest) -> HttpResponse:
    """What is owed, what is held, the files so far, and money that waits for a person. A POST makes a file, once confirmed."""
    found = overview(today())
    if request.method == "POST" and "confirmed" not in request.POST:
        count = sum(1 for row in found.rows if row.seller.paid_to and row.due_rial > 0)
        facts = {"count": digits(count), "amount": money(found.payable_rial)}
        said = _("A file for %(count)s makers is made, of %(amount)s. From then on this money counts as on its way.")
        return ask_again(request, heading=_("Make a file for the bank"), lines=[said % facts], back=request.path)
    if request.method == "POST":
        try:
            made = prepare_due(on=today(), by=request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect("desks:payouts")
        messages.success(request, _("The file is made. Download it, and give it to the bank."))
        return redirect("desks:payout", made.payout.number)
    page = Paginator(files(), FILES_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "found": found,
        "page": page,
        "page_numbers": page.paginator.get_elided_page_range(page.number),
        "refunds": waiting_refunds(),
        "payments": waiting_payments(),
    }
    return render(request, "desks/payouts/payouts.html", context)


@require_safe
@for_payer
def show(request: HttpRequest, number: str) -> HttpResponse:
    """One file and its lines."""
    made = get_object_or_404(files(), number=number)
    items = made.items.select_related("seller__maker").order_by("pk")
    return render(request, "desks/payouts/payout.html", {"payout": made, "items": items})


@require_safe
@for_payer
def spreadsheet(request: HttpRequest, number: str) -> HttpResponse:
    """The file for the bank: the lines that still wait for it."""
    made = get_object_or_404(Payout, number=number)
    response = HttpResponse(sheba_file(made), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{made.number}.csv"'
    response["Cache-Control"] = "private, no-store"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@for_payer
def line(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """A line: the bank sent it, or did not. Each is confirmed on a page of its own first."""
    whole = PayoutItem.objects.select_related("payout", "seller__maker")
    item = get_object_or_404(whole, payout__number=number, pk=pk)
    form = LineForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if "confirmed" not in request.POST:
            return ask_again(request, heading=_heading(item), lines=[_what(item, form)], back=request.path)
        try:
            _act(item, form)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("It is recorded, and its maker was told."))
            return redirect("desks:payout", number)
    context = {"item": item, "form": form, "is_over": item.state == PayoutItem.State.FAILED}
    return render(request, "desks/payouts/line.html", context, status=422 if form.errors else 200)


def _heading(item: PayoutItem) -> str:
    return _("%(amount)s to %(owner)s") % {"amount": money(item.amount_rial), "owner": item.iban_owner}


def _what(item: PayoutItem, form: LineForm) -> str:
    if form.cleaned_data["act"] == LineForm.PAID:
        return _("The bank sent it: it counts as paid.")
    return _("The bank did not send it: it is owed to the maker again, and the next file holds it.")


def _act(item: PayoutItem, form: LineForm) -> None:
    if form.cleaned_data["act"] == LineForm.PAID:
        confirm(item=item, on=today())
    else:
        fail(item=item, because=form.cleaned_data["because"], on=today())
