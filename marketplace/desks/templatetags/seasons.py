"""How the tables and plots of a report are written on its page."""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from marketplace.desks.templatetags.desks import signed
from marketplace.seasons.plots import Plot
from marketplace.seasons.tables import PERCENT, RIAL, TEXT, Column, Table
from marketplace.ui.templatetags.rasteh import digits, grouped

register = template.Library()


@register.simple_tag
def drawing(plot: Plot) -> SafeString:
    """Its SVG: every name in it was escaped when it was drawn."""
    return mark_safe(plot.svg)


@register.filter
def cells(table: Table) -> list[list[tuple[Column, Any]]]:
    """Rows as (column, cell)."""
    return [list(zip(table.columns, row, strict=True)) for row in table.rows]


@register.filter
def totals(table: Table) -> list[tuple[Column, Any]]:
    """The last row as (column, cell)."""
    return list(zip(table.columns, table.total, strict=True))


@register.filter
def has_rial(table: Table) -> bool:
    """Whether a column holds amounts of money."""
    return any(column.kind == RIAL for column in table.columns)


@register.simple_tag
def written(cell: Any, kind: str) -> str | SafeString:
    """A cell in the reader's unit and digits; what is not known is said to be unknown."""
    if cell is None:
        return _("not known")
    if kind == TEXT:
        return format_html("<span>{}</span>", cell)
    if kind == RIAL:
        return signed(cell)
    return f"{digits(cell)}{'٪' if digits(1) != '1' else '%'}" if kind == PERCENT else grouped(cell)
