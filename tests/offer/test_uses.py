"""Discounts through a sale: agreed at "pay", charged as agreed, counted once, given back when nothing comes of it."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.utils import timezone

from marketplace.basket.lines import show
from marketplace.basket.models import Basket
from marketplace.basket.services import add_to_basket, offer_to_sell
from marketplace.checkout.models import Purchase
from marketplace.checkout.placing import place_order
from marketplace.checkout.services import give_back, start_purchase
from marketplace.offer.models import ConditionalOffer, OfferUse
from marketplace.offer.services import work_out
from marketplace.offer.uses import take_uses
from marketplace.order.models import Order
from marketplace.partner.models import StockRecord
from marketplace.voucher.models import Voucher, VoucherApplication
from tests.checkout.sale import allocated, basket_of, purchase_of
from tests.offer.discounts import a_range, a_voucher, an_offer, fresh

pytestmark = pytest.mark.django_db
KILIM = 180_000_000


@pytest.fixture
def tenth(kilim) -> ConditionalOffer:
    """Ten percent off the kilim, three times at most, once in a basket."""
    return an_offer(a_range(kilim), max_global_applications=3, max_basket_applications=1, name="تخفیف پاییز")


def counters(offer) -> tuple[int, int]:
    offer.refresh_from_db()
    return offer.num_applications, int(offer.total_discount)


def states() -> list[str]:
    return list(OfferUse.objects.order_by("pk").values_list("state", flat=True))


def test_the_agreed_discount_is_charged_and_ordered(tenth, workshop_offer, contact):
    purchase = purchase_of(workshop_offer, contact, quantity=2)
    assert (purchase.total_rial, counters(tenth), states()) == (324_000_000, (1, 36_000_000), ["held"])
    order = place_order(purchase)
    line, discount = order.lines.get(), order.discounts.get()
    assert (int(order.total_incl_tax), int(line.line_price_incl_tax)) == (324_000_000, 324_000_000)
    assert int(line.line_price_before_discounts_incl_tax) == 360_000_000
    assert (discount.offer_id, discount.frequency, int(discount.amount)) == (tenth.pk, 1, 36_000_000)
    assert int(line.discounts.get().amount) == 36_000_000
    assert order.seller_orders.get().total_rial == 324_000_000
    assert (counters(tenth), states()) == ((1, 36_000_000), ["final"])


def test_an_offer_that_ends_while_the_buyer_pays_still_counts(tenth, workshop_offer, contact):
    purchase = purchase_of(workshop_offer, contact)
    ConditionalOffer.objects.update(end_datetime=timezone.now() - timedelta(days=1), status="Suspended")
    StockRecord.objects.filter(pk=workshop_offer.pk).update(price=KILIM * 2)
    assert int(place_order(purchase).total_incl_tax) == 162_000_000
    assert int(Order.objects.get().lines.get().line_price_incl_tax) == 162_000_000


def test_what_is_given_up_is_given_back_once(tenth, workshop_offer, contact):
    purchase = purchase_of(workshop_offer, contact)
    assert give_back(purchase, Purchase.State.RELEASED)
    assert not give_back(purchase, Purchase.State.RELEASED)
    assert (counters(tenth), states(), allocated(workshop_offer)) == ((0, 0), ["given_back"], 0)


def test_a_late_payment_takes_the_uses_anew(tenth, workshop_offer, contact):
    purchase = purchase_of(workshop_offer, contact)
    give_back(purchase, Purchase.State.RELEASED)
    place_order(purchase)
    assert (counters(tenth), states()) == ((1, 18_000_000), ["final"])


def test_a_late_payment_of_a_discount_that_is_used_up_is_refused_and_changes_nothing(tenth, workshop_offer, contact):
    purchase = purchase_of(workshop_offer, contact)
    give_back(purchase, Purchase.State.RELEASED)
    ConditionalOffer.objects.update(num_applications=3)
    with pytest.raises(ValidationError) as refused:
        place_order(purchase)
    assert refused.value.code == "offer_used_up"
    assert (Order.objects.count(), counters(tenth), states()) == (0, (3, 0), ["given_back"])
    assert allocated(workshop_offer) == 0


def test_the_page_gives_no_discount_that_is_used_up(tenth, workshop_offer, contact):
    ConditionalOffer.objects.update(num_applications=3)
    assert purchase_of(workshop_offer, contact).total_rial == KILIM
    assert counters(tenth) == (3, 0)


def test_uses_that_were_taken_meanwhile_are_refused_before_paying(tenth, workshop_offer, contact):
    basket, lines = fresh(basket_of(workshop_offer))
    discounts = work_out(basket=basket, lines=lines, user=None)
    ConditionalOffer.objects.update(num_applications=3)
    with pytest.raises(ValidationError) as refused:
        take_uses(source="RST-1", discounts=discounts, user=None)
    assert refused.value.code == "offer_used_up"
    assert "تخفیف پاییز" in refused.value.messages[0]
    assert (counters(tenth), states()) == ((3, 0), [])


def test_another_total_than_the_buyer_saw_is_refused_and_nothing_is_held(tenth, workshop_offer, contact):
    basket = basket_of(workshop_offer)
    with pytest.raises(ValidationError) as refused:
        start_purchase(basket=basket, user=None, contact=contact, seen_rial=KILIM)
    assert refused.value.code == "total_changed"
    assert (counters(tenth), allocated(workshop_offer), Basket.objects.get().status) == ((0, 0), 0, "Open")


def test_the_money_of_an_offer_is_never_passed(kilim, workshop_offer, contact):
    offer = an_offer(a_range(kilim), max_discount=25_000_000)
    totals = [purchase_of(workshop_offer, contact).total_rial for _ in range(3)]
    assert totals == [KILIM - 18_000_000, KILIM - 7_000_000, KILIM]
    assert counters(offer) == (2, 25_000_000)


def test_a_limit_for_each_user_counts_waiting_purchases_and_knows_no_guest(kilim, workshop_offer, contact, buyer):
    offer = an_offer(a_range(kilim), max_user_applications=1)
    assert purchase_of(workshop_offer, contact).total_rial == KILIM
    totals = [purchase_of(workshop_offer, contact, user=buyer).total_rial for _ in range(2)]
    assert (totals, counters(offer)) == ([162_000_000, KILIM], (1, 18_000_000))


def test_two_purchases_worked_out_together_use_a_users_limit_once(kilim, workshop_offer, buyer):
    an_offer(a_range(kilim), max_user_applications=1)
    baskets = [fresh(basket_of(workshop_offer, owner=buyer)) for _ in range(2)]
    first, second = [work_out(basket=basket, lines=lines, user=buyer) for basket, lines in baskets]
    take_uses(source="RST-1", discounts=first, user=buyer)
    with pytest.raises(ValidationError) as refused:
        take_uses(source="RST-2", discounts=second, user=buyer)
    assert refused.value.code == "offer_used_by_you"
    assert OfferUse.objects.get().source == "RST-1"


def test_a_voucher_of_one_use_is_used_once_and_free_again_when_given_up(kilim, workshop_offer, contact):
    voucher = a_voucher(an_offer(a_range(kilim), offer_type="Voucher"), usage=Voucher.SINGLE_USE)

    def buy() -> Purchase:
        basket = basket_of(workshop_offer)
        basket.vouchers.add(voucher)
        return start_purchase(basket=basket, user=None, contact=contact)

    first, second = buy(), buy()
    assert (first.total_rial, second.total_rial) == (162_000_000, KILIM)
    give_back(first, Purchase.State.RELEASED)
    third = buy()
    order = place_order(third)
    voucher.refresh_from_db()
    assert (int(order.total_incl_tax), voucher.num_orders, int(voucher.total_discount)) == (162_000_000, 1, 18_000_000)
    assert (order.discounts.get().voucher_code, VoucherApplication.objects.get().order) == ("NOWRUZ-5", order)
    assert int(place_order(second).total_incl_tax) == KILIM


def test_a_voucher_for_each_customer_once(kilim, workshop_offer, contact, buyer, manager):
    voucher = a_voucher(an_offer(a_range(kilim), offer_type="Voucher"), usage=Voucher.ONCE_PER_CUSTOMER)

    def total(user) -> int:
        basket = basket_of(workshop_offer, owner=user)
        basket.vouchers.add(voucher)
        return start_purchase(basket=basket, user=user, contact=contact).total_rial

    assert [total(buyer), total(buyer), total(manager)] == [162_000_000, KILIM, 162_000_000]


def test_an_unknown_buyer_gets_no_voucher_of_one_use_a_customer(kilim, workshop_offer, contact):
    voucher = a_voucher(an_offer(a_range(kilim), offer_type="Voucher"), usage=Voucher.ONCE_PER_CUSTOMER)
    basket = basket_of(workshop_offer)
    basket.vouchers.add(voucher)
    assert start_purchase(basket=basket, user=AnonymousUser(), contact=contact).total_rial == KILIM


def test_discounts_that_together_pass_a_price_leave_it_at_zero(kilim, foreign_tray, workshop_offer, contact):
    everything = a_range(includes_all_products=True)
    for value in (70, 60):
        an_offer(everything, value=value, exclusive=False)
    basket = basket_of(workshop_offer)
    basket, lines = fresh(basket)
    assert [one.rial for one in work_out(basket=basket, lines=lines, user=None)] == [126_000_000, 54_000_000]


def test_a_price_that_does_not_divide_stays_whole_on_every_row_of_the_order(kilim, workshop_offer, contact):
    an_offer(a_range(kilim), benefit="Absolute", value=100, max_basket_applications=1)
    order = place_order(purchase_of(workshop_offer, contact, quantity=3))
    rows = [(int(row.price_incl_tax), row.quantity) for row in order.lines.get().prices.order_by("price_incl_tax")]
    assert rows == [(KILIM - 34, 1), (KILIM - 33, 2)]
    assert int(order.total_incl_tax) == 3 * KILIM - 100


def test_a_line_that_a_rule_refuses_takes_no_discount_and_helps_no_condition(kilim, foreign_tray):
    an_offer(a_range(kilim, foreign_tray), at_least=("Count", 2))
    basket = Basket.objects.create()
    for work in (kilim, foreign_tray):
        add_to_basket(basket=basket, offer=offer_to_sell(work.stockrecords.get().pk))
    assert show(fresh(basket)[0]).total_rial == 202_500_000
    StockRecord.objects.filter(product=foreign_tray).update(num_in_stock=0)
    shown = show(fresh(basket)[0])
    assert (shown.discounts, shown.total_rial, shown.payable) == ([], KILIM, False)


def test_saving_an_offer_leaves_its_counters_alone(tenth):
    stale = ConditionalOffer.objects.get(pk=tenth.pk)
    ConditionalOffer.objects.update(num_applications=2, total_discount=7)
    stale.name_en = "Autumn"
    stale.save()
    assert counters(tenth) == (2, 7)
    assert tenth.name_en == "Autumn"


def test_a_total_below_what_a_gateway_takes_is_said_before_paying(kilim, workshop_offer, contact):
    an_offer(a_range(kilim), value=100, name="همه رایگان")
    basket = basket_of(workshop_offer)
    with pytest.raises(ValidationError) as error:
        start_purchase(basket=basket, user=None, contact=contact)
    assert error.value.code == "too_little"
    assert (Purchase.objects.count(), allocated(workshop_offer), states()) == (0, 0, [])
    assert Basket.objects.get(pk=basket.pk).status == Basket.OPEN
