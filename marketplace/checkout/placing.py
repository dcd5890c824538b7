"""The finisher of a purchase: what happens, once, when its payment is verified, refused or given up."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from oscar.core.loading import get_model
from oscar.core.prices import Price

from marketplace.basket.models import Basket
from marketplace.checkout.again import is_being_paid
from marketplace.checkout.models import Purchase
from marketplace.checkout.rules import require_works_kept
from marketplace.checkout.services import give_back, refuse_purchase, take_again
from marketplace.core import outbox
from marketplace.core.refusals import keep, kept
from marketplace.core.registry import door_named
from marketplace.listing.withdrawals import WORK_CHANGED
from marketplace.offer.uses import apply_agreed, settle_uses
from marketplace.order.creator import OrderCreator
from marketplace.order.mail import ORDER_PLACED
from marketplace.order.models import Order
from marketplace.order.money import record_order
from marketplace.partner.strategy import AgreedPrices
from marketplace.payments.models import PaymentAttempt
from marketplace.payments.rules import require_own_amount
from marketplace.shipping.methods import AsChosen

State = Purchase.State
Country, ShippingAddress = get_model("address", "Country"), get_model("order", "ShippingAddress")


def _rial(amount: int) -> Price:
    return Price(currency="IRR", excl_tax=Decimal(amount), tax=Decimal(0))


IRAN = {"iso_3166_1_a3": "IRN", "printable_name": "Iran", "name": "Iran", "is_shipping_country": True}


def _shipping_address(purchase: Purchase):
    to = purchase.address
    iran, _new = Country.objects.get_or_create(iso_3166_1_a2="IR", defaults=IRAN)
    return ShippingAddress.objects.create(
        first_name=to["name"],
        line1=to["address"],
        line4=to["city"],
        state=to["province_fa"],
        postcode=to["postal_code"],
        country=iran,
        phone_number=purchase.mobile,
        notes=to["note"],
    )


@kept
@transaction.atomic
def place_order(purchase: Purchase, attempt: PaymentAttempt | None = None) -> Order:
    """The order of a paid purchase, under the purchase's number, posted in the ledger. Raises ValidationError and changes nothing.

    What the purchase still holds is handed over; after its time its pieces are taken anew, if they are there, before anything else
    is locked: a payment that comes late waits for others where others wait for it.
    """
    kept = Purchase.objects.select_for_update().get(pk=purchase.pk)
    is_open = kept.state in (State.RESERVED, State.RELEASED)
    if not is_open or not Purchase.objects.filter(pk=kept.pk, state=kept.state).update(state=State.ORDERED):
        raise ValidationError(_("This purchase was finished before."), code="purchase_closed")
    basket = Basket.objects.get(pk=kept.basket_id)
    require_works_kept(basket_is_kept=basket.status == Basket.FROZEN)
    if kept.state == State.RELEASED:
        take_again(basket)
    basket.strategy = AgreedPrices()
    is_discounted = apply_agreed(basket=basket, source=kept.number)
    creator = OrderCreator(stock_is_held=True, delivery=kept.delivery)
    order = creator.place_order(
        basket=basket,
        total=_rial(kept.total_rial),
        shipping_method=AsChosen(),
        shipping_charge=_rial(kept.delivery_rial),
        user=kept.user,
        shipping_address=_shipping_address(kept),
        order_number=kept.number,
        guest_email=kept.email,
        guest_mobile=kept.mobile,
        language=kept.address.get("language", "fa"),
        payment=attempt,
    )
    if is_discounted:
        settle_uses(source=kept.number, order=order)
    if attempt is not None:
        record_order(order, attempt)
    basket.submit()
    Purchase.objects.filter(pk=kept.pk).update(order=order)
    outbox.post(ORDER_PLACED, order.number, email=kept.email, language=kept.address.get("language", "fa"))
    outbox.post_many(WORK_CHANGED, {line.product.parent_id or line.product_id for line in basket.all_lines()})
    return order


class PurchaseFinisher:
    """`marketplace.payments.finishers.Finisher` for purchases."""

    def finish(self, payable_id: int, attempt: PaymentAttempt) -> None:
        purchase = Purchase.objects.get(pk=payable_id)
        require_own_amount(attempt.amount_rial, purchase.total_rial)
        place_order(purchase, attempt)

    def refuse(self, payable_id: int, attempt: PaymentAttempt, error: ValidationError) -> None:
        """A purchase that became an order by another attempt keeps it; only this attempt's money goes back."""
        purchase = Purchase.objects.get(pk=payable_id)
        refuse_purchase(purchase, error, froms=(State.RESERVED, State.RELEASED))
        keep(error, door=door_named("order_line"), user=purchase.user)

    def give_up(self, payable_id: int) -> None:
        """While its buyer pays in another way, a purchase is held on; time lets go of it."""
        if is_being_paid(payable_id):
            return
        give_back(Purchase.objects.get(pk=payable_id), State.RELEASED)

    def page(self, payable_id: int) -> str:
        return reverse("checkout:done", args=[Purchase.objects.get(pk=payable_id).number])
