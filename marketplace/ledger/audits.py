"""What `manage.py audit_money` looks at in the books themselves. Each sentence names its row."""

from collections.abc import Iterator

from django.db.models import Count, Q, Sum
from django.db.models.functions import Coalesce

from marketplace.core import dbrules
from marketplace.core.registry import MONEY, audit
from marketplace.ledger.accounts import PAYABLE, PAYOUTS, kind_of
from marketplace.ledger.models import Account, Entry, PayoutItem, Posting
from marketplace.ledger.queries import balance

State = PayoutItem.State


@audit("rules of the books", of=MONEY)
def rules_are_held() -> Iterator[str]:
    """Tables of the books whose rule is not in the database."""
    for lost in dbrules.missing():
        if " on ledger_" in lost:
            yield f"The database does not hold {lost}."


@audit("entries", of=MONEY)
def entries_are_sealed_and_zero() -> Iterator[str]:
    """Entries that are open, lopsided, or of one leg."""
    summed = Entry.objects.annotate(rial=Coalesce(Sum("postings__amount_rial"), 0), legs=Count("postings"))
    for entry in (summed.exclude(rial=0) | summed.filter(sealed_at=None) | summed.filter(legs__lt=2)).order_by("pk"):
        open_ = "" if entry.sealed_at else ", not sealed"
        yield f"Entry {entry.pk} ({entry}): {entry.legs} postings come to {entry.rial} rial{open_}."


@audit("accounts", of=MONEY)
def accounts_are_known() -> Iterator[str]:
    """Accounts of another kind than their code says, and payables that are not their seller's."""
    for account in Account.objects.order_by("pk"):
        word, _colon, rest = account.code.partition(":")
        try:
            right = kind_of(account.code) == account.kind
        except KeyError:
            right = False
        if not right or (word == PAYABLE) != (account.seller_id is not None and rest == str(account.seller_id)):
            yield f"Account {account.pk}, {account.code}: its kind or seller is not what its code says."


@audit("what is owed to sellers", of=MONEY)
def payable_is_earned_less_paid() -> Iterator[str]:
    """Legs on sellers' accounts without a purpose: neither earned nor paid."""
    for posting in Posting.objects.filter(account__seller__isnull=False, what="").order_by("pk"):
        yield f"Posting {posting.pk} of entry {posting.entry_id}: {posting.amount_rial} rial of a seller, neither earned nor paid."


@audit("payouts", of=MONEY)
def payouts_stand_in_the_books() -> Iterator[str]:
    """Lines of payouts whose entries are not those of their state; what is on its way and in no file."""
    events = {
        State.PREPARED: {"payout"},
        State.PAID: {"payout", "payout_paid"},
        State.FAILED: {"payout", "payout_failed"},
    }
    booked: dict[str, dict[str, int]] = {}
    entries = Entry.objects.filter(source__startswith="payout:").annotate(
        rial=Sum("postings__amount_rial", filter=Q(postings__amount_rial__gt=0))
    )
    for entry in entries:
        booked.setdefault(entry.source, {})[entry.event] = entry.rial
    for item in PayoutItem.objects.order_by("pk").iterator():
        there = booked.pop(item.source, {})
        wrong = {event for event, rial in there.items() if rial != item.amount_rial}
        if wrong or events[State(item.state)] != set(there) - (
            {"payout_paid"} if item.state == State.FAILED else set()
        ):
            yield f"Payout line {item.pk} ({item.trace}, {item.state}): the books have {there} for {item.amount_rial} rial."
    for source, there in sorted(booked.items()):
        yield f"{source}: the books have {there}, and no payout has such a line."
    on_its_way = PayoutItem.objects.filter(state=State.PREPARED).aggregate(rial=Coalesce(Sum("amount_rial"), 0))["rial"]
    if -balance(PAYOUTS) != on_its_way:
        yield f"Account payouts: {-balance(PAYOUTS)} rial are on their way, files hold {on_its_way}."
