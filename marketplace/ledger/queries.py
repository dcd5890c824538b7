"""Reading the books: balances, what is owed, a seller's statement."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, Sum
from django.db.models.functions import Coalesce

from marketplace.ledger.accounts import PAYABLE, payable
from marketplace.ledger.models import Posting
from marketplace.makers.models import ProductionLicence
from marketplace.partner.models import Partner

What = Posting.What


def balance(code: str) -> int:
    """An account's balance in rial: debit above zero, credit below."""
    return Posting.objects.filter(account__code=code).aggregate(rial=Coalesce(Sum("amount_rial"), 0))["rial"]


def balances() -> dict[str, int]:
    """Every account that is not at zero: debit above zero, credit below."""
    rows = Posting.objects.order_by().values_list("account__code").annotate(rial=Sum("amount_rial"))
    return {code: rial for code, rial in rows if rial}


def owed_to(seller_ids: Collection[int] | None = None) -> dict[int, int]:
    """What sellers are owed, in rial above zero by seller; all who are owed, unless some are named. One query."""
    return {pk: -rial for pk, rial in _payables(seller_ids).items() if rial < 0}


def owed_by(seller_ids: Collection[int] | None = None) -> dict[int, int]:
    """What sellers owe the market after refunds of money that was sent to them: rial above zero by seller. One query."""
    return {pk: rial for pk, rial in _payables(seller_ids).items() if rial > 0}


def _payables(seller_ids: Collection[int] | None) -> dict[int, int]:
    postings = Posting.objects.order_by().filter(account__seller__isnull=False)
    if seller_ids is not None:
        postings = postings.filter(account__seller__in=seller_ids)
    return dict(postings.values_list("account__seller").annotate(Sum("amount_rial")))


@dataclass(frozen=True)
class Row:
    """One entry on a seller's account, from the seller's side: what is owed to the seller is above zero. Rial."""

    on: date
    event: str
    reference: str
    goods_rial: int
    delivery_rial: int
    commission_rial: int
    tax_rial: int
    paid_rial: int
    balance_rial: int
    wrap_rial: int = 0

    @property
    def sum_rial(self) -> int:
        """By how much the entry changed what the seller is owed."""
        return (
            self.goods_rial
            + self.wrap_rial
            + self.delivery_rial
            + self.commission_rial
            + self.tax_rial
            + self.paid_rial
        )


@dataclass(frozen=True)
class Statement:
    """A seller's account from one day to another, both included. Balances above zero are owed to the seller, below by the seller.

    `licence`: the production licence that was in force on some day of it and lasts longest, if there was one.
    """

    seller: Partner
    since: date
    until: date
    opening_rial: int
    rows: list[Row]
    licence: ProductionLicence | None

    @property
    def closing_rial(self) -> int:
        """What is owed at the end."""
        return self.rows[-1].balance_rial if self.rows else self.opening_rial

    def total(self, what: str) -> int:
        """The sum of a column of the rows, such as `commission_rial`."""
        return sum(getattr(row, what) for row in self.rows)


def statement(seller: Partner, *, since: date, until: date) -> Statement:
    """What a seller earned and was paid, in three queries whatever the length."""
    postings = Posting.objects.filter(account__code=payable(seller.pk)).order_by()
    before = postings.filter(entry__on__lt=since).aggregate(rial=Coalesce(Sum("amount_rial"), 0))["rial"]
    sums = {what: Coalesce(-Sum("amount_rial", filter=Q(what=what)), 0) for what in What.values}
    entries = (
        postings.filter(entry__on__gte=since, entry__on__lte=until)
        .values("entry__on", "entry", "entry__event", "entry__reference")
        .annotate(**sums)
        .order_by("entry__on", "entry")
    )
    return Statement(seller, since, until, -before, _rows(entries, -before), _licence_in(seller, since, until))


def _rows(entries, balance_rial: int) -> list[Row]:
    rows = []
    for entry in entries:
        parts = {f"{what}_rial": entry[what] for what in What.values}
        balance_rial += sum(parts.values())
        rows.append(
            Row(
                on=entry["entry__on"],
                event=entry["entry__event"].partition(":")[0],
                reference=entry["entry__reference"],
                balance_rial=balance_rial,
                **parts,
            )
        )
    return rows


def _licence_in(seller: Partner, since: date, until: date) -> ProductionLicence | None:
    if seller.maker_id is None:
        return None
    in_force = Q(revoked_on__isnull=True) | Q(revoked_on__gt=since)
    licences = ProductionLicence.objects.filter(
        in_force, maker_id=seller.maker_id, issued_on__lte=until, expires_on__gte=since
    )
    return licences.order_by("-expires_on", "-pk").first()


def trial_balance() -> dict[str, int]:
    """Sums by the word of the account: `payable` stands for every seller's. They add up to zero."""
    sums: dict[str, int] = {}
    for code, rial in balances().items():
        word = code.partition(":")[0] if code.startswith(f"{PAYABLE}:") else code
        sums[word] = sums.get(word, 0) + rial
    return sums
