"""Orders of two makers driven at random: bought, cancelled, sent, given back, refunded, split and paid out; the books beside them."""

from datetime import timedelta
from functools import partial
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from marketplace.basket.models import Basket
from marketplace.basket.services import add_to_basket, offer_to_sell
from marketplace.checkout.models import Purchase
from marketplace.checkout.services import give_back as let_go
from marketplace.checkout.services import release_expired, send_to_gateway, start_purchase
from marketplace.core import clock
from marketplace.core.registry import MONEY, audits
from marketplace.ledger import payouts, queries
from marketplace.ledger.models import PayoutItem
from marketplace.order.due import held_back
from marketplace.order.models import Return, SellerOrder
from marketplace.order.returns import (
    accept_return,
    ask_return,
    close_return,
    dispute_return,
    received_back,
    refuse_return,
)
from marketplace.order.rules import BUYER, SELLER
from marketplace.order.steps import advance, cancel_pieces, dispatch
from marketplace.partner.models import StockRecord
from marketplace.payments.disputes import open_disputes, take_dispute
from marketplace.payments.gateways.base import Given, Outcome
from marketplace.payments.models import PaymentAttempt, Refund
from marketplace.payments.refunds import record_found, record_given_by_hand, store_refund, sweep_refunds
from marketplace.payments.reversal import reverse_again
from marketplace.payments.services import finish_attempt
from tests.cast import DAY
from tests.ledger.conftest import IBAN
from tests.order.teller import DOWN, Teller, expected_balances, given_back_and_kept

State = SellerOrder.State
PAYS = [Outcome.PAID] * 7 + [Outcome.UNPAID, Outcome.MISMATCH]
REFUNDS = [Given.GIVEN, Given.GIVEN, Given.CANNOT, Given.UNCLEAR, Given.ON_ITS_WAY, DOWN]
WHY = {"by": None, "reason": "شکست"}
_which = st.integers(0, 999)


class MoneyMachine(RuleBasedStateMachine):
    """`world` holds the offers, the people and the gateway; each run is undone at its end."""

    world: ClassVar[Any]

    def __init__(self) -> None:
        super().__init__()
        self.gateway: Teller = self.world.gateway
        self.there: set[str] = set()
        self.run = transaction.atomic()
        self.run._from_testcase = True  # type: ignore[attr-defined]  # payments store what must outlive a crash
        self.run.__enter__()

    def teardown(self) -> None:
        clock.set_today(DAY)
        transaction.set_rollback(True)
        self.run.__exit__(None, None, None)

    def tried(self, name: str, act: Any) -> Any:
        """What it gave; nothing when a rule says no, and then nothing stays."""
        try:
            with transaction.atomic():
                done = act()
        except ValidationError:
            return None
        self.has(name)
        return done

    def has(self, *names: str) -> None:
        """Remember what happened: what can follow, and what the walk came by."""
        self.there.update(names)
        self.world.did.update(names)

    @precondition(lambda self: "bought finished" in self.there)
    @rule(which=_which, tenths=st.integers(1, 10), ends=st.sampled_from(["won", "lost", "needs_response"]))
    def dispute(self, which, tenths, ends) -> None:
        """A buyer's bank takes a payment back, and decides at once, later, or never; its word comes in any order and twice."""
        paid = PaymentAttempt.objects.filter(state=PaymentAttempt.State.FINISHED)
        attempt = self.pick(paid, which)
        if attempt is not None:
            rial = attempt.amount_rial * tenths // 10
            open_ = open_disputes(attempt.number)
            number, rial = next(iter(open_.items()), (f"dp_{attempt.pk}_{len(self.there)}", rial))
            for status in ("needs_response", ends, ends, "needs_response"):
                take_dispute(attempt, number=number, rial=rial, status=status)
            self.has(f"dispute {ends}")

    @rule(reverses=st.sampled_from([True, True, False, DOWN]))
    def refuse(self, reverses) -> None:
        """Paid after its time, and its pieces are sold meanwhile: no order; the money goes back, at once, later or by a person."""
        attempt = self._sent()
        let_go(Purchase.objects.get(pk=attempt.payable_id), Purchase.State.RELEASED)
        offer = StockRecord.objects.filter(pk=self.world.offers[0])
        there = offer.get().num_in_stock
        offer.update(num_in_stock=F("num_allocated"))
        self.gateway.verdict, self.gateway.reverses = Outcome.PAID, reverses
        ended = finish_attempt(attempt.number)
        offer.update(num_in_stock=there)
        self.has(f"refused {ended.state}")

    @precondition(lambda self: "refused reversing" in self.there)
    @rule()
    def reverse_later(self) -> None:
        """The gateway answers again."""
        self.gateway.reverses = True
        PaymentAttempt.objects.update(updated_at=timezone.now() - timedelta(hours=1))
        if reverse_again():
            self.has("reversed later")

    def pick(self, rows: Any, which: int) -> Any:
        found = list(rows.order_by("pk"))
        return found[which % len(found)] if found else None

    @initialize(kilims=st.integers(2, 4), trays=st.integers(0, 4), split=st.booleans())
    def begin(self, kilims, trays, split) -> None:
        """Each walk begins with an order that is paid."""
        self._buy(kilims, trays, split, Outcome.PAID, alone=False)

    @rule(
        kilims=st.integers(1, 4),
        trays=st.integers(0, 4),
        split=st.booleans(),
        pays=st.sampled_from(PAYS),
        alone=st.booleans(),
        tenths=st.sampled_from([0, 4, 10]),
    )
    def buy(self, kilims, trays, split, pays, alone, tenths) -> None:
        attempt = self._buy(kilims, trays, split, pays, alone)
        if tenths and attempt.state == PaymentAttempt.State.SUSPENSE:
            self._resolve(attempt, tenths)

    def _sent(self, kilims: int = 1, trays: int = 0, split: bool = False, alone: bool = False) -> PaymentAttempt:
        """A buyer at the gateway."""
        basket = Basket(owner=None)
        for offer, pieces in zip(self.world.offers, (kilims, trays), strict=True):
            if pieces:
                add_to_basket(basket=basket, offer=offer_to_sell(offer), quantity=pieces)
        only = [self.world.sellers[0].pk] if alone and kilims else ()
        purchase = start_purchase(basket=basket, user=None, contact=self.world.contact, sellers=only)
        self.world.settings.PAYMENT_SPLIT = split
        send_to_gateway(purchase=purchase, callback_url="http://testserver/{attempt}")
        return PaymentAttempt.objects.latest("pk")

    def _buy(self, kilims: int, trays: int, split: bool, pays: Outcome, alone: bool) -> PaymentAttempt:
        attempt = self._sent(kilims, trays, split, alone)
        self.gateway.verdict = pays
        ended = finish_attempt(attempt.number)
        release_expired()
        self.has(f"bought {ended.state}{' split' if attempt.split else ''}")
        return ended

    @rule(
        which=_which,
        portions=st.lists(st.integers(1, 2), min_size=1, max_size=3),
        who=st.sampled_from([BUYER, SELLER]),
    )
    def cancel(self, which, portions, who) -> None:
        """Some pieces, or all, in portions."""
        part = self.pick(SellerOrder.objects.exclude(state=State.CANCELLED), which)
        for pieces in portions if part else []:
            line = part.lines.get()
            wanted = {line.pk: min(pieces, line.standing)}
            if self.tried(f"cancelled by {who}", partial(cancel_pieces, part=part, pieces=wanted, who=who, **WHY)):
                self.has("refund")

    @rule(which=_which, far=st.sampled_from([3, 2, 1]))
    def go_on(self, which, far) -> None:
        """The next steps of a seller order, as far as they go."""
        part = self.pick(SellerOrder.objects.exclude(state__in=(State.CANCELLED, State.RETURNED)), which)
        if part is not None:
            self._carry(part, far)

    def _carry(self, part: SellerOrder, far: int) -> None:
        steps = [
            lambda: advance(part=part, to=State.CONFIRMED, who=SELLER, by=None),
            lambda: dispatch(part=part, by=None, carrier="پست", tracking="1"),
            lambda: advance(part=part, to=State.DELIVERED, who=BUYER, by=None),
        ]
        for step in steps[:far]:
            self.tried("a step", step)

    @rule(
        which=_which,
        pieces=st.integers(1, 3),
        reason=st.sampled_from(["withdrawal", "broken", "lost"]),
        then=st.sampled_from([("accept", "receive"), ("accept",), ("refuse",), ("refuse", "dispute", "accept"), ()]),
    )
    def give_back(self, which, pieces, reason, then) -> None:
        """Ask for a return, once it is sent and (unless it is lost) has arrived; some are answered at once."""
        part = self.pick(SellerOrder.objects.exclude(state__in=(State.CANCELLED, State.RETURNED)), which)
        if part is None:
            return
        self._carry(part, 2 if reason == "lost" else 3)
        if reason == "lost":
            clock.set_today(clock.today() + timedelta(days=15))
        line = part.lines.get()
        if self.tried(
            f"return asked: {reason}",
            lambda: ask_return(part=part, pieces={line.pk: min(pieces, line.standing)}, reason=reason, text="پاره"),
        ):
            self.has("return")
            for how in then:
                open_ = part.returns.filter(ended_at__isnull=True).first()
                if open_ is not None:
                    self._answer(open_, how)

    @precondition(lambda self: "return" in self.there)
    @rule(which=_which, how=st.sampled_from(["accept", "accept", "refuse", "dispute", "receive", "receive", "close"]))
    def answer(self, which, how) -> None:
        given = self.pick(Return.objects.filter(ended_at__isnull=True), which)
        if given is not None:
            self._answer(given, how)

    def _answer(self, given: Return, how: str) -> None:
        acts = {
            "accept": lambda: accept_return(given=given, by=None),
            "refuse": lambda: refuse_return(given=given, by=None, answer="نه"),
            "dispute": lambda: dispute_return(given=given),
            "receive": lambda: received_back(given=given, by=None),
            "close": lambda: close_return(given=given, by=None),
        }
        if self.tried(f"return: {how}", acts[how]) and how in ("accept", "receive"):  # what was lost is paid at once
            self.has("refund")

    @precondition(lambda self: "refund" in self.there)
    @rule(says=st.sampled_from(REFUNDS))
    def sweep(self, says) -> None:
        """The sweeper asks for every refund that waits."""
        Refund.objects.update(updated_at=timezone.now() - timedelta(minutes=2))
        self.gateway.refunds = says
        if sweep_refunds():
            self.has("refund waits", f"refunds {says}")

    @precondition(lambda self: "refund waits" in self.there)
    @rule(which=_which, given=st.booleans())
    def see_to_a_refund(self, which, given) -> None:
        waits = (Refund.State.BY_HAND, Refund.State.SUSPENSE)
        refund = self.pick(Refund.objects.filter(state__in=waits), which)
        if refund is not None and refund.state == Refund.State.SUSPENSE:
            self.tried("looked up", lambda: record_found(refund=refund, given=given, by=self.world.officer))
        elif refund is not None:
            self.tried("paid by hand", lambda: record_given_by_hand(
                refund=refund, iban=IBAN, holder="مینا", reference="1", by=self.world.officer
            ))  # fmt: skip

    @precondition(lambda self: "bought suspense" in self.there)
    @rule(which=_which, tenths=st.integers(1, 10))
    def see_to_suspense(self, which, tenths) -> None:
        attempt = self.pick(PaymentAttempt.objects.filter(state=PaymentAttempt.State.SUSPENSE), which)
        if attempt is not None:
            self._resolve(attempt, tenths)

    def _resolve(self, attempt: PaymentAttempt, tenths: int) -> None:
        rial = attempt.reached_us_rial * tenths // 10
        source = f"suspense:{attempt.number}:{attempt.refunded_rial}"
        if self.tried("resolved", lambda: store_refund(attempt=attempt, amount_rial=rial, source=source)):
            self.has("refund")

    @rule(days=st.integers(1, 20))
    def days_pass(self, days) -> None:
        clock.set_today(clock.today() + timedelta(days=days))

    @rule(waits=st.booleans(), sent=st.sampled_from([True, False, None]))
    def pay_out(self, waits, sent) -> None:
        """What is due, or all that is owed: a payout against a return that comes after it. Some files are answered at once."""
        day = clock.today()
        held = (lambda: held_back(day)) if waits else None
        made = self.tried("paid out", lambda: payouts.prepare(on=day, held=held))
        for item in made.payout.items.order_by("pk") if made and sent is not None else []:
            self._bank(item, sent)

    @precondition(lambda self: "paid out" in self.there)
    @rule(which=_which, sent=st.booleans())
    def bank_answers(self, which, sent) -> None:
        item = self.pick(PayoutItem.objects.all(), which)
        if item is not None:
            self._bank(item, sent)

    def _bank(self, item: PayoutItem, sent: bool) -> None:
        if sent:
            self.tried("confirmed", lambda: payouts.confirm(item=item, on=clock.today()))
        else:
            self.tried("failed", lambda: payouts.fail(item=item, because="?", on=clock.today()))

    @invariant()
    def the_books_balance(self) -> None:
        there = queries.balances()
        assert sum(there.values()) == 0
        words = ("payable:", "commission", "tax", "discounts")
        assert {code: rial for code, rial in there.items() if code.startswith(words)} == expected_balances()

    @invariant()
    def every_audit_of_money_is_silent(self) -> None:
        assert [sentence for walk in audits(MONEY).values() for sentence in walk()] == []

    @invariant()
    def what_went_back_and_what_is_kept_is_what_was_paid(self) -> None:
        for part in SellerOrder.objects.prefetch_related("lines", "money_back"):
            assert sum(given_back_and_kept(part)) == int(part.total_rial) + int(part.delivery_rial), part.number
