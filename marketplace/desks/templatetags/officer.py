"""Filters of the officer's pages."""

from typing import Any

from django import template

from marketplace.core.models import User
from marketplace.desks.countries import country_name
from marketplace.desks.forms.base import reader_language
from marketplace.desks.forms.joining import ReturnForm
from marketplace.desks.officer.access import officer_name
from marketplace.desks.officer.papers import paper_address

register = template.Library()


@register.simple_tag
def joining_return(sent: Any) -> ReturnForm:
    """The form that returns steps of a joining: as it was sent when it was refused, or an empty one."""
    return sent or ReturnForm()


@register.filter
def paper(file: Any) -> str:
    """The address by which an officer opens a private file; empty when there is none."""
    return paper_address(file.name) if file else ""


@register.filter
def country(code: str) -> str:
    """A country's name in the reader's language."""
    return country_name(code, reader_language()) if code else ""


@register.filter
def officer(user: User | None) -> str:
    """An officer's name; empty for nobody."""
    return officer_name(user)
