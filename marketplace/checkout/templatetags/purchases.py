"""A purchase that waits for payment, for the basket's page, which stands below this room."""

from django import template

from marketplace.checkout.memory import waiting
from marketplace.checkout.models import Purchase

register = template.Library()


@register.simple_tag(takes_context=True)
def waiting_purchase(context: template.Context) -> Purchase | None:
    """The newest purchase of this session that still holds its works."""
    return waiting(context["request"])
