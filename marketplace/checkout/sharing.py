"""How a payment is shared out among its makers: worked out for the page before anybody pays, and anew when a gateway is asked."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.conf import settings

from marketplace.basket.gifts import Gift, wrap_price
from marketplace.basket.models import Line
from marketplace.core.clock import today
from marketplace.ledger.commission import commissions
from marketplace.ledger.queries import owed_by
from marketplace.ledger.split import Due, Plan, Terms, plan_split
from marketplace.payments.gateways import base

#: What a buyer can mend by paying in two purchases.
TOO_MANY = "too_many_parts"


@dataclass(frozen=True)
class Payment:
    """One of several payments that would reach every maker: `sellers` as an address carries it, `names` as the page does."""

    sellers: str
    names: list[str]


@dataclass(frozen=True)
class Sharing:
    """`direct` when all of it reaches the makers with the payment; else `reasons` say why not. `payments` would reach all."""

    direct: bool
    reasons: list[str]
    payments: list[Payment]


class Price(NamedTuple):
    """Rial a piece: the work, which bears a commission, and its gift wrap, which bears none."""

    work: int
    wrap: int


def plan_of(
    lines: Iterable[Line],
    *,
    prices: Mapping[int, Price],
    delivery: Mapping[int, int],
    amount_rial: int,
    terms: base.Terms,
) -> Plan:
    """The plan for basket lines by a gateway's terms: `prices` by line, `delivery` rial by seller. Three queries."""
    dues = _dues(list(lines), prices, delivery)
    return plan_split(dues, amount_rial=amount_rial, terms=_terms(terms))


def _terms(terms: base.Terms) -> Terms:
    """A gateway that can split does not, where the operator turned that off."""
    return Terms(terms.can_split and settings.PAYMENT_SPLIT, terms.most_parts, terms.min_part_rial)


def _dues(lines: list[Line], prices: Mapping[int, Price], delivery: Mapping[int, int]) -> list[Due]:
    """As the order will post it: price and delivery, less commission and its tax; the market pays for its own discounts."""
    table = commissions(today())
    sellers = {line.stockrecord.partner_id: line.stockrecord.partner for line in lines}
    earned = {pk: delivery.get(pk, 0) for pk in sellers}
    for line in lines:
        rial, work = prices[line.pk].work * line.quantity, line.product.origin_work
        due = table.of(maker=work.maker, craft=work.craft, venue=line.stockrecord.venue, amount_rial=rial)
        wrap = prices[line.pk].wrap * line.quantity
        earned[line.stockrecord.partner_id] += rial + wrap - due.rial - due.tax_rial
    owes = owed_by(sellers)
    names = {line.stockrecord.partner_id: _name(line) for line in lines}
    return [Due(pk, names[pk], seller.paid_to, earned[pk], owes.get(pk, 0)) for pk, seller in sellers.items()]


def _name(line: Line) -> str:
    maker = line.product.origin_work.maker
    return maker.name if maker else line.stockrecord.partner.name


def shown(lines: Sequence[Line], *, delivery: Mapping[int, int], amount_rial: int, terms: base.Terms) -> Sharing:
    """What the page says before paying, by the prices of now and the terms of the chosen gateway."""
    prices = {
        line.pk: Price(int(line.stockrecord.price or 0), wrap_price(Gift.of(line), line.product)) for line in lines
    }
    plan = plan_of(lines, prices=prices, delivery=delivery, amount_rial=amount_rial, terms=terms)
    names = {line.stockrecord.partner_id: _name(line) for line in lines}
    several = plan.payments if TOO_MANY in plan.codes else []
    return Sharing(
        direct=bool(plan.parts) and not plan.later,
        reasons=[" ".join(error.messages) for error in plan.refusals],
        payments=[Payment(",".join(map(str, group)), [names[pk] for pk in group]) for group in several],
    )


def parts_of(purchase: Any, lines: Sequence[Line], terms: base.Terms) -> list[base.Part]:
    """The parts of a purchase that a gateway with these terms is asked to send to the makers, at the prices agreed on."""
    plan = plan_of(
        lines,
        prices={line.pk: Price(int(line.price_incl_tax), line.wrap_rial if line.gift_wrap else 0) for line in lines},
        delivery={int(seller): int(kept["price_rial"]) for seller, kept in purchase.delivery.items()},
        amount_rial=purchase.total_rial,
        terms=terms,
    )
    return [base.Part(part.iban, part.amount_rial, purchase.number, part.seller_id) for part in plan.parts]


def wanted_sellers(typed: str) -> list[int]:
    """The sellers that an address names; what is not a number was not written by our page."""
    return [int(word) for word in typed.split(",") if word.isascii() and word.isdigit() and len(word) < 10]
