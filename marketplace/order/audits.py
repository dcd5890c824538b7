"""What `manage.py audit_market` and `audit_money` look at in what was sold."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date

from django.db.models import DecimalField, F, Q, Sum

from marketplace.bazaars.dates import venue_dates
from marketplace.bazaars.models import LicenceEvent, Venue
from marketplace.core.clock import TEHRAN
from marketplace.core.registry import MONEY, audit
from marketplace.ledger.accounts import LOSSES, REFUNDS
from marketplace.ledger.models import Posting
from marketplace.order.models import Line, MoneyBack, Order, SellerOrder
from marketplace.payments.models import PaymentAttempt, Refund


@audit("order lines")
def sold_by_the_rule() -> Iterator[str]:
    """Lines sold in a venue that was bound on the day of the sale, by a work that was not domestic then.

    An event recorded after the sale for a day before it makes nobody guilty: the licences count as they were known.
    """
    events: dict[int, list[LicenceEvent]] = defaultdict(list)
    for event in LicenceEvent.objects.select_related("licence").order_by("pk"):
        events[event.licence.venue_id].append(event)
    lines = Line.objects.filter(venue__isnull=False).exclude(origin_state="domestic").select_related("venue", "order")
    for line in lines.order_by("pk").iterator():
        assert line.venue is not None
        known = [event for event in events[line.venue.pk] if event.recorded_at <= line.order.date_placed]
        if _venue_as(line.venue, known).is_bound_on(_day_of(line)):
            yield f"Order {line.order.number}, line {line.pk}: a {line.origin_state} work was sold in bound venue {line.venue.slug}."


def _day_of(line: Line) -> date:
    """The market's day of a sale, as its snapshot has it."""
    said = line.snapshot.get("on")
    return date.fromisoformat(said) if said else line.order.date_placed.astimezone(TEHRAN).date()


def _venue_as(venue: Venue, events: list[LicenceEvent]) -> Venue:
    """A venue with the dates that some events give; one without a licence keeps its own."""
    if not events:
        return venue if not venue.licences.exists() else Venue()
    dates = venue_dates(events)
    return Venue(bound_since=dates.bound_since, bound_until=dates.bound_until)


@audit("orders and their payments", of=MONEY)
def orders_were_paid() -> Iterator[str]:
    """Orders whose total, sellers' parts and payment are not the same money; finished payments of no order."""
    parts = Sum(F("seller_orders__total_rial") + F("seller_orders__delivery_rial"))
    for order in Order.objects.filter(payment__isnull=False).select_related("payment").annotate(parts=parts):
        assert order.payment is not None
        total, paid = int(order.total_incl_tax), order.payment.reached_us_rial
        if not total == paid == order.parts:
            yield f"Order {order.number}: its total is {total} rial, its sellers' parts {order.parts}, its payment {paid}."
    finished = PaymentAttempt.State.FINISHED
    for order in Order.objects.filter(payment__isnull=False).exclude(payment__state=finished):
        yield f"Order {order.number}: its payment is not finished."


@audit("sellers' parts and their lines", of=MONEY)
def parts_are_their_lines() -> Iterator[str]:
    """Sellers' parts that are not the sum of their lines, gift wrap included."""
    lines = Sum(F("lines__line_price_incl_tax") + F("lines__wrap_rial"), output_field=DecimalField())
    for part in SellerOrder.objects.annotate(of_lines=lines).exclude(of_lines=F("total_rial")).order_by("pk"):
        yield f"Seller order {part.number}: its total is {part.total_rial} rial, its lines come to {int(part.of_lines or 0)}."


@audit("money back", of=MONEY)
def money_back_is_promised_once() -> Iterator[str]:
    """Cancellations and returns whose money the books, or the payment's refunds, do not have."""
    booked, taken = _returned_by(REFUNDS), _returned_by(LOSSES)
    promised = dict(Refund.objects.filter(source__startswith="back:").values_list("source", "amount_rial"))
    for back in MoneyBack.objects.order_by("pk"):
        source, rial = f"back:{back.number}", int(back.amount_rial)
        bank, left = int(back.taken_rial), back.refunded_rial
        there = -booked.pop(source, 0), -taken.pop(source, 0)
        if there != (left, bank) or (back.refund and promised.pop(source, 0) != left):
            yield f"Money back {back.number} of {back.seller_order.number}: {rial} rial are not promised as they were counted."
    for source in sorted({*booked, *taken, *promised}):
        yield f"{source}: money is promised back that no cancellation or return counted."


def _returned_by(account: str) -> dict[str, int]:
    """What returns posted on an account, by source."""
    legs = Posting.objects.filter(entry__event="return", account__code=account).exclude(
        entry__source__startswith="booking:"  # bookings count theirs themselves
    )
    return dict(legs.values_list("entry__source", "amount_rial"))


@audit("pieces given back", of=MONEY)
def pieces_are_given_back_once() -> Iterator[str]:
    """Lines whose cancelled and returned pieces are not those that money went back for."""
    paid: Counter[int] = Counter()
    for pieces in MoneyBack.objects.values_list("pieces", flat=True):
        paid.update({int(line): count for line, count in pieces.items()})
    gone = Line.objects.filter(Q(cancelled__gt=0) | Q(returned__gt=0) | Q(pk__in=paid)).select_related("order")
    for line in gone.order_by("pk"):
        if line.cancelled + line.returned != paid[line.pk]:
            yield f"Order {line.order.number}, line {line.pk}: {line.cancelled + line.returned} pieces went, {paid[line.pk]} paid back."
