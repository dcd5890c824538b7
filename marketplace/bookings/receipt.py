"""What a visitor paid for a booking, as PDF in one language. Money in rial, as the law writes prices."""

from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import override

from marketplace.bookings.models import Booking
from marketplace.bookings.money import source_of
from marketplace.bookings.told import when
from marketplace.bookings.words import shown
from marketplace.core.clock import TEHRAN
from marketplace.core.documents import render_pdf
from marketplace.core.jalali import jalali_long
from marketplace.core.money import RIAL, money_text
from marketplace.payments.models import PaymentAttempt, Refund

SOURCE = Path(__file__).parent / "typst" / "receipt.typ"

#: A fact is (label, text, whether it reads left to right).
Fact = tuple[str, str, bool]


def receipt_pdf(booking: Booking, attempt: PaymentAttempt, *, language: str) -> bytes:
    """The receipt of a booking that `attempt` paid, in "fa" or "en"; it says too what was promised back since."""
    with override(language):
        data = {
            "market": _("Rasteh"),
            "title": _("Receipt of a booking"),
            "foot": booking.number,
            "facts": _payment(booking, attempt),
            "what": booking.session.title,
            "about": _about(booking),
            "totals": _totals(booking, language),
            "notes": _notes(booking),
        }
        return render_pdf(SOURCE, data, language=language)


def _payment(booking: Booking, attempt: PaymentAttempt) -> list[Fact]:
    paid_at = attempt.paid_at or attempt.updated_at
    facts = [
        (_("Booking number"), booking.number, True),
        (_("Paid on"), jalali_long(paid_at.astimezone(TEHRAN).date()), False),
        (_("Payment number"), attempt.number, True),
    ]
    if attempt.reference:
        facts.append((_("Bank's reference"), attempt.reference, True))
    return [*facts, (_("Name"), booking.name, False)]


def _about(booking: Booking) -> list[Fact]:
    session = booking.session
    host = [(_("Host"), session.maker.name, False)] if session.maker else []
    return [
        (_("When"), when(session), False),
        *host,
        (_("City"), session.city.name, False),
        (_("People"), str(shown(booking.party)), False),
    ]


def _totals(booking: Booking, language: str) -> list[tuple[str, str]]:
    def said(rial: int) -> str:
        return money_text(rial, unit=RIAL, language=language)

    amount = int(booking.amount_rial)
    rows = [(_("A place costs"), said(amount // booking.party)), (_("Paid"), said(amount))]
    back = Refund.objects.filter(source=source_of(booking)).values_list("amount_rial", flat=True).first()
    if back:
        rows.append((_("Given back since"), said(int(back))))
    return rows


def _notes(booking: Booking) -> list[str]:
    notes = [_("Prices are in rial. The whole price is owed to the host; the market takes no part of it.")]
    if booking.session.is_demo:
        notes.append(_("A sample of the demo: it does not take place."))
    return notes
