"""Pictures inside a story."""

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from cms.stories import gallery_html, picture_of

register = template.Library()


@register.simple_tag
def story_pictures(images) -> SafeString:
    """The pictures of a gallery block, described in the reader's language."""
    return mark_safe(gallery_html(list(images), (get_language() or "fa")[:2]))


@register.filter
def as_picture(image) -> dict:
    """One picture as the market's partials want it, described in the reader's language."""
    return picture_of(image, (get_language() or "fa")[:2])
