"""A weaver whose joining has begun, and what they tell in each step."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages

from marketplace.joining import services
from marketplace.joining.steps import joining_of
from marketplace.listing.claims import send_licence
from tests.cast import DAY
from tests.desks.conftest import private_papers  # noqa: F401

#: A number whose check digit fits; it is nobody's.
CODE = "0012345679"
SHEBA = "IR062960000000100324200001"


@pytest.fixture
def started(weaver, artisan):
    """The weaver, before anything is told."""
    services.begin(maker=weaver, by=artisan)
    return weaver


@pytest.fixture
def picture(private_papers):  # noqa: F811
    """`picture()`: the name of a picture that is stored."""
    return lambda name="joining/one.jpg": storages["private"].save(name, ContentFile(b"a picture"))


@pytest.fixture
def complete(started, artisan, flatweave, sirjan, kilim_craft, picture):
    """The weaver, with every step told and a licence sent."""
    services.tell_identity(maker=started, legal_name="نام نمونه", code=CODE)
    services.tell_workshop(
        maker=started, name_fa="کارگاه", name_en="Workshop", kind="home", city=sirjan, crafts=[kilim_craft]
    )
    services.tell_account(maker=started, iban=SHEBA, owner="نام نمونه")
    services.tell_pictures(maker=started, portrait=picture(), workshop=picture())
    send_licence(
        maker=started,
        by=artisan,
        craft_group=flatweave,
        kind="individual",
        number="T-9",
        issued_on=DAY.replace(year=2025),
        expires_on=DAY.replace(year=2028),
    )
    return started


@pytest.fixture
def sent(complete, artisan):
    """The matter of the joining that was sent."""
    return services.send(maker=complete, by=artisan)


def facts_of(maker) -> tuple:
    """All that a refused verb leaves as it was."""
    maker.refresh_from_db()
    joining = joining_of(maker)
    return (
        maker.state,
        maker.state_because,
        maker.name_fa,
        joining.legal_name,
        joining.code_print,
        joining.portrait.name,
        joining.returned,
        maker.state_steps.count(),
    )
