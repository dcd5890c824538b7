"""An order's invoice, and the slip that goes into a maker's parcel, as PDF in one language. Money in rial, as the law writes prices."""

from pathlib import Path
from typing import Any

from django.db.models import Sum
from django.utils.translation import gettext as _
from django.utils.translation import override

from marketplace.core.clock import TEHRAN
from marketplace.core.documents import render_pdf
from marketplace.core.jalali import jalali_long
from marketplace.core.money import RIAL, money_text
from marketplace.core.persian import group_digits, to_persian_digits
from marketplace.order.models import Line, MoneyBack, Order, SellerOrder
from marketplace.order.queries import in_reader_language, shown_title

SOURCE = Path(__file__).parent / "typst" / "invoice.typ"


def invoice_pdf(order: Order, *, receiver: dict[str, str], language: str) -> bytes:
    """The whole order with its money, in "fa" or "en"."""
    with override(language):
        data = _frame(order.number, order, receiver, language) | {
            "title": _("Invoice"),
            "priced": True,
            "heads": [_("Work"), _("Pieces"), _("Price of one"), _("Total")],
            "parts": [_part(part, language, priced=True) for part in _parts(order)],
            "totals": _totals(order, language),
            "notes": [
                _("Prices are in rial. Makers, origin, seals and licences stand as they were on the day of the sale."),
                _(
                    "You may withdraw within seven working days after it arrived, unless a work was made to your order "
                    "or with your own text."
                ),
            ],
        }
        return render_pdf(SOURCE, data, language=language)


def slip_pdf(part: SellerOrder, *, receiver: dict[str, str], language: str) -> bytes:
    """What goes into one maker's parcel: who it is for and what is in it, without prices."""
    with override(language):
        data = _frame(part.number, part.order, receiver, language) | {
            "title": _("Packing slip"),
            "priced": False,
            "heads": [_("Work"), _("Pieces")],
            "parts": [_part(part, language, priced=False)],
            "totals": [],
            "notes": [receiver["note"]] if receiver.get("note") else [],
        }
        return render_pdf(SOURCE, data, language=language)


def _parts(order: Order):
    return order.seller_orders.select_related("seller__maker").prefetch_related("lines").order_by("id")


def _frame(number: str, order: Order, receiver: dict[str, str], language: str) -> dict[str, Any]:
    """What both papers have: market, number, day, receiver. A fact is (label, text, whether it reads left to right)."""
    return {
        "market": _("Rasteh"),
        "foot": number,
        "facts": [
            (_("Number"), number, True),
            (_("Date"), jalali_long(order.date_placed.astimezone(TEHRAN).date()), False),
        ],
        "to_label": _("It goes to"),
        "to": [
            (receiver["name"], False),
            (f"{receiver[f'province_{language}']} · {receiver['city']}", False),
            (receiver["address"], False),
            (_digits(receiver["postal_code"], language), True),
            (_digits(receiver["mobile"], language), True),
        ],
    }


def _digits(text: object, language: str) -> str:
    return to_persian_digits(text) if language == "fa" else str(text)


def _part(part: SellerOrder, language: str, *, priced: bool) -> dict[str, Any]:
    lines = [line for line in part.lines.all() if priced or line.standing]
    said = lines[0].snapshot if lines else {}
    about = [
        in_reader_language(said.get("city")),
        _("licence %(numbers)s") % {"numbers": "، ".join(said["licences"])} if said.get("licences") else "",
    ]
    return {
        "maker": in_reader_language(said.get("maker")) or part.seller.name,
        "about": " · ".join(filter(None, [part.number, *about])),
        "lines": [row for line in lines for row in _rows(line, language, priced=priced)],
    }


def _rows(line: Line, language: str, *, priced: bool) -> list[dict[str, Any]]:
    """A line, and on a paper with prices its gift wrap, which is a service of its own."""
    rows = [_line(line, language, priced=priced)]
    if priced and line.wrap_rial:
        each = [int(line.wrap_rial) // line.quantity, int(line.wrap_rial)]
        numbers = [_digits(line.quantity, language), *(group_digits(rial, language=language) for rial in each)]
        title = _("Gift wrap of “%(work)s”") % {"work": shown_title(line)}
        rows.append({"title": title, "about": "", "words": [], "numbers": numbers})
    return rows


def _line(line: Line, language: str, *, priced: bool) -> dict[str, Any]:
    said = line.snapshot
    seals = [f"{in_reader_language(seal['scheme'])} {seal['number']}" for seal in said.get("seals") or []]
    origin = in_reader_language((said.get("origin") or {}).get("label"))
    count = line.quantity if priced else line.standing
    numbers = [_digits(count, language)]
    if priced:
        numbers += [
            group_digits(int(line.line_price_incl_tax) // line.quantity, language=language),
            group_digits(int(line.line_price_incl_tax), language=language),
        ]
    return {
        "title": shown_title(line),
        "about": " · ".join(filter(None, [origin, *seals])),
        "words": _words(line, for_parcel=not priced),
        "numbers": numbers,
    }


def _words(line: Line, *, for_parcel: bool) -> list[str]:
    """What the buyer asked for: their own text on both papers; wrapping and note where the parcel is packed."""
    said = [_("With the text: %(text)s") % {"text": line.personal_text}] if line.personal_text else []
    if for_parcel and line.gift_wrap:
        said.append(_("Gift wrap"))
    if for_parcel and line.gift_note:
        said.append(_("Note for the receiver: %(note)s") % {"note": line.gift_note})
    return said


def _totals(order: Order, language: str) -> list[tuple[str, str]]:
    def said(rial: int) -> str:
        return money_text(rial, unit=RIAL, language=language)

    delivery = int(order.shipping_incl_tax)
    rows = [(_("Delivery"), said(delivery))] if delivery else []
    rows.append((_("Paid"), said(int(order.total_incl_tax))))
    back = MoneyBack.objects.filter(seller_order__order=order).aggregate(sum=Sum("amount_rial"))["sum"]
    if back:
        rows.append((_("Given back since"), said(int(back))))
    return rows
