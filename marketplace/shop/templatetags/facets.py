"""The values of a facet: a search page has some 260 of them, and a template takes a third of the page's time for what this writes."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from marketplace.core.persian import group_digits
from marketplace.shop.facets import Facet

register = template.Library()
_ROW = (
    '<li><label for="{0}"><input type="checkbox" id="{0}" name="{1}" value="{2}"{3}> {4}{5} '
    '<span class="number">{6}</span></label></li>'
)
_SWATCH = '<span class="swatch {}" aria-hidden="true"></span> '
_CHECKED = SafeString(" checked")


@register.simple_tag
def choices_of(facet: Facet) -> SafeString:
    """A row for each value: a box to tick, its name, how many works it would show."""
    language = get_language() or "fa"
    return format_html_join(
        "\n",
        _ROW,
        (
            (
                f"facet-{facet.key}-{nth}",
                facet.key,
                choice.value,
                _CHECKED if choice.chosen else "",
                format_html(_SWATCH, choice.value) if facet.key == "colour" else "",
                choice.label,
                group_digits(choice.count, language=language),
            )
            for nth, choice in enumerate(facet.choices, 1)
        ),
    )
