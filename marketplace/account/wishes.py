"""Works of a list as its owner, and whoever has its link, see them: on sale, sold, not shown any more, or gone."""

from collections.abc import Iterable
from dataclasses import dataclass

from marketplace.ui.cards import Card, cards_of
from marketplace.wishlists.models import Line


@dataclass(frozen=True)
class Wish:
    """A work on a list; `card` is None for one that the market does not show any more. `left`: how many are still wished for."""

    line: Line
    card: Card | None
    title: str
    bought: int = 0

    @property
    def left(self) -> int:
        return max(0, self.line.quantity - self.bought)

    @property
    def can_be_bought(self) -> bool:
        """Whether it is worth trying; the rules are asked when it goes into the basket."""
        return bool(self.card and self.card.price_rial and not self.card.is_sold)


def wishes_of(on_list: Iterable[Line], bought: dict[int, int] | None = None) -> list[Wish]:
    """Three queries for the cards, however many works."""
    rows = list(on_list)
    shown = [row.product for row in rows if row.product is not None and row.product.is_public]
    cards = {card.id: card for card in cards_of(shown)}
    return [_wish(row, cards.get(row.product_id), (bought or {}).get(row.pk, 0)) for row in rows]


def _wish(row: Line, card: Card | None, bought: int) -> Wish:
    return Wish(line=row, card=card, title=row.product.name if row.product else row.title, bought=bought)
