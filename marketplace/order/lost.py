"""After a dispute that the buyer's bank decided for the buyer: nobody need send what is not paid for any more."""

from django.utils.translation import gettext_lazy as _

from marketplace.order.models import SellerOrder
from marketplace.order.rules import BEFORE_DISPATCH
from marketplace.order.steps import tell_maker
from marketplace.payments.models import PaymentAttempt


def tell_makers_of_loss(attempt: PaymentAttempt) -> None:
    """Each maker of the order who has sent nothing yet, so that they keep the piece and cancel; in the transaction of the bank's word.

    Nothing is cancelled by itself: a bank may take a part of a payment, and which pieces that was for is for people to say.
    """
    unsent = SellerOrder.objects.filter(order__payment=attempt, state__in=BEFORE_DISPATCH)
    for part in unsent.select_related("seller__maker__owner").order_by("pk"):
        tell_maker(
            part,
            _(
                "The buyer's bank took the payment of %(number)s back for good. Do not send it; cancel what is not sent."
            ),
        )
