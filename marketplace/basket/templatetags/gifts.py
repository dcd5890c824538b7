"""The form of a line's wrapping and words, on the basket's page."""

from django import template

from marketplace.basket.forms import GiftForm
from marketplace.basket.lines import ShownLine

register = template.Library()


@register.simple_tag(takes_context=True)
def gift_form_of(context: template.Context, line: ShownLine) -> GiftForm | None:
    """As it was sent when something in it was refused, else as it stands; None where there is nothing to ask for."""
    sent = context.get("gift_form")
    if sent is not None and sent.shown.id == line.id:
        return sent
    return GiftForm(shown=line) if line.may_ask else None
