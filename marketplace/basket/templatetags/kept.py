"""Whether a reader keeps a work, for the work's page, which stands above this room."""

from django import template

from catalogue.models import Product
from marketplace.basket.kept import is_kept

register = template.Library()


@register.simple_tag(takes_context=True)
def keeps(context: template.Context, work: Product) -> bool:
    """No query for a guest, nor for a work that was read with `kept` (`wishlists.queries.listed_by`); one for others."""
    user = context["request"].user
    if not user.is_authenticated:
        return False
    return work.kept if hasattr(work, "kept") else is_kept(user, work)
