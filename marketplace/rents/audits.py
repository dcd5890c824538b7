"""What `manage.py audit_money` looks at in rents."""

from collections import Counter
from collections.abc import Iterator

from django.db.models import Sum
from django.db.models.functions import Coalesce

from marketplace.core.registry import MONEY, audit
from marketplace.ledger.accounts import RENT_OWED, RENT_TO_VENUES, rent_owed
from marketplace.ledger.models import Account, Posting
from marketplace.rents.models import Rent


@audit("rents and the books", of=MONEY)
def unpaid_rents_are_owed() -> Iterator[str]:
    """Rents whose entries do not come to what is still owed."""
    legs = Posting.objects.filter(account__code__startswith=f"{RENT_OWED}:", entry__source__startswith="rent:")
    booked = dict(
        legs.values_list("entry__source")
        .annotate(rial=Coalesce(Sum("amount_rial"), 0))
        .values_list("entry__source", "rial")
    )
    for rent in Rent.objects.order_by("pk"):
        owed = 0 if rent.paid_on else rent.amount_rial
        if booked.pop(rent.source, 0) != owed:
            yield f"Rent {rent.pk}: {owed} rial are owed, the books say otherwise."
    for source in sorted(booked):
        yield f"{source}: the books know it, and no rent has this number."


@audit("rents of venues", of=MONEY)
def venues_are_owed_their_rents() -> Iterator[str]:
    """Venues whose accounts do not come to their unpaid rents."""
    owed: Counter[str] = Counter()
    for venue, rial in Rent.objects.filter(paid_on=None).values_list("lease__stall__venue", "amount_rial"):
        owed[rent_owed(venue)] += rial
    for account in Account.objects.filter(code__startswith=f"{RENT_OWED}:").annotate(
        rial=Coalesce(Sum("postings__amount_rial"), 0)
    ):
        if account.rial != owed[account.code]:
            yield f"Account {account.code}: {account.rial} rial, unpaid rents are {owed[account.code]}."
    mirrored = Posting.objects.filter(account__code__startswith=f"{RENT_TO_VENUES}:").aggregate(
        rial=Coalesce(Sum("amount_rial"), 0)
    )["rial"]
    if -mirrored != sum(owed.values()):
        yield f"Accounts {RENT_TO_VENUES}: {-mirrored} rial, unpaid rents are {sum(owed.values())}."
