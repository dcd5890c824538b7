"""What the operator's page of payouts shows: who is owed what and when, files for the bank, and money that waits for a person."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from marketplace.ledger.models import Payout, PayoutItem
from marketplace.ledger.payouts import Prepared, prepare
from marketplace.ledger.queries import owed_by, owed_to
from marketplace.order.due import held_back
from marketplace.partner.models import Partner
from marketplace.payments.models import PaymentAttempt, Refund


@dataclass(frozen=True)
class SellerRow:
    """What a seller is owed in rial, and how much of it is held until its buyers cannot give it back any more."""

    seller: Partner
    owed_rial: int
    held_rial: int

    @property
    def due_rial(self) -> int:
        """What a file made now would hold, once the account is verified."""
        return self.owed_rial - self.held_rial


@dataclass(frozen=True)
class Overview:
    """`rows` of sellers who are owed something; `owing`: seller and rial, after refunds of money that was sent already."""

    rows: list[SellerRow]
    owing: list[tuple[Partner, int]]

    @property
    def owed_rial(self) -> int:
        return sum(row.owed_rial for row in self.rows)

    @property
    def held_rial(self) -> int:
        return sum(row.held_rial for row in self.rows)

    @property
    def payable_rial(self) -> int:
        """What a file made now comes to."""
        return sum(row.due_rial for row in self.rows if row.seller.paid_to)


def overview(on: date) -> Overview:
    """The makers' accounts on a day, in a fixed number of queries."""
    owed, owing, held = owed_to(), owed_by(), held_back(on)
    people = Partner.objects.select_related("maker").in_bulk([*owed, *owing])
    rows = [SellerRow(people[pk], rial, min(rial, held.get(pk, 0))) for pk, rial in owed.items()]
    return Overview(
        rows=sorted(rows, key=lambda row: (-row.due_rial, row.seller.pk)),
        owing=sorted(((people[pk], rial) for pk, rial in owing.items()), key=lambda each: -each[1]),
    )


def prepare_due(*, on: date, by) -> Prepared:
    """A file of all that is due. Raises ValidationError with code `nothing_to_pay`."""
    return prepare(on=on, by=by, held=lambda: held_back(on))


def files() -> QuerySet[Payout]:
    """The files made so far, newest first, with the number of their lines by state and their rial."""

    def lines(state: str) -> Count:
        return Count("items", filter=Q(items__state=state))

    return Payout.objects.annotate(
        rial=Coalesce(Sum("items__amount_rial"), 0),
        waiting=lines(PayoutItem.State.PREPARED),
        sent=lines(PayoutItem.State.PAID),
        failed=lines(PayoutItem.State.FAILED),
    ).order_by("-pk")


def waiting_refunds() -> QuerySet[Refund]:
    """Refunds that no gateway gives: paid by hand, or looked up first."""
    waits = (Refund.State.BY_HAND, Refund.State.SUSPENSE)
    return Refund.objects.filter(state__in=waits).select_related("attempt").order_by("pk")


def waiting_payments() -> QuerySet[PaymentAttempt]:
    """Payments in suspense of which something is promised to nobody yet."""
    unpromised = Q(refunded_rial__lt=Coalesce(F("paid_rial"), F("amount_rial")))
    return PaymentAttempt.objects.filter(unpromised, state=PaymentAttempt.State.SUSPENSE).order_by("pk")
