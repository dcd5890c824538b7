"""Sales of a span by day or month, maker, craft group and stall: plain rows of whole numbers, with names in both languages."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from marketplace.bazaars.models import Venue
from marketplace.crafts.models import Named
from marketplace.order.models import Line
from marketplace.seasons.moves import Kind, Move, moves
from marketplace.seasons.spans import DAY, MONTH, Span
from marketplace.stalls.models import Lease

Row = dict[str, Any]
#: Whole numbers of a row: pieces, then rial. `gross` is works with their gift wrap before the market's own discounts; `back` is
#: what of it went back; `earned` is what makers keep: `net` less commission and its tax.
PIECES = ("sold", "cancelled", "returned", "pieces")
RIAL = ("gross", "back", "net", "discount", "commission", "tax", "earned")


def sums(found: Iterable[Move]) -> dict[str, int]:
    """What moves come to. Discounts, commission and tax are after what went back."""
    row = dict.fromkeys((*PIECES, *RIAL), 0)
    for move in found:
        sign = 1 if move.kind == Kind.SOLD else -1
        row[move.kind] += move.pieces
        row["gross" if sign > 0 else "back"] += move.share.goods
        row["pieces"] += sign * move.pieces
        row["net"] += sign * move.share.goods
        row["discount"] += sign * move.share.discount
        row["commission"] += sign * move.share.commission
        row["tax"] += sign * move.share.tax
    row["earned"] = row["net"] - row["commission"] - row["tax"]
    return row


def sales_of(venue: Venue, span: Span, leases: list[Lease], *, on: date) -> dict[str, Any]:
    """Sales of a venue's offers in a span; `leases` are all of the venue. Two queries whatever was sold."""
    found = list(moves(Line.objects.filter(venue=venue), since=span.first, until=span.last))
    stall_of = _stalls(leases)
    return {
        "total": sums(found),
        "times": _times(found, span, on),
        "makers": _rows(found, lambda move: move.line.maker_id or 0, lambda move: named(move.line.maker)),
        "groups": _rows(found, lambda move: getattr(_group(move.line), "pk", 0), lambda move: named(_group(move.line))),
        "stalls": _rows(found, stall_of, lambda move: stall_of(move) or None),
    }


def named(thing: Named | None) -> dict[str, str] | None:
    """A name in both languages; None where it is not known."""
    return {"fa": thing.name_fa, "en": thing.name_en} if thing is not None else None


def _group(line: Line) -> Named | None:
    work = line.product.origin_work if line.product else None
    return work.craft.group if work is not None and work.craft else None


def _rows(found: list[Move], key: Callable[[Move], Any], name: Callable[[Move], Any]) -> list[Row]:
    """A row a key, those that sold most first; the one without a name comes last."""
    groups: dict[Any, list[Move]] = {}
    for move in found:
        groups.setdefault(key(move), []).append(move)
    rows = [
        {"name": name(group[0]), **sums(group)} for _key, group in sorted(groups.items(), key=lambda one: str(one[0]))
    ]
    return sorted(rows, key=lambda row: (row["name"] is None, -row["gross"]))


def _times(found: list[Move], span: Span, on: date) -> list[Row]:
    """A row a day of a month, or a month of a season, up to today."""
    if span.kind == MONTH:
        days = [(day, day) for day in _days(span.first, span.seen_until(on))]
    else:
        days = [(month.first, month.last) for month in span.months if month.has_begun(on)]
    return [{"since": str(first), **sums(move for move in found if first <= move.on <= last)} for first, last in days]


def _days(first: date, last: date) -> list[date]:
    return [first + DAY * nth for nth in range((last - first).days + 1)]


def _stalls(leases: list[Lease]) -> Callable[[Move], str]:
    """Which stall a move belongs to: the one that its maker held on the day of the sale. Where a maker held several, those whose
    registered trade the work is of; where that still leaves several, all of them together. Without a stall: nothing."""
    held: dict[int, list[Lease]] = {}
    for lease in leases:
        held.setdefault(lease.tenant_id, []).append(lease)

    def stall(move: Move) -> str:
        work = move.line.product.origin_work if move.line.product else None
        there = [lease for lease in held.get(move.line.maker_id or 0, []) if lease.is_running_on(move.sold_on)]
        craft = work.craft_id if work else None
        fitting = [lease for lease in there if craft in {one.pk for one in lease.crafts.all()}]
        return ", ".join(sorted({lease.stall.number for lease in fitting or there}))

    return stall
