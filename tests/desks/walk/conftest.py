"""The demo's market after a month of trade, and a stranger: a maker, a manager and an exporter who owns nothing of what is there."""

import pytest
from django.db import transaction

from marketplace.bazaars.models import Venue
from marketplace.core import clock
from marketplace.core.models import User
from marketplace.demo.accounts import OFFICER, user_of
from marketplace.demo.services import make_demo
from marketplace.export.models import Exporter
from marketplace.makers.models import Maker
from tests.cast import DAY
from tests.core.test_pictures import own_media  # noqa: F401
from tests.desks.walk.lives import live

WORKS = 60


@pytest.fixture(scope="module")
def demo_once(django_db_setup, django_db_blocker):
    """Filling takes seconds: once for a file, in a transaction around those of its tests."""
    with django_db_blocker.unblock(), transaction.atomic():
        clock.set_today(DAY)
        make_demo(works=WORKS, pictures="none")
        live(user_of(OFFICER))
        yield
        clock.set_today(None)
        transaction.set_rollback(True)


@pytest.fixture
def demo(demo_once, day, settings):
    """The filled market; what a test does to it is undone."""
    settings.SECOND_FACTOR_REQUIRED = False


@pytest.fixture
def stranger(demo) -> User:
    """Another maker with a licence to nothing, in another city's shop, with another exporting house."""
    user = User.objects.create_user("stranger", "stranger@example.org", mobile="+989131117777")
    maker = Maker.objects.latest("pk")
    Maker.objects.create(
        slug="stranger", name_fa="سازندهٔ دیگر", name_en="Another maker", city=maker.city, owner=user, joined_at=None
    )
    venue = Venue.objects.filter(managers__isnull=True).earliest("pk")
    venue.managers.add(user)
    Exporter.objects.create(user=user, name_fa="صادرکنندهٔ دیگر", name_en="Another exporter")
    return user
