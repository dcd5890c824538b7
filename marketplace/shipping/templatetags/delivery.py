"""A chosen delivery in a template."""

from typing import Any

from django import template

from marketplace.shipping.words import Words, words_of

register = template.Library()


@register.simple_tag
def delivery_words(kept: dict[str, Any]) -> Words | None:
    """What a seller order keeps of its delivery, in the reader's language."""
    return words_of(kept)
