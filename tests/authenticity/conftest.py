"""A label whose piece went to its owner, the case about it, and an officer at the desk."""

from datetime import timedelta

import pytest
from django.utils import timezone

from authenticity.copy_watch import watch_scans
from authenticity.models import Passport, Scan
from tests.authenticity.sights import scan, seen_by_strangers


@pytest.fixture
def owned(passport):
    """Activated a hundred days ago."""
    scan(passport, 100, "owner", Scan.Kind.ACTIVATED)
    Passport.objects.filter(pk=passport.pk).update(activated_at=timezone.now() - timedelta(days=100))
    passport.refresh_from_db()
    return passport


@pytest.fixture
def case(owned):
    """The officers' question about it, after seven strangers."""
    seen_by_strangers(owned)
    [matter] = watch_scans()
    return matter


@pytest.fixture
def at_officers(client, officer, settings):
    """The officer, signed in."""
    settings.SECOND_FACTOR_REQUIRED = False
    client.force_login(officer)
    return client
