"""What `manage.py audit_money` looks at in reports: that what they count is what the books have."""

from collections import Counter
from collections.abc import Iterator

from django.db.models import Q, Sum

from marketplace.core.registry import MONEY, audit
from marketplace.ledger.models import Posting
from marketplace.order.models import Line, Order
from marketplace.seasons.moves import Kind, moves

What = Posting.What


@audit("reports of venues", of=MONEY)
def reports_count_what_the_books_have() -> Iterator[str]:
    """Entries whose sellers' legs are not what the moves of their lines come to: every venue's report and the workshops' sales
    together are the books."""
    counted: Counter[tuple[str, str, str]] = Counter()
    for move in moves(Line.objects.all()):
        if not move.source:
            continue
        sign = 1 if move.kind == Kind.SOLD else -1
        legs = ((What.GOODS, move.share.goods - move.share.wrap), (What.WRAP, move.share.wrap))
        for what, rial in (*legs, (What.COMMISSION, -move.share.commission), (What.TAX, -move.share.tax)):
            counted[move.source, "sale" if sign > 0 else "return", what] += sign * rial
    booked = {(source, event, what): -rial for source, event, what, rial in _legs()}
    for leg in sorted({*counted, *booked}):
        if counted[leg] != booked.get(leg, 0):
            source, event, what = leg
            yield f"{source} {event}: reports count {counted[leg]} rial of {what}, the books have {booked.get(leg, 0)}."


def _legs() -> Iterator[tuple[str, str, str, int]]:
    """(source, event, what, rial) of the sellers' legs of orders."""
    paid = Order.objects.exclude(payment=None).values("payment__number")
    ours = Q(entry__event="sale", entry__source__in=paid) | Q(entry__event="return", entry__source__startswith="back:")
    legs = Posting.objects.filter(ours, account__seller__isnull=False, what__in=COUNTED).order_by()
    yield from legs.values_list("entry__source", "entry__event", "what").annotate(rial=Sum("amount_rial"))


COUNTED = (What.GOODS, What.WRAP, What.COMMISSION, What.TAX)
