"""What the demo holds none of, made in the live site's own process for the pages of `rare_pages`: `manage.py shell` runs it."""

import json
from datetime import timedelta

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import F

from authenticity.models import SealApplication, SealGrant, SealScheme
from authenticity.passports import Label, activate, make_labels, offer_title, revoke
from authenticity.seals import apply_for_seal
from catalogue.models import Product, ProductLine
from marketplace.basket.models import Basket
from marketplace.basket.services import add_to_basket, offer_to_sell
from marketplace.checkout.contact import Contact
from marketplace.checkout.models import Purchase
from marketplace.checkout.placing import place_order
from marketplace.checkout.services import give_back, start_purchase
from marketplace.core.clock import today
from marketplace.core.numbers import random_number
from marketplace.demo.accounts import ARTISAN, BUYER, CASHIER, JURORS, OFFICER, user_of
from marketplace.juries.services import seat
from marketplace.ledger import books
from marketplace.ledger.models import Payout, PayoutItem
from marketplace.matters.models import Matter
from marketplace.matters.services import decide
from marketplace.order.models import Return, SellerOrder
from marketplace.order.returns import ask_return, refuse_return
from marketplace.order.rules import SELLER
from marketplace.order.steps import advance, dispatch
from marketplace.partner.models import StockRecord
from marketplace.payments.models import PaymentAttempt, Refund
from marketplace.payments.refunds import store_refund
from marketplace.shipping.models import Carrier

#: A part of a maker's payout, and of what reached us with no order to it, in rial.
OWED, FOUND = 12_300_000, 450_000
RECEIVER = Contact(
    name="مینا کرمانی",
    province="kerman",
    province_fa="کرمان",
    province_en="Kerman",
    city="سیرجان",
    address="خیابان امام، کوچه ۳",
    postal_code="7814612345",
    mobile="+989131110002",
    email="mina@example.org",
)


def say() -> None:
    """Make all of it, and print by name where each stands."""
    with transaction.atomic():
        made = _labels() | _seal() | _sales() | _money()
    print(json.dumps({name: str(value) for name, value in made.items()}))


def _labels() -> dict[str, object]:
    """A label that was revoked, one past its day, and two of the buyer's, one of which is offered to somebody."""
    work = Product.objects.filter(passports__maker__owner=user_of(ARTISAN)).order_by("pk")[0]
    gone, own, offered = make_labels(work=work, count=3, is_demo=True)[1]
    (late,) = make_labels(work=work, count=1, valid_until=today() - timedelta(days=1), is_demo=True)[1]
    for label in (gone, own, offered):
        activate(passport=label.passport, scratch=label.scratch, place="test", device="test", by=user_of(BUYER))
    revoke(passport=gone.passport, because="نمونه: برچسب روی اثر دیگری دیده شد.")
    return {
        "label_revoked": _code(gone),
        "label_expired": _code(late),
        "label_own": _code(own),
        "title": offer_title(passport=offered.passport, by=user_of(BUYER))[1],
    }


def _code(label: Label) -> str:
    return label.passport.code


def _seal() -> dict[str, object]:
    """An application whose papers were found whole, before one juror; and a grant of the demo."""
    line = ProductLine.objects.filter(maker__owner=user_of(ARTISAN)).order_by("pk")[0]
    asked = SealApplication.objects.filter(product_line=line).values("scheme")
    scheme = SealScheme.objects.filter(given_to="line", last_year=None).exclude(pk__in=asked).order_by("pk")[0]
    papers = [(f"برگه {nth}", ContentFile(b"paper", f"paper-{nth}.pdf"), False) for nth in range(2)]
    application = apply_for_seal(scheme=scheme, line=line, papers=papers, by=user_of(ARTISAN), is_demo=True)
    matter = Matter.objects.filter(kind="seal_papers").latest("pk")
    decide(matter=matter, decision="whole", reason="", by=user_of(OFFICER))
    application.refresh_from_db()
    seat(panel=application.panel, juror=user_of(JURORS[0]))
    return {
        "application": application.pk,
        "panel": application.panel_id,
        "grant": SealGrant.objects.order_by("pk")[0].pk,
    }


def _sales() -> dict[str, object]:
    """Three sales of the artisan to the buyer: new; arrived with a return asked for; arrived with one that was refused. And one that
    was not paid."""
    new, asked, refused = [_sold() for _nth in range(3)]
    for part in (asked, refused):
        advance(part=part, to=SellerOrder.State.CONFIRMED, who=SELLER, by=user_of(ARTISAN))
        dispatch(part=part, by=user_of(ARTISAN), carrier="پست", tracking="123456789012345678901234")
        advance(part=part, to=SellerOrder.State.DELIVERED, who=SELLER, by=user_of(ARTISAN))
    for part in (asked, refused):
        pieces = {part.lines.get().pk: 1}
        given = ask_return(
            part=part, pieces=pieces, reason=Return.Reason.BROKEN, text="لبه‌اش پاره است.", by=user_of(BUYER)
        )
    refuse_return(given=given, by=user_of(ARTISAN), answer="هنگام فرستادن سالم بود.")
    names = {"new": new, "asked": asked, "refused": refused}
    return (
        {f"sale_{name}": part.number for name, part in names.items()}
        | {f"order_{name}": part.order.number for name, part in names.items()}
        | {"not_paid": _not_paid()}
    )


def _sold() -> SellerOrder:
    """A piece, paid for and ordered."""
    purchase = _held()
    attempt = _attempt(purchase.pk, purchase.total_rial, PaymentAttempt.State.FINISHED)
    return place_order(purchase, attempt).seller_orders.get()


def _not_paid() -> str:
    """A purchase whose payment failed: its page offers another try."""
    purchase = _held()
    _attempt(purchase.pk, purchase.total_rial, PaymentAttempt.State.FAILED)
    give_back(purchase, Purchase.State.RELEASED)
    return purchase.number


def _held() -> Purchase:
    """One more piece of the artisan's first offer, made and held: what the other pages buy is left to them."""
    mine = StockRecord.objects.filter(partner__maker__owner=user_of(ARTISAN), venue=None, withdrawn_at=None)
    offer = mine.order_by("pk")[0]
    StockRecord.objects.filter(pk=offer.pk).update(num_in_stock=F("num_in_stock") + 1)
    basket = Basket(owner=user_of(BUYER))
    add_to_basket(basket=basket, offer=offer_to_sell(offer.pk), quantity=1)
    return start_purchase(basket=basket, user=user_of(BUYER), contact=RECEIVER)


def _attempt(payable: int, rial: int, state: str, **more: object) -> PaymentAttempt:
    number = random_number("PAY")
    facts = {"gateway": "sandbox", "payable_kind": "purchase", "authority": f"A-{number}"} | more
    return PaymentAttempt.objects.create(number=number, payable_id=payable, amount_rial=rial, state=state, **facts)


def _money() -> dict[str, object]:
    """A bank's file of one line; a refund that a person pays; a payment that fits nothing."""
    sold = SellerOrder.objects.filter(seller__maker__owner=user_of(ARTISAN)).latest("pk")
    payout = Payout.objects.create(number=random_number("PO"), on=today(), made_by=user_of(CASHIER))
    seller = sold.seller
    item = PayoutItem.objects.create(
        payout=payout,
        seller=seller,
        amount_rial=OWED,
        iban=seller.iban,
        iban_owner=seller.iban_owner,
        trace=payout.number,
    )
    refund = store_refund(attempt=sold.order.payment, amount_rial=FOUND, source=f"test:{payout.number}")
    Refund.objects.filter(pk=refund.pk).update(state=Refund.State.BY_HAND)
    held = _attempt(
        sold.order.payment.payable_id, 10 * FOUND, PaymentAttempt.State.SUSPENSE, paid_rial=FOUND,
        reason_code="amount_mismatch", reason_fa="مبلغ دیگری پرداخت شد.", reason_en="Another amount was paid.",
    )  # fmt: skip
    books.record_suspense(source=held.number, gateway="sandbox", amount_rial=FOUND, on=today())
    return {
        "payout": payout.number,
        "payout_line": item.pk,
        "refund": refund.number,
        "held": held.number,
        "carrier": Carrier.objects.order_by("pk")[0].code,
    }
