"""Money that no split sent to its makers is paid by a Sheba file: prepared, handed to the bank, then confirmed or failed line by line.

Guarantees: what is in a file is owed no more from that moment, so no two files hold the same money; the sellers' accounts are locked
before their balances are read, so a return at the same moment comes before or after, never between. A failed line is owed again by
a new entry, and its own stays.
"""

import csv
import io
import secrets
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from marketplace.core.money import money_text
from marketplace.core.notices import notify
from marketplace.core.numbers import random_number
from marketplace.ledger import books, queries, rules
from marketplace.ledger.accounts import held_payables
from marketplace.ledger.models import Payout, PayoutItem
from marketplace.partner.models import Partner

State = PayoutItem.State
Held = Mapping[int, int] | Callable[[], Mapping[int, int]]
#: The columns banks ask for in a file of Paya transfers; their order is the operator's bank's to say.
COLUMNS = ("شماره شبا", "مبلغ (ریال)", "نام صاحب حساب", "شرح", "شناسه پیگیری")


@dataclass(frozen=True)
class Prepared:
    """A file, and who is owed but not in it: rial by seller, for want of a verified account."""

    payout: Payout
    unverified: dict[int, int]


@transaction.atomic
def prepare(*, on: date, by: Any = None, sellers: Collection[int] | None = None, held: Held | None = None) -> Prepared:
    """Put what sellers are owed into a new file; `sellers` names some only. `held`: rial by seller that are not due yet, or who
    knows them: asked after the balances are read, so that a sale meanwhile is not paid too early.

    Raises ValidationError with code `nothing_to_pay`, and makes no file.
    """
    owed = _owed_under_lock(sellers, held or {})
    people = Partner.objects.select_related("maker").in_bulk(owed)
    payable = {pk: rial for pk, rial in owed.items() if people[pk].paid_to}
    rules.require_something_to_pay(sum(payable.values()))
    payout = Payout.objects.create(number=random_number("PO"), on=on, made_by=by)
    for seller_id, rial in payable.items():
        _add(payout, people[seller_id], rial)
    return Prepared(payout, {pk: rial for pk, rial in owed.items() if pk not in payable})


def _owed_under_lock(sellers: Collection[int] | None, held: Held) -> dict[int, int]:
    candidates = [pk for pk in queries.owed_to(sellers) if sellers is None or pk in sellers]
    held_payables(candidates)
    now = queries.owed_to(candidates)
    not_due = held() if callable(held) else held
    due = {pk: rial - not_due.get(pk, 0) for pk, rial in sorted(now.items())}
    return {pk: rial for pk, rial in due.items() if rial > 0}


def _add(payout: Payout, seller: Partner, rial: int) -> None:
    item = PayoutItem.objects.create(
        payout=payout,
        seller=seller,
        amount_rial=rial,
        iban=seller.paid_to,
        iban_owner=seller.iban_owner,
        trace=str(secrets.randbelow(9 * 10**14) + 10**14),
    )
    books.record_payout(
        source=item.source, seller_id=seller.pk, amount_rial=rial, on=payout.on, reference=payout.number
    )


def sheba_file(payout: Payout) -> bytes:
    """The lines still in a payout's file, as CSV (UTF-8 with its mark, for spreadsheets). Amounts in rial, Latin digits."""
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(COLUMNS)
    for item in payout.items.filter(state=State.PREPARED):
        table.writerow((item.iban, item.amount_rial, plain(item.iban_owner), payout.number, item.trace))
    return out.getvalue().encode("utf-8-sig")


def plain(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


@transaction.atomic
def confirm(*, item: PayoutItem, on: date) -> PayoutItem:
    """The bank sent a line; told twice it is once. Raises ValidationError with code `payout_failed`."""
    held = _held(item)
    rules.require_unfailed(held.state == State.FAILED)
    if held.state == State.PREPARED:
        _move(held, State.PAID, on)
        books.record_payout_paid(source=held.source, amount_rial=held.amount_rial, on=on, reference=held.payout.number)
        _tell(held, _("%(amount)s was sent to your account. Payout %(number)s."))
    return held


@transaction.atomic
def fail(*, item: PayoutItem, because: str, on: date) -> PayoutItem:
    """The bank did not send a line, or got it back after it was paid: it is owed again. Told twice it is once."""
    held = _held(item)
    if held.state != State.FAILED:
        was_paid = held.state == State.PAID
        _move(held, State.FAILED, on, because)
        books.record_payout_failed(
            source=held.source,
            seller_id=held.seller_id,
            amount_rial=held.amount_rial,
            on=on,
            was_paid=was_paid,
            reference=held.payout.number,
        )
        _tell(held, _("%(amount)s could not be sent to your account. Please look at your Sheba number."))
    return held


def _held(item: PayoutItem) -> PayoutItem:
    """The line as it is now, locked; its seller's account first, as everywhere."""
    held_payables([item.seller_id])
    return PayoutItem.objects.select_for_update(of=("self",)).select_related("payout").get(pk=item.pk)


def _move(item: PayoutItem, state: str, on: date, because: str = "") -> None:
    item.state, item.changed_on, item.failed_because = state, on, because[:200]
    item.save(update_fields=["state", "changed_on", "failed_because"])


def _tell(item: PayoutItem, sentence: Any) -> None:
    maker = item.seller.maker
    amount = item.amount_rial
    notify(
        users=[maker.owner if maker else None],
        kind="payout",
        sentence=sentence,
        params={
            "amount": lambda: money_text(amount, language=(get_language() or "fa")[:2]),
            "number": item.payout.number,
        },
        link=reverse("desks:statement"),
    )
