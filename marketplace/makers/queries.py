"""Counts of makers, for whoever reports on a city."""

from datetime import date

from marketplace.makers.models import Maker, ProductionLicence
from marketplace.places.models import City

WORKSHOPS = (Maker.Kind.HOME, Maker.Kind.GROUP, Maker.Kind.LARGE)


def workshops_in(city: City) -> int:
    """Workshops of a city in this market; single artisans and cooperatives are none. One query."""
    return Maker.objects.active().filter(city=city, kind__in=WORKSHOPS).count()


def licences_in(city: City, *, on: date) -> int:
    """Production licences of a city's makers in force on a day. One query."""
    return ProductionLicence.objects.valid_on(on).filter(maker__city=city).count()
