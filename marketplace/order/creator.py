"""Oscar's order creator, with the rule at its last door, a snapshot on each line and one seller order per maker."""

from datetime import date
from typing import Any

from django.db import transaction
from oscar.apps.order.utils import OrderCreator as OscarOrderCreator

from authenticity.queries import valid_seals
from catalogue.rules import require_import_permit
from marketplace.basket.models import Basket, offer_of
from marketplace.basket.models import Line as BasketLine
from marketplace.basket.promises import confirm_day, count_from, latest_day
from marketplace.bazaars.rules import forbid_foreign_goods, require_open_venue
from marketplace.core.clock import today
from marketplace.core.registry import door
from marketplace.ledger.commission import commissions
from marketplace.order.models import Line, LinePrice, Order, SellerOrder
from marketplace.order.snapshot import licences_of, snapshot
from marketplace.partner.models import OutOfStock
from marketplace.partner.rules import require_open_workshop, sold_out
from marketplace.stalls.rules import closures_of, require_not_closed


def _work_of(line: BasketLine):
    return line.product.origin_work


class OrderCreator(OscarOrderCreator):
    """Places one order. Oscar's asks nobody: here each line asks the rule, and stock is taken conditionally.

    With `stock_is_held` the pieces were allocated for this purchase before, and are handed over instead of taken twice.
    `delivery` is what was chosen, by the seller's number as text (`shipping.services.frozen`).
    """

    def __init__(self, *, stock_is_held: bool = False, delivery: dict[str, dict[str, Any]] | None = None) -> None:
        self.stock_is_held = stock_is_held
        self.delivery = delivery or {}
        self.prices: list[LinePrice] = []

    def place_order(self, *args, **more) -> Order:
        """Oscar writes the prices of each line by themselves; here all go in one statement."""
        with transaction.atomic(savepoint=False):
            order = super().place_order(*args, **more)
            LinePrice.objects.bulk_create(self.prices)
        return order

    def create_order_model(self, user, basket: Basket, *args, **more) -> Order:
        order = super().create_order_model(user, basket, *args, **more)
        lines = basket.all_lines()
        self.day = today()
        self.closures = closures_of([offer_of(line) for line in lines], on=self.day)
        self.seals = valid_seals([_work_of(line) for line in lines], self.day)
        self.commissions = commissions(self.day)
        self.licences = licences_of([_work_of(line) for line in lines], self.day)
        self.seller_orders = _seller_orders(order, lines, self.delivery, self.day)
        return order

    @door("order_line", rule="forbid_foreign_goods")
    def create_line_models(self, order: Order, basket_line: BasketLine, extra_line_fields=None) -> Line:
        """Raises ValidationError with the rule's sentence; the whole order goes with it."""
        offer, work = basket_line.stockrecord, _work_of(basket_line)
        forbid_foreign_goods(work, offer.venue, on=self.day)
        require_open_venue(offer.venue, on=self.day)
        require_import_permit(work)
        require_not_closed(work, offer.venue, on=self.day, known=self.closures)
        require_open_workshop(offer_of(basket_line), on=self.day)
        ours = {
            "seller_order": self.seller_orders[offer.partner_id],
            "maker": work.maker,
            "venue": offer.venue,
            "origin_state": work.shown_origin(self.day),
            "snapshot": snapshot(
                work,
                offer,
                seals=self.seals.get(work.pk, []),
                licences=self.licences,
                personal_text=basket_line.personal_text,
                on=self.day,
            ),
            "gift_wrap": basket_line.gift_wrap,
            "wrap_rial": basket_line.wrap_total_rial,
            "gift_note": basket_line.gift_note,
            "personal_text": basket_line.personal_text,
            **self._commission(basket_line),
        }
        return super().create_line_models(order, basket_line, {**(extra_line_fields or {}), **ours})

    def create_line_price_models(self, order: Order, order_line: Line, basket_line: BasketLine) -> None:
        """Kept until every line is written."""
        self.prices += [
            LinePrice(
                order=order,
                line=order_line,
                quantity=quantity,
                price_incl_tax=with_tax,
                price_excl_tax=without,
                tax_code=basket_line.tax_code,
            )
            for with_tax, without, quantity in basket_line.get_price_breakdown()
        ]

    def _commission(self, line: BasketLine) -> dict[str, int | None]:
        """Frozen on the line: the rule of today, of the price before the market's own discounts; wrapping bears none."""
        work = _work_of(line)
        due = self.commissions.of(
            maker=work.maker,
            craft=work.craft,
            venue=line.stockrecord.venue,
            amount_rial=int(line.line_price_incl_tax),
        )
        return {
            "commission_rule": due.rule_id,
            "commission_share_bp": due.share_bp,
            "commission_rial": due.rial,
            "commission_tax_rial": due.tax_rial,
        }

    def update_stock_records(self, line: BasketLine) -> None:
        """Raises ValidationError with code `sold_out` when fewer pieces are left."""
        if self.stock_is_held:
            return
        try:
            super().update_stock_records(line)
        except OutOfStock:
            line.stockrecord.refresh_from_db(fields=["num_in_stock", "num_allocated"])
            raise sold_out(line.stockrecord) from None


def _seller_orders(order: Order, lines, delivery: dict[str, dict[str, Any]], day: date) -> dict[int, SellerOrder]:
    """One seller order per seller, numbered `<order>-1`… in the order of their first line. Totals in rial.

    Promised: confirmed in two working days, sent when the slowest of its works is made or prepared; both from the end of a break.
    """
    totals: dict[int, int] = {}
    starts: dict[int, date] = {}
    leaves: dict[int, date] = {}
    for line in lines:
        seller = line.stockrecord.partner_id
        paid = int(line.line_price_incl_tax_incl_discounts) + line.wrap_total_rial
        totals[seller] = totals.get(seller, 0) + paid
        begins = count_from(line, day)
        starts[seller] = max(starts.get(seller, day), begins)
        leaves[seller] = max(leaves.get(seller, day), latest_day(begins, _work_of(line).lead_days))
    parts = [
        SellerOrder(
            order=order,
            seller_id=seller,
            number=f"{order.number}-{position}",
            total_rial=total,
            delivery=(way := delivery.get(str(seller), {})),
            delivery_rial=way.get("price_rial", 0),
            confirm_by=confirm_day(starts[seller]),
            dispatch_by=max(leaves[seller], confirm_day(starts[seller])),
        )
        for position, (seller, total) in enumerate(totals.items(), start=1)
    ]
    return {part.seller_id: part for part in SellerOrder.objects.bulk_create(parts)}
