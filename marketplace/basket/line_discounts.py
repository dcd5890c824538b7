"""What offers took of a basket line, and what is left of it for others: Oscar's, asked without a query, given in whole rial."""

from decimal import ROUND_DOWN, Decimal

from oscar.apps.basket.utils import LineDiscountRegistry as OscarLineDiscountRegistry

from marketplace.offer.models import ConditionalOffer

WHOLE = Decimal(1)


class LineDiscountRegistry(OscarLineDiscountRegistry):
    """Oscar asks the database about combinations once a line, an offer and an application; here the offers know them."""

    def available(self, offer=None) -> int:
        """Pieces that an offer may still take."""
        left = self._line.quantity
        if isinstance(offer, ConditionalOffer):
            others = [other for other in self._offers.values() if other.pk != offer.pk and self.num_consumed(other)]
            if not all(_may_share(offer, other) for other in others):
                return 0
            if offer.exclusive:
                left -= sum(self.num_consumed(other) for other in others if _comes_first(other, offer))
        return max(0, left - self.num_consumed(offer))

    def discount(self, amount, quantity, incl_tax=True, offer=None) -> None:
        """Give whole rials, no more than the line still costs and than the offer may still give."""
        given = min(amount, self._line.unit_effective_price * self._line.quantity - self.total)
        left = getattr(offer, "left_rial", None)
        given = Decimal(given if left is None else min(given, left)).quantize(WHOLE, ROUND_DOWN)
        if given <= 0:
            self.consume(quantity, offer=offer)
            return
        if left is not None:
            offer.left_rial = left - given
        super().discount(given, quantity, incl_tax, offer)


def _comes_first(one: ConditionalOffer, other: ConditionalOffer) -> bool:
    return one.priority >= other.priority


def _may_share(offer: ConditionalOffer, other: ConditionalOffer) -> bool:
    """Whether an offer may take pieces of a line that another one took pieces of: both exclusive share by piece, one alone never;
    offers that name their combinations stand beside those only."""
    if offer.exclusive != other.exclusive:
        return False
    named = offer.names_combinations() or other.names_combinations()
    return not named or other.stands_beside(offer)
