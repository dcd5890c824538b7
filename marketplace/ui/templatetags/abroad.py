"""Amounts of other currencies on the page."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from marketplace.export import currencies

register = template.Library()


@register.filter
def abroad(minor: int | None, currency: str) -> SafeString | str:
    """«۱٬۲۳۴٫۵۰ EUR» or EUR 1,234.50 from minor units; empty where there is no amount."""
    if minor is None:
        return ""
    language = (get_language() or "fa")[:2]
    return format_html("<bdi>{}</bdi>", currencies.money_text(minor, currency, language=language))
