"""Money that waits for a person: refunds that no gateway gives, and payments that fit nothing we know."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from marketplace.desks.access import for_payer
from marketplace.desks.forms.payouts import FoundForm, PaidByHandForm
from marketplace.desks.payouts import waiting_payments, waiting_refunds
from marketplace.desks.views.payouts import ask_again
from marketplace.payments.models import PaymentAttempt, Refund
from marketplace.payments.refunds import record_found, record_given_by_hand, store_refund
from marketplace.ui.templatetags.rasteh import money


@require_http_methods(["GET", "HEAD", "POST"])
@for_payer
def refund(request: HttpRequest, number: str) -> HttpResponse:
    """A refund: paid to an IBAN by a person, or looked up at the gateway first. Confirmed on a page of its own."""
    given = get_object_or_404(waiting_refunds(), number=number)
    is_unclear = given.state == Refund.State.SUSPENSE
    form = (FoundForm if is_unclear else PaidByHandForm)(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if "confirmed" not in request.POST:
            said = _("%(amount)s of payment %(number)s.") % {
                "amount": money(given.amount_rial),
                "number": given.attempt.number,
            }
            return ask_again(request, heading=_what(form), lines=[said], back=request.path)
        try:
            _record(given, form, request.user)
        except ValidationError as error:
            form.add_error("iban" if error.code == "bad_iban" else None, error)
        else:
            messages.success(request, _("It is recorded."))
            return redirect("desks:payouts")
    context = {"refund": given, "form": form, "is_unclear": is_unclear}
    return render(request, "desks/payouts/refund.html", context, status=422 if form.errors else 200)


def _what(form: FoundForm | PaidByHandForm) -> str:
    if isinstance(form, PaidByHandForm):
        return _("The refund was paid by hand")
    if form.cleaned_data["found"] == "given":
        return _("The gateway gave the refund")
    return _("The gateway did not give the refund: it is paid by hand")


def _record(given: Refund, form: FoundForm | PaidByHandForm, by) -> None:
    if isinstance(form, PaidByHandForm):
        record_given_by_hand(refund=given, by=by, **form.cleaned_data)
    else:
        record_found(refund=given, given=form.cleaned_data["found"] == "given", by=by)


@require_http_methods(["GET", "HEAD", "POST"])
@for_payer
def payment(request: HttpRequest, number: str) -> HttpResponse:
    """A payment in suspense: what is known of it. A POST promises all of it back to who paid, once confirmed."""
    held = get_object_or_404(waiting_payments(), number=number)
    rial = held.reached_us_rial - held.refunded_rial
    if request.method == "POST" and "confirmed" not in request.POST:
        said = _(
            "%(amount)s are promised to the buyer. The gateway is asked within a minute; what it cannot give back comes here again."
        )
        return ask_again(
            request,
            heading=_("Give the money back"),
            lines=[said % {"amount": money(rial)}],
            back=request.path,
        )
    if request.method == "POST":
        try:
            _give_back(held, rial)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("It is promised back; the gateway is asked."))
        return redirect("desks:payouts")
    reason = held.reason_en if request.LANGUAGE_CODE.startswith("en") else held.reason_fa  # type: ignore[attr-defined]
    return render(request, "desks/payouts/payment.html", {"attempt": held, "rial": rial, "reason": reason})


def _give_back(held: PaymentAttempt, rial: int) -> Refund:
    """Stored once: what was promised before belongs to its name, so a second press finds the first."""
    return store_refund(attempt=held, amount_rial=rial, source=f"suspense:{held.number}:{held.refunded_rial}")
