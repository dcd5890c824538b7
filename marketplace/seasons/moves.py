"""Pieces that were sold from a venue's offers and that went back, each on the day and under the source that the books have.

A line is sold once, in the entry `sale` of its payment; what goes back of it goes in an entry `return` of a cancellation or return,
for the share that `order.money.share_after` gives: so the moves of an entry come to what its postings say, to the rial
(`seasons.audits`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import CharField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Concat

from marketplace.core.clock import TEHRAN
from marketplace.ledger.models import Entry
from marketplace.order.models import Line, MoneyBack
from marketplace.order.money import Share, share_after, whole


class Kind(StrEnum):
    """What became of the pieces."""

    SOLD = "sold"
    CANCELLED = "cancelled"
    RETURNED = "returned"


@dataclass(frozen=True)
class Move:
    """`share` is in rial and above zero also for what went back. `source` is what the books call it."""

    kind: Kind
    on: date
    sold_on: date
    line: Line
    pieces: int
    share: Share
    source: str


def moves(lines: QuerySet[Line], *, since: date | None = None, until: date | None = None) -> Iterator[Move]:
    """What happened to lines from one day to another, both included (always, without days). Two queries."""
    days = (since, until) if since is not None and until is not None else None
    dated = _dated(lines)
    by_line: dict[int, list[Gone]] = {}
    for gone in _went_back(lines, days):
        by_line.setdefault(gone[1], []).append(gone)
    for line in dated.filter(_sold_in(days) | Q(pk__in=list(by_line))) if days else dated:
        on = _sold_on(line)
        if days is None or days[0] <= on <= days[1]:
            source = line.order.payment.number if line.order.payment else ""
            yield Move(Kind.SOLD, on, on, line, line.quantity, whole(line), source)
        for gone in by_line.get(line.pk, []):
            yield _back_of(line, *gone)


Days = tuple[date, date] | None


def _dated(lines: QuerySet[Line]) -> QuerySet[Line]:
    """Lines with the day on which the books have their sale, and the day that their snapshot says."""
    sale = Entry.objects.filter(event="sale", source=OuterRef("order__payment__number"))
    said = Cast(KeyTextTransform("on", "snapshot"), CharField(max_length=10))
    return (
        lines.annotate(booked_on=Subquery(sale.values("on")[:1]), said_on=said)
        .select_related("order__payment", "maker", "product__craft__group", "product__parent__craft__group")
        .defer("snapshot", "gift_note", "personal_text", "product__description", "product__parent__description")
        .order_by("pk")
    )


def _sold_in(days: tuple[date, date]) -> Q:
    """Sold in these days; what no payment stands behind counts on the day that its snapshot says."""
    first, last = days
    return Q(booked_on__gte=first, booked_on__lte=last) | Q(
        booked_on=None, said_on__gte=first.isoformat(), said_on__lte=last.isoformat()
    )


def _sold_on(line: Line) -> date:
    booked, said = line.booked_on, line.said_on  # type: ignore[attr-defined]
    if booked:
        return booked
    return date.fromisoformat(said) if said else line.order.date_placed.astimezone(TEHRAN).date()


#: What a cancellation or return gave back for, the line's number, pieces of it that had gone before, pieces that went.
Gone = tuple[MoneyBack, int, int, int]


def _went_back(lines: QuerySet[Line], days: Days) -> Iterator[Gone]:
    """What went back in the days, of the sellers' parts of these lines; what went before is read too, because a rial that is left
    over by a division goes with the last piece."""
    source = Concat(Value("back:"), OuterRef("number"), output_field=CharField())
    booked = Entry.objects.filter(event="return", source=source)
    backs = MoneyBack.objects.annotate(booked_on=Subquery(booked.values("on")[:1]))
    wanted = backs.filter(seller_order__in=lines.order_by().values("seller_order"))
    if days:
        wanted = wanted.filter(booked_on__gte=days[0], booked_on__lte=days[1])
    gone: dict[int, int] = {}
    for back in backs.filter(seller_order__in=wanted.values("seller_order")).order_by("pk"):
        for number, pieces in back.pieces.items():
            before = gone.get(int(number), 0)
            gone[int(number)] = before + pieces
            if days is None or days[0] <= back.booked_on <= days[1]:  # type: ignore[attr-defined]
                yield back, int(number), before, pieces


def _back_of(line: Line, back: MoneyBack, _number: int, before: int, pieces: int) -> Move:
    kind = Kind.CANCELLED if back.of_return_id is None else Kind.RETURNED
    share = share_after(line, gone=before, pieces=pieces)
    return Move(kind, back.booked_on, _sold_on(line), line, pieces, share, f"back:{back.number}")  # type: ignore[attr-defined]
