"""A maker's statement as rows of words: for the page, for a spreadsheet and for paper."""

import csv
import io
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import jdatetime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from marketplace.core.documents import render_pdf
from marketplace.core.jalali import jalali, jalali_long, year_bounds
from marketplace.core.persian import group_digits
from marketplace.ledger.payouts import plain
from marketplace.ledger.queries import Row, Statement, statement
from marketplace.makers.models import Maker
from marketplace.partner.models import Partner
from marketplace.ui.templatetags.rasteh import jalali as day_text
from marketplace.ui.templatetags.rasteh import jalali_brief

SOURCE = Path(__file__).parent / "typst" / "statement.typ"
AMOUNTS = ("goods", "wrap", "delivery", "commission", "tax", "paid", "balance")


@dataclass(frozen=True)
class Period:
    """Days of a statement, both included, and what people call them."""

    name: str
    since: date
    until: date


def periods(on: date) -> list[Period]:
    """This Jalali month and the one before, this Jalali year and the one before."""
    today = jalali(on)
    first = jdatetime.date(today.year, today.month, 1).togregorian()
    last = first - timedelta(days=1)
    before = jalali(last)
    year, year_before = year_bounds(today.year), year_bounds(today.year - 1)
    return [
        Period(_("This month"), first, on),
        Period(_("Last month"), jdatetime.date(before.year, before.month, 1).togregorian(), last),
        Period(_("This year"), year[0], on),
        Period(_("Last year"), *year_before),
    ]


def statement_of(maker: Maker, *, since: date, until: date) -> Statement:
    """A maker's statement; one that never offered a work has an empty one."""
    seller = getattr(maker, "seller", None) or Partner(maker=maker, name=maker.name_fa)
    return statement(seller, since=since, until=until)


def event_word(event: str) -> str:
    """What happened, in words. An event without a word of its own is shown as the books call it."""
    words = {
        "sale": _("Sale"),
        "return": _("Return"),
        "split": _("Sent with the payment"),
        "payout": _("Sent by Sheba"),
        "payout_failed": _("Sheba came back"),
    }
    return words.get(event, event)


def headings() -> list[str]:
    """The columns, in the reader's language."""
    return [
        _("Day"),
        _("What happened"),
        _("Number"),
        _("Works"),
        _("Gift wrap"),
        _("Delivery"),
        _("Commission"),
        _("Tax on the commission"),
        _("Paid to you"),
        _("Balance"),
    ]


def exemption(found: Statement) -> str:
    """What article 142 says, for who had a production licence in the period; nothing for others."""
    if found.licence is None:
        return ""
    return _(
        "Article 142 of the Direct Taxation Act exempts the income of handicraft and carpet workshops, and of their cooperatives, from "
        "income tax. Your production licence %(number)s was in force in this period. Whether the exemption covers your income is for "
        "the tax office to say: this statement shows what the market owed and paid you, and is no tax document."
    ) % {"number": found.licence.number}


def as_csv(found: Statement) -> bytes:
    """For a spreadsheet: rial in Latin digits, so that it can be summed; UTF-8 with its mark."""
    out = io.StringIO()
    table = csv.writer(out)
    words = headings()
    table.writerow(words[:3] + [_("%(column)s (rial)") % {"column": word} for word in words[3:]])
    table.writerow([jalali_brief(found.since), _("Balance before"), *[""] * len(AMOUNTS), found.opening_rial])
    for row in found.rows:
        table.writerow([jalali_brief(row.on), event_word(row.event), plain(row.reference), *_amounts(row)])
    return out.getvalue().encode("utf-8-sig")


def _amounts(row: Row) -> list[int]:
    return [getattr(row, f"{name}_rial") for name in AMOUNTS]


def as_pdf(found: Statement, *, on: date) -> bytes:
    """For paper, in the reader's language, in rial."""
    language = (get_language() or "fa")[:2]
    maker = found.seller.maker
    data: dict[str, Any] = {
        "title": _("Statement of %(maker)s") % {"maker": maker.name if maker else found.seller.name},
        "market": _("Rasteh"),
        "period": _("%(since)s to %(until)s") % {"since": day_text(found.since), "until": day_text(found.until)},
        "unit": _("Amounts in rial. Below zero: taken back from you, or owed by you."),
        "headings": headings(),
        "opening": [_("Balance before"), _amount(found.opening_rial, language)],
        "rows": [
            [jalali_brief(row.on), event_word(row.event), row.reference, *(_amount(n, language) for n in _amounts(row))]
            for row in found.rows
        ],
        "totals": [_("Together"), *(_amount(found.total(f"{name}_rial"), language) for name in AMOUNTS[:-1]),
                   _amount(found.closing_rial, language)],
        "exemption": exemption(found),
        "demo": _("A sample maker: no real sale stands behind these figures.") if maker and maker.is_demo else "",
        "made": _("Made on %(day)s.") % {"day": jalali_long(on) if language == "fa" else day_text(on)},
    }  # fmt: skip
    return render_pdf(SOURCE, data, language=language)


def _amount(rial: int, language: str) -> str:
    """A dash for nothing; a real minus sign."""
    if rial == 0:
        return "–"
    return ("−" if rial < 0 else "") + group_digits(abs(rial), language=language)
