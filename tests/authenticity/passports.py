"""Passports for tests: labels of the weaver's kilim, one with a seal in force, for a site with a name of its own."""

from datetime import date

import pytest

from authenticity.models import SealGrant, SealScheme
from authenticity.passports import make_labels

SITE = "https://rasteh.example"


@pytest.fixture
def site(settings):
    settings.SITE_URL = SITE
    return SITE


@pytest.fixture
def passports(site, licence, kilim):
    """Three passports of one work."""
    licence.pieces_a_year = 5
    licence.save()
    return [label.passport for label in make_labels(work=kilim, count=3)[1]]


@pytest.fixture
def passport(passports):
    return passports[0]


@pytest.fixture
def seal(weaver, kilim_line):
    """A quality mark on the kilims, in force on the day."""
    scheme = SealScheme.objects.create(
        slug="quality-mark",
        name_fa="نشان مرغوبيت",  # with an Arabic ye, as people type it
        name_en="Quality mark",
        body_fa="میراث فرهنگی",
        body_en="Cultural Heritage",
    )
    return SealGrant.objects.create(
        scheme=scheme,
        product_line=kilim_line,
        maker=weaver,
        number="Q-1",
        valid_from=date(2026, 1, 1),
        valid_until=date(2028, 1, 1),
    )
