"""The data files name their sources by short keys; a reader is told the document."""

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

register = template.Library()

SOURCES: dict[str, str | Promise] = {
    "seed-kerman": _("Minutes of the dialogue council of government and private sector, Kerman province"),
    "seed-ardabil": _("Mehr News on the national conference of handicraft deputies, 21 October 2025"),
    "public list of Iran's 14 WCC places": _("Public list of Iran’s fourteen places of the World Crafts Council"),
}


@register.filter
def source_name(key: str) -> str:
    """The document behind a key; words that are no key stand as they are."""
    for known, name in SOURCES.items():
        if key.startswith(known):
            return str(name)
    return key
