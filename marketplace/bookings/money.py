"""What a booking is worth to whom, and how the ledger hears of it. Its host earns the whole price: bookings bear no commission."""

from marketplace.bookings.models import Booking
from marketplace.core.clock import today
from marketplace.ledger import books
from marketplace.ledger.books import SalePart
from marketplace.payments.disputes import lost_rial
from marketplace.payments.models import PaymentAttempt
from marketplace.payments.refunds import store_refund


def source_of(booking: Booking) -> str:
    """What the books and the payment's refund call its money back."""
    return f"booking:{booking.number}"


def _part(booking: Booking) -> SalePart:
    maker = booking.session.maker
    if maker is None:  # the database lets no priced session stand without its host
        raise ValueError(f"Booking {booking.number} costs money and has no host.")
    return SalePart(seller_id=maker.seller.pk, goods_rial=int(booking.amount_rial))


def record_paid(booking: Booking, attempt: PaymentAttempt) -> None:
    """Post a paid booking, in the transaction that confirms it: its host is owed the price."""
    books.record_sale(
        source=attempt.number,
        gateway=attempt.gateway,
        amount_rial=int(booking.amount_rial),
        parts=[_part(booking)],
        on=today(),
        reference=booking.number,
    )


def give_money_back(booking: Booking) -> None:
    """Promise back what was paid, in the transaction that cancels; the gateway is asked by the sweeper. Nothing for what was not paid.

    What the visitor's bank took of it for good is not given twice. Raises ValidationError with code `disputed`.
    """
    if booking.payment is None:
        return
    amount = int(booking.amount_rial)
    taken = min(amount, lost_rial(booking.payment)) if booking.payment.disputed_at else 0
    books.record_return(
        source=source_of(booking),
        parts=[_part(booking)],
        amount_rial=amount,
        taken_rial=taken,
        on=today(),
        reference=booking.number,
    )
    if amount > taken:
        store_refund(attempt=booking.payment, amount_rial=amount - taken, source=source_of(booking))
