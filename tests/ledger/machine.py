"""The books, driven at random beside a model of plain numbers."""

from collections import Counter
from typing import Any, ClassVar

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, initialize, invariant, precondition, rule

from marketplace.ledger import books, payouts, queries
from marketplace.ledger.books import SalePart
from marketplace.ledger.commission import share_of
from marketplace.ledger.journal import OtherLegs
from marketplace.ledger.models import Entry, PayoutItem
from marketplace.ledger.split import Due, Terms, plan_split
from tests.cast import DAY
from tests.ledger.conftest import found

GATEWAY = "sandbox"
TERMS = Terms(can_split=True, most_parts=2, min_part_rial=10_000)
_rial = st.integers(1, 10**10)
_parts = st.lists(
    st.tuples(st.integers(0, 2), _rial, st.integers(0, 10**6), st.integers(0, 100), st.integers(0, 2_000)),
    min_size=1,
    max_size=3,
    unique_by=lambda part: part[0],
)


class BooksMachine(RuleBasedStateMachine):
    """Sales, splits, returns, refunds, payouts and suspense in any order."""

    sellers: ClassVar[list[Any]]
    sales = Bundle("sales")
    lines = Bundle("lines")

    def __init__(self) -> None:
        super().__init__()
        self.numbers = 0
        self.expected: Counter[str] = Counter()
        self.again: list[Any] = []
        self.run = transaction.atomic()
        self.run.__enter__()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.run.__exit__(None, None, None)

    def source(self, kind: str) -> str:
        self.numbers += 1
        return f"{kind}:{self.numbers}"

    def done(self, tell: Any, **moved: int) -> Any:
        """Tell the books, remember how to tell them again, and move the model."""
        entry = tell()
        self.again.append((tell, entry))
        for word, rial in moved.items():
            self.expected[word.replace("clearing", f"clearing:{GATEWAY}")] += rial
        return entry

    def owe(self, part: SalePart, sign: int) -> None:
        self.expected[f"payable:{part.seller_id}"] -= sign * part.earned_rial
        self.expected["discounts"] += sign * part.discount_rial
        self.expected["commission"] -= sign * part.commission_rial
        self.expected["tax"] -= sign * part.tax_rial

    @initialize()
    def begin(self) -> None:
        assert Entry.objects.count() == 0

    @rule(target=sales, rows=_parts, how=st.sampled_from(["whole", "not split"]))
    def sell(self, rows, how) -> Any:
        parts = []
        for nth, goods, delivery, percent_off, share_bp in rows:
            commission = share_of(goods, share_bp)
            parts.append(
                SalePart(
                    self.sellers[nth].pk,
                    goods,
                    delivery,
                    goods * percent_off // 101,
                    commission,
                    share_of(commission, 1000),
                )
            )
        parts = [part for part in parts if part.earned_rial >= 0]
        amount = sum(part.paid_rial for part in parts)
        source = self.source("attempt")
        owed = queries.owed_by(part.seller_id for part in parts)
        self.done(
            lambda: books.record_sale(source=source, gateway=GATEWAY, amount_rial=amount, parts=parts, on=DAY),
            clearing=amount,
        )
        for part in parts:
            self.owe(part, 1)
        if how == "whole":
            self.split(source, amount, parts, owed)
        return source, parts

    def split(self, source: str, amount: int, parts: list[SalePart], owed: dict[int, int]) -> None:
        dues = [Due(part.seller_id, "x", "IBAN", part.earned_rial, owed.get(part.seller_id, 0)) for part in parts]
        sent = {part.seller_id: part.amount_rial for part in plan_split(dues, amount_rial=amount, terms=TERMS).parts}
        if not sent:
            return
        self.done(
            lambda: books.record_split(source=source, gateway=GATEWAY, parts=sent, on=DAY), clearing=-sum(sent.values())
        )
        for seller_id, rial in sent.items():
            self.expected[f"payable:{seller_id}"] += rial

    @rule(sale=consumes(sales), which=st.integers(0, 2))
    def give_back(self, sale, which) -> None:
        _source, parts = sale
        part = parts[which % len(parts)]
        source = self.source("return")
        self.done(
            lambda: books.record_return(source=source, parts=[part], amount_rial=part.paid_rial, on=DAY),
            refunds=-part.paid_rial,
        )
        self.owe(part, -1)

    @rule(rial=_rial)
    def refuse(self, rial) -> None:
        source = self.source("attempt")
        self.done(
            lambda: books.record_refused(source=source, gateway=GATEWAY, amount_rial=rial, on=DAY),
            clearing=rial,
            refunds=-rial,
        )

    @precondition(lambda self: self.expected["refunds"] < 0)
    @rule(hundredth=st.integers(1, 100))
    def refund(self, hundredth) -> None:
        rial = max(1, -self.expected["refunds"] * hundredth // 100)
        source = self.source("refund")
        self.done(
            lambda: books.record_refund_given(
                source=source, event="given:1", gateway=GATEWAY, amount_rial=rial, on=DAY
            ),
            clearing=-rial,
            refunds=rial,
        )

    @rule(rial=_rial)
    def set_aside(self, rial) -> None:
        source = self.source("attempt")
        self.done(
            lambda: books.record_suspense(source=source, gateway=GATEWAY, amount_rial=rial, on=DAY),
            clearing=rial,
            suspense=-rial,
        )

    @precondition(lambda self: self.expected["suspense"] < 0)
    @rule(to_gateway=st.booleans())
    def resolve(self, to_gateway) -> None:
        rial, source = -self.expected["suspense"], self.source("attempt")
        gateway = GATEWAY if to_gateway else ""
        self.done(
            lambda: books.resolve_suspense(source=source, amount_rial=rial, on=DAY, gateway=gateway),
            suspense=rial,
            **{"clearing" if to_gateway else "refunds": -rial},
        )

    @rule(target=lines, held=st.integers(0, 10**9))
    def pay_out(self, held) -> list[PayoutItem]:
        owed = queries.owed_to()
        due = {pk: rial - held for pk, rial in owed.items() if rial > held}
        try:
            made = payouts.prepare(on=DAY, held=dict.fromkeys(owed, held))
        except ValidationError:
            assert not due
            return []
        items = list(made.payout.items.all())
        assert {item.seller_id: item.amount_rial for item in items} == due
        for item in items:
            self.expected[f"payable:{item.seller_id}"] += item.amount_rial
            self.expected["payouts"] -= item.amount_rial
        return items

    @rule(items=lines, confirms=st.booleans())
    def bank_answers(self, items, confirms) -> None:
        for item in items:
            was = PayoutItem.objects.get(pk=item.pk).state
            if confirms and was == "failed":
                with pytest.raises(ValidationError):
                    payouts.confirm(item=item, on=DAY)
            elif confirms:
                payouts.confirm(item=item, on=DAY)
            else:
                payouts.fail(item=item, because="?", on=DAY)
            now = PayoutItem.objects.get(pk=item.pk).state
            moved = {("prepared", "paid"): ("payouts", "bank"), ("prepared", "failed"): ("payouts", None),
                     ("paid", "failed"): ("bank", None)}.get((was, now))  # fmt: skip
            if moved:
                self.expected[moved[0]] += item.amount_rial
                self.expected[moved[1] or f"payable:{item.seller_id}"] -= item.amount_rial

    @precondition(lambda self: self.expected[f"clearing:{GATEWAY}"] > 1)
    @rule(fee=st.integers(0, 1))
    def settle(self, fee) -> None:
        rial, source = self.expected[f"clearing:{GATEWAY}"], self.source("settlement")
        self.done(
            lambda: books.record_clearing_settled(
                source=source, gateway=GATEWAY, amount_rial=rial, fee_rial=fee, on=DAY
            ),
            clearing=-rial,
            bank=rial - fee,
            fees=fee,
        )

    @precondition(lambda self: self.again)
    @rule(data=st.data())
    def tell_it_again(self, data) -> None:
        tell, entry = data.draw(st.sampled_from(self.again))
        assert tell().pk == entry.pk

    @rule(sale=sales)
    def tell_it_otherwise(self, sale) -> None:
        source, parts = sale
        other = [SalePart(parts[0].seller_id, goods_rial=parts[0].goods_rial + 7)]
        try:
            books.record_sale(source=source, gateway=GATEWAY, amount_rial=other[0].goods_rial, parts=other, on=DAY)
        except OtherLegs:
            return
        raise AssertionError(f"{source} was recorded twice")

    @precondition(lambda self: self.again)
    @rule(data=st.data(), change=st.sampled_from(["postings", "seal", "source"]))
    def lay_a_hand_on_it(self, data, change) -> None:
        _tell, entry = data.draw(st.sampled_from(self.again))
        try:
            with transaction.atomic():
                if change == "postings":
                    entry.postings.update(amount_rial=1)
                else:
                    Entry.objects.filter(pk=entry.pk).update(
                        **{"seal": {"sealed_at": None}, "source": {"source": "x"}}[change]
                    )
        except DatabaseError:
            return
        raise AssertionError(f"{entry} was changed by hand")

    @invariant()
    def the_books_are_what_happened(self) -> None:
        there = queries.balances()
        assert there == {code: rial for code, rial in self.expected.items() if rial}
        assert sum(there.values()) == 0

    @invariant()
    def the_audit_finds_nothing(self) -> None:
        assert found() == []

    @invariant()
    def each_statement_ends_with_the_balance(self) -> None:
        for seller in self.sellers:
            told = queries.statement(seller, since=DAY, until=DAY)
            assert told.closing_rial == sum(row.sum_rial for row in told.rows)
            assert told.closing_rial == -self.expected[f"payable:{seller.pk}"]
