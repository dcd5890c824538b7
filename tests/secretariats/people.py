"""The people of Ravar's secretariat, for tests of posts, rights and reports."""

from datetime import date, timedelta

import pytest

from marketplace.core.models import User
from marketplace.places.models import City
from marketplace.secretariats import services
from marketplace.secretariats.eligibility import load_rules
from marketplace.secretariats.models import Appointment, Office
from tests.cast import DAY, PASSWORD

YESTERDAY, TOMORROW = DAY - timedelta(days=1), DAY + timedelta(days=1)
BEGAN = date(2026, 3, 21)
UNTIL = date(2028, 3, 20)


def person(name: str, number: int) -> User:
    return User.objects.create_user(
        name, f"{name}@example.org", PASSWORD, mobile=f"+98913111{number:04}", first_name=name, last_name="Ravari"
    )


def facts(role: str, user: User, **other) -> dict:
    """A proper appointment to a post, but for what a test says otherwise."""
    by_role = {
        "secretary": (Office.MAYOR, Office.DIRECTOR_GENERAL, Office.DEPUTY_MINISTER),
        "head": (Office.HERITAGE_EXPERT, Office.DIRECTOR_GENERAL, Office.SECRETARY),
    }
    office, proposed_by, decree_by = by_role.get(role, (Office.PRIVATE, Office.SECRETARY, Office.SECRETARY))
    told = {"role": role, "user": user, "office": office, "proposed_by": proposed_by, "decree_by": decree_by}
    told |= {"decree_number": "R-1", "decree_on": BEGAN, "since": BEGAN, "until": UNTIL}
    return told | other


def appoint(secretariat, role: str, user: User, **other) -> Appointment:
    return services.appoint(secretariat=secretariat, by=None, **facts(role, user, **other))


@pytest.fixture
def eligibility(day):
    load_rules()


@pytest.fixture
def ravar(kerman_province):
    return City.objects.create(
        slug="ravar", name_fa="راور", name_en="Ravar", province=kerman_province, rank="national", rank_year=1400
    )


@pytest.fixture
def secretariat(ravar, eligibility):
    return services.found(city=ravar, source="seed-kerman")


@pytest.fixture
def secretary(secretariat):
    user = person("secretary", 101)
    appoint(secretariat, "secretary", user)
    return user


@pytest.fixture
def editor(secretariat):
    user = person("editor", 102)
    appoint(secretariat, "editor", user)
    return user
