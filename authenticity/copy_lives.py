"""The simulated life of a label: who sees the genuine piece, and who sees its copies. Seeded; nothing here touches the database."""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from random import Random
from typing import NamedTuple

from authenticity.copies import ACTIVATED, DISPATCHED, LOOKED, TRIED, Sight
from authenticity.copy_worlds import World

START = datetime(2026, 1, 1)
#: Days a piece lies in a shop before it is sold, and in a museum's.
IN_SHOP, IN_MUSEUM = 60, 120
YEAR = 365.0


@dataclass(frozen=True)
class Life:
    """What happened to one code. `doubts`: days of reports by visitors. `copied_on`: when the first copy was sold, for copied codes."""

    sights: list[Sight]
    doubts: list[datetime]
    copied_on: datetime | None


class Person(NamedTuple):
    """Somebody with a phone: the networks it is seen from, and its cookie."""

    home: str
    carrier: str
    device: str


class Story:
    """One code's life as it is told, look by look. Days count from when the piece left, or would have."""

    def __init__(self, world: World, rng: Random) -> None:
        self.world, self.rng, self.numbers = world, rng, count(1)
        self.city = rng.randrange(world.cities)
        self.sights: list[Sight] = []
        self.doubts: list[datetime] = []
        self.owner = self.person(city=self.city)

    def person(self, city: int | None = None, home: str = "") -> Person:
        """Somebody new, of a city, or under a roof (`home`)."""
        world, rng = self.world, self.rng
        here = rng.randrange(world.cities) if city is None else city
        roof = home or f"city {here} home {rng.randrange(world.home_networks_of_a_city)}"
        return Person(roof, f"mobile {rng.randrange(world.mobile_networks)}", f"device {next(self.numbers)}")

    def see(self, who: Person, day: float, *, kind: str = LOOKED, at_home: bool = False) -> None:
        """Somebody looks at the label, or acts."""
        world, rng = self.world, self.rng
        place = who.carrier if not at_home and rng.random() < world.on_mobile else who.home
        device = f"device {next(self.numbers)}" if rng.random() < world.device_lost else who.device
        self.sights.append(Sight(next(self.numbers), _when(day), kind, place, device))

    def often(self, rate: float, first: float, last: float) -> list[float]:
        """Days on which something happens, at so much a year."""
        return [self.rng.uniform(first, last) for _nth in range(self.poisson(rate * (last - first) / YEAR))]

    def poisson(self, mean: float) -> int:
        """How often, where so often is to be expected."""
        rest, number = math.exp(-mean), 0
        product = self.rng.random()
        while product > rest:
            product *= self.rng.random()
            number += 1
        return number


def _when(day: float) -> datetime:
    return START + timedelta(days=day)


def genuine(world: World, rng: Random, *, days: int) -> Life:
    """A piece that nobody copied, from the shop to so many days after it was sold."""
    story = Story(world, rng)
    _in_shop(story)
    _leave(story)
    _at_home(story, days)
    return Life(story.sights, story.doubts, None)


def copied(world: World, rng: Random, *, copies: int, days: int) -> Life:
    """A piece whose label was copied on the day it was sold, or while it lies unsold for good; so many copies are sold."""
    story = Story(world, rng)
    _in_shop(story)
    if rng.random() < world.source_owned:
        _leave(story)
        _at_home(story, days)
    active = any(sight.kind == ACTIVATED for sight in story.sights)
    sold = sorted(rng.uniform(0, min(world.sold_over_days, days)) for _nth in range(copies))
    for day in sold:
        _copy(story, day, days, active=active)
    return Life(story.sights, story.doubts, _when(sold[0]))


def _in_shop(story: Story) -> None:
    museum = story.rng.random() < story.world.museum_shop
    rate, days = (story.world.museum_looks_a_day, IN_MUSEUM) if museum else (story.world.shop_looks_a_day, IN_SHOP)
    for day in story.often(rate * YEAR, -days, 0):
        story.see(story.person(), day)


def _leave(story: Story) -> None:
    world, rng = story.world, story.rng
    if rng.random() < world.dispatched:
        story.see(story.person(), 0, kind=DISPATCHED, at_home=True)
    story.see(story.owner, 1)
    if rng.random() < world.mistyped:
        story.see(story.owner, 1.001, kind=TRIED)
    if rng.random() < world.activated:
        story.see(story.owner, 1.002, kind=ACTIVATED)
    elif rng.random() < world.gave_up:
        story.see(story.owner, 1.003, kind=TRIED)


def _at_home(story: Story, days: int) -> None:
    world, rng = story.world, story.rng
    owner, first = story.owner, 1.01
    family = [story.person(story.city, owner.home) for _nth in range(world.household)]
    for who, rate in [(owner, world.owner_looks), *((one, world.household_looks) for one in family)]:
        for day in story.often(rate, first, days):
            story.see(who, day)
    for day in story.often(world.visitors, first, days):
        _visit(story, day)
    for day in story.often(world.gatherings, first, days):
        for _guest in range(world.gathering_guests):
            _visit(story, day + rng.random())
    for day in story.often(world.resold, first, days):
        _resale(story, day, days)
    if rng.random() < world.shown_in_public:
        for day in story.often(world.public_looks_a_day * YEAR, first, days):
            story.see(story.person(), day)
    story.doubts += [_when(day) for day in story.often(world.genuine_doubts, first, days)]


def _visit(story: Story, day: float) -> None:
    at_home = story.rng.random() < story.world.visitors_on_home_network
    who = story.person(story.city, story.owner.home) if at_home else story.person(story.city)
    story.see(who, day, at_home=at_home)


def _resale(story: Story, day: float, days: int) -> None:
    for _nth in range(story.world.resale_looks):
        story.see(story.person(story.city), day - story.rng.uniform(0, 30))
    taker = story.person()
    for later in (day, *story.often(story.world.owner_looks, day, max(day, days))):
        story.see(taker, later)


def _copy(story: Story, day: float, days: int, *, active: bool) -> None:
    world, rng = story.world, story.rng
    city = story.city if world.one_city else None
    buyer = story.person(city)
    for _nth in range(story.poisson(world.first_looks)):
        story.see(story.person(city), day + rng.uniform(0, world.first_looks_days))
    for later in story.often(world.later_looks, day, max(day, days)):
        story.see(buyer, later)
    if active and rng.random() < world.doubts:
        story.see(buyer, day)
        story.doubts.append(_when(day))
    if not active and rng.random() < world.tries:
        story.see(buyer, day)
        story.see(buyer, day + 0.001, kind=TRIED)
