"""Writing an entry: its legs, its seal, once for each (source, event)."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from marketplace.ledger.accounts import accounts
from marketplace.ledger.models import Entry, Posting


class OtherLegs(ValueError):
    """The same event of the same source was recorded before, with other legs."""


class Unbalanced(ValueError):
    """Legs that do not sum to zero, or that move nothing."""


@dataclass(frozen=True)
class Leg:
    """An amount in rial on an account: a debit is positive, a credit negative."""

    account: str
    rial: int
    what: str = ""


def debit(account: str, rial: int, what: str = "") -> Leg:
    """A leg that adds to an asset or an expense, and takes from a liability or an income."""
    return Leg(account, rial, what)


def credit(account: str, rial: int, what: str = "") -> Leg:
    """The other side of a debit."""
    return Leg(account, -rial, what)


@transaction.atomic
def record(*, source: str, event: str, on: date, legs: Iterable[Leg], reference: str = "") -> Entry:
    """Write and seal one entry. The same event again gives the first entry back.

    Raises Unbalanced, or OtherLegs when the event was recorded otherwise; nothing is written then.
    """
    amounts = _summed(legs)
    there = Entry.objects.filter(source=source, event=event).first()
    if there is None:
        try:
            with transaction.atomic():
                entry = Entry.objects.create(source=source, event=event, on=on, reference=reference)
        except IntegrityError:  # the same event at the same moment: theirs has committed
            there = Entry.objects.get(source=source, event=event)
        else:
            return _sealed(entry, amounts)
    if _amounts_of(there) != amounts:
        raise OtherLegs(f"{source} {event} was recorded with other legs (entry {there.pk}).")
    return there


_Amounts = dict[tuple[str, str], int]


def _summed(legs: Iterable[Leg]) -> _Amounts:
    """Amounts by account and purpose, without those that come to nothing."""
    amounts: Counter[tuple[str, str]] = Counter()
    for leg in legs:
        if not isinstance(leg.rial, int):
            raise Unbalanced(f"{leg.account}: {leg.rial!r} is not a whole number of rial.")
        amounts[leg.account, leg.what] += leg.rial
    kept = {leg: rial for leg, rial in amounts.items() if rial}
    if len(kept) < 2 or sum(kept.values()) != 0:
        raise Unbalanced(f"Legs do not sum to zero, or move nothing: {kept}.")
    return kept


def _sealed(entry: Entry, amounts: _Amounts) -> Entry:
    by_code = accounts(code for code, _what in amounts)
    Posting.objects.bulk_create(
        Posting(entry=entry, account=by_code[code], what=what, amount_rial=rial)
        for (code, what), rial in sorted(amounts.items())
    )
    entry.sealed_at = timezone.now()
    Entry.objects.filter(pk=entry.pk).update(sealed_at=entry.sealed_at)
    return entry


def _amounts_of(entry: Entry) -> _Amounts:
    rows = entry.postings.values_list("account__code", "what", "amount_rial")
    return {(code, what): rial for code, what, rial in rows}
