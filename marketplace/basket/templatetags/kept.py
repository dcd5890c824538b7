"""Whether a reader keeps a work, for the work's page, which stands above this room."""

from django import template

from catalogue.models import Product
from marketplace.basket.kept import is_kept

register = template.Library()


@register.simple_tag(takes_context=True)
def keeps(context: template.Context, work: Product) -> bool:
    """One query for a signed-in reader, none for a guest."""
    user = context["request"].user
    return user.is_authenticated and is_kept(user, work)
