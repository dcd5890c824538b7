"""What the demo has nothing of: sales, a payout, a refund, a jury, a booking, a draft, a break. Made by the market's own verbs."""

import uuid
from datetime import timedelta

from django.core.files.base import ContentFile

from authenticity.models import SealScheme
from authenticity.seals import apply_for_seal
from catalogue.models import ProductLine
from marketplace.bookings.models import Session
from marketplace.bookings.services import book
from marketplace.checkout.contact import Contact
from marketplace.core.clock import today
from marketplace.demo.accounts import ARTISAN, BUYER, JURORS, MANAGER, user_of
from marketplace.drafts.pictures import add_picture
from marketplace.drafts.services import keep_typed
from marketplace.juries.services import seat
from marketplace.ledger.payouts import prepare
from marketplace.listing.holidays import tell_holiday
from marketplace.makers.holidays import Way
from marketplace.makers.models import Maker
from marketplace.matters.models import Matter
from marketplace.matters.services import decide
from marketplace.partner.models import StockRecord
from marketplace.payments.models import PaymentAttempt
from marketplace.payments.refunds import store_refund
from marketplace.reviews.services import Words, write_review
from marketplace.rounds.models import Visit
from marketplace.rounds.visits import keep_visit
from tests.desks.conftest import jpeg
from tests.order.sold import arrived, paid
from tests.rounds.test_rounds import camera_photo

#: A buyer as nobody else may read of them.
SECRET = "خریدار پنهان نمونه"
HOME = Contact(
    name=SECRET,
    province="kerman",
    province_fa="کرمان",
    province_en="Kerman",
    city="سیرجان",
    address="خیابان پنهان، کوچهٔ ۳",
    postal_code="7814612345",
    mobile="+989131119999",
    email="hidden@example.org",
)


def live(officer) -> None:
    """A month of trade of the demo's artisan, manager and jurors."""
    artisan, maker = user_of(ARTISAN), Maker.objects.get(owner__username=ARTISAN.username)
    _trade(maker, artisan)
    _seal(maker, artisan, officer)
    tell_holiday(maker, first=today() + timedelta(40), last=today() + timedelta(44), way=Way.CLOSED, words_fa="سفر")
    _draft(maker)
    book(session=Session.objects.filter(price_rial=0).latest("pk"), name=SECRET, mobile=HOME.mobile)
    begun = Visit.objects.select_related("round__venue", "stall").get(done_at__isnull=True)
    keep_visit(round_=begun.round, stall=begun.stall, by=user_of(MANAGER), answers={}, photos=[camera_photo()])


def _trade(maker: Maker, artisan) -> None:
    """Three sales: one that arrived and was reviewed, one in suspense and refunded by hand, one that waits."""
    offer = StockRecord.objects.filter(partner__maker=maker, venue=None, withdrawn_at=None).latest("pk")
    StockRecord.objects.filter(pk=offer.pk).update(num_in_stock=10)
    first, second, third = (paid(offer, HOME, user=user_of(BUYER)) for _each in range(3))
    arrived(first.seller_orders.get(), artisan)
    write_review(line=first.lines.first(), by=user_of(BUYER), words=Words(4, "خوب"))
    refund = store_refund(attempt=second.payment, amount_rial=1_000_000, source="walk:1")
    type(refund).objects.filter(pk=refund.pk).update(state="by_hand")
    PaymentAttempt.objects.filter(pk=third.payment.pk).update(state=PaymentAttempt.State.SUSPENSE)
    prepare(on=today())


def _seal(maker: Maker, artisan, officer) -> None:
    line = ProductLine.objects.filter(maker=maker).first()
    scheme = SealScheme.objects.exclude(grants__product_line=line).first()
    papers = [("کار", ContentFile(b"photo", "work.webp"), False), ("پروانه", ContentFile(b"scan", "paper.pdf"), True)]
    asked = apply_for_seal(scheme=scheme, line=line, papers=papers, by=artisan)
    matter = Matter.objects.waiting().latest("pk")
    decide(matter=matter, decision="whole", reason="", by=officer)
    asked.refresh_from_db()
    seat(panel=asked.panel, juror=user_of(JURORS[0]))


def _draft(maker: Maker) -> None:
    key = uuid.uuid4()
    draft = keep_typed(maker=maker, key=key, typed={"title_fa": [SECRET]}, version=0, writer=uuid.uuid4())
    add_picture(draft=draft, key=uuid.uuid4(), upload=jpeg())
