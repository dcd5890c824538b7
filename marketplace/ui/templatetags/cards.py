"""Cards for a page of a room that stands below this one."""

from django import template

from catalogue.models import Product
from marketplace.ui.cards import Card, cards_of

register = template.Library()


@register.simple_tag
def as_cards(works: list[Product]) -> list[Card]:
    """Cards of works read with their frame, in three queries whatever their number."""
    return cards_of(list(works))
