"""The demo, made step by step; every step adds only what is missing, so a second run changes nothing."""

from dataclasses import dataclass
from typing import TextIO

from django.conf import settings
from django.db import transaction

from cms.events.samples import load_events
from cms.samples import load_pages
from cms.services import load_city_stories
from cms.visits.samples import load_visits
from marketplace.demo.accounts import make_accounts
from marketplace.demo.base_data import load_base_data
from marketplace.demo.bulk import make_many
from marketplace.demo.delivery import make_rates
from marketplace.demo.export import make_consignments
from marketplace.demo.joining import make_joinings
from marketplace.demo.matters import make_matters
from marketplace.demo.money import make_money
from marketplace.demo.passports import make_passports
from marketplace.demo.people import make_makers
from marketplace.demo.pictures import bare_numbers, draw_pictures, early_numbers, leave_to_worker
from marketplace.demo.places import make_venues
from marketplace.demo.progress import Bar
from marketplace.demo.rounds import make_rounds
from marketplace.demo.routes import make_routes
from marketplace.demo.seals import make_seals
from marketplace.demo.secretariats import make_secretariats
from marketplace.demo.spots import make_demo_spots
from marketplace.demo.stalls import make_stalls
from marketplace.demo.suspicion import make_copied_photo, make_doubts
from marketplace.demo.works import make_works, missing_numbers

#: How many works the demo holds unless another number is asked for.
WORKS = 600
#: More are written in bulk.
MOST_BY_SERVICES = 2_000


class DemoForbidden(Exception):
    """The demo is asked for where real people trade."""


@dataclass(frozen=True)
class Made:
    """How many rows a run of the demo added."""

    base: int
    stories: int
    accounts: int
    makers: int
    venues: int
    works: int
    seals: int
    labels: int
    doubts: int
    matters: int
    money: int
    pictured: int
    rates: int

    @property
    def nothing(self) -> bool:
        return not any(vars(self).values())


def forbid_in_production() -> None:
    """Demo accounts have printed passwords. Raises DemoForbidden where RASTEH_ENV is production."""
    if settings.PRODUCTION:
        raise DemoForbidden("The demo has accounts with printed passwords and is never loaded in production.")


def make_demo(*, works: int = WORKS, pictures: str = "all", out: TextIO | None = None) -> Made:
    """Add what is missing of a demo with so many works. `pictures`: "all", "first" (the worker draws the rest) or "none".

    Raises DemoForbidden in production.
    """
    forbid_in_production()
    with transaction.atomic():
        base = sum(load_base_data().values())
        accounts, makers, venues = make_accounts(), make_makers(), make_venues() + make_demo_spots()
        rates = make_rates()
    stories = load_city_stories() + load_pages() + load_events() + make_routes()
    numbers = missing_numbers(works)
    make = make_works if len(numbers) <= MOST_BY_SERVICES else make_many
    make(numbers, Bar("Works", len(numbers), out))
    seals, labels = make_seals(), make_passports()
    pictured = _picture(pictures, out)
    doubts, matters, money = make_doubts() + make_copied_photo(), make_matters() + make_joinings(), make_money()
    venues += make_stalls() + make_rounds()
    venues += make_consignments()
    stories += load_visits()  # hosts sell by now
    stories += make_secretariats()  # its report counts what was made before
    return Made(
        base=base,
        stories=stories,
        accounts=accounts,
        makers=makers,
        venues=venues,
        works=len(numbers),
        seals=seals,
        labels=labels,
        doubts=doubts,
        matters=matters,
        money=money,
        pictured=pictured,
        rates=rates,
    )


def _picture(which: str, out: TextIO | None) -> int:
    """Draw what is asked for; leave the rest to the worker. Returns how many works got pictures."""
    if which == "none":
        return 0
    numbers = early_numbers() if which == "first" else bare_numbers()
    pictured = draw_pictures(numbers, Bar("Pictures", len(numbers), out))
    if which == "first":
        leave_to_worker()
    return pictured


def demo_is_complete(works: int = WORKS) -> bool:
    """A cheap look: whether as many demo works are there as asked for."""
    return not missing_numbers(works)
