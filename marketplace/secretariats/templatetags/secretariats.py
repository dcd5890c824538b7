"""The secretariat as a city's page shows it."""

from django import template

from marketplace.core.clock import today
from marketplace.places.models import City
from marketplace.secretariats import queries

register = template.Library()


@register.simple_tag
def secretariat_of(city: City) -> queries.Standing | None:
    """Who holds which post today, and what was published; None where no secretariat was founded. At most three queries."""
    return queries.box(city, on=today())
