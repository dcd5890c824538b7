"""What the two detectors of copied labels find, and how often they ask in vain, in simulated worlds (COPIES.md)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from statistics import median

from authenticity.copies import BURST, STRANGERS, WINDOW, by_refusals, by_strangers, occasions, together
from authenticity.copy_lives import YEAR, Life, copied, genuine
from authenticity.copy_worlds import WORLDS, World

#: Numbers of copies of one label.
COPIES = (1, 3, 10, 30, 100)
#: Days that copied and genuine codes are followed.
DAYS = 730
#: Thresholds that are compared: occasions, and days they may lie apart.
OCCASIONS, WINDOWS, BURSTS = (3, 4, 5, 6, 7, 8), (90, 180, 365), (0, 1, 3, 7)


@dataclass(frozen=True)
class Days:
    """When each detector would have opened a case about one code (None: never). `copied_on`: when the first copy was sold."""

    activation: datetime | None
    strangers: datetime | None
    copied_on: datetime | None

    @property
    def both(self) -> datetime | None:
        """The first case of either."""
        return min((day for day in (self.activation, self.strangers) if day), default=None)


#: The columns of the tables.
DETECTORS = ("activation", "strangers", "both")


@dataclass(frozen=True)
class Found:
    """Of copied codes: the share with a case, and the median days from the first copy's sale to it (None where there is none)."""

    share: float
    days: int | None


def activation(life: Life) -> datetime | None:
    """The first case by activation alone: refused words, or a report by a buyer to whom the page said "activated before"."""
    return min((day for day in (by_refusals(life.sights), *life.doubts) if day), default=None)


def days_of(told: Iterable[Life]) -> list[Days]:
    """When the detectors would have opened a case, for each life."""
    return [Days(activation(life), by_strangers(life.sights), life.copied_on) for life in told]


def lives(world: World, *, copies: int, codes: int, seed: int) -> list[Life]:
    """So many codes' lives in a world (0 copies: genuine). Worlds share their random numbers, so that what differs is what is assumed."""
    rng = Random(f"{seed} {copies}")  # noqa: S311  a simulation is to be repeated
    if copies == 0:
        return [genuine(world, rng, days=DAYS) for _nth in range(codes)]
    return [copied(world, rng, copies=copies, days=DAYS) for _nth in range(codes)]


def found(told: list[Days], detector: str) -> Found:
    """How many of copied codes a detector finds, and when; a case from before the first copy's sale counts as found on its day."""
    waits = [
        max(0, (day - one.copied_on).days)
        for one in told
        if one.copied_on is not None and (day := getattr(one, detector)) is not None
    ]
    return Found(len(waits) / len(told), round(median(waits)) if waits else None)


def in_vain(told: list[Days], detector: str) -> float:
    """The share of genuine codes with a case, a year."""
    return _a_year([getattr(one, detector) is not None for one in told])


def _a_year(cases: list[bool]) -> float:
    return sum(cases) / len(cases) / (DAYS / YEAR)


def report(*, seed: int, copied_codes: int, genuine_codes: int, worlds: tuple[World, ...] = WORLDS) -> str:
    """The three tables, in Markdown."""
    tables = (
        _table_found(seed, copied_codes, worlds),
        _table_in_vain(seed, genuine_codes, worlds),
        _table_thresholds(seed, copied_codes, genuine_codes, worlds[0]),
    )
    return "\n\n".join("\n".join(table) for table in tables)


def _table_found(seed: int, codes: int, worlds: tuple[World, ...]) -> Iterable[str]:
    yield "| world | copies | activation | its days | strangers | their days | both | their days |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
    for world in worlds:
        for copies in COPIES:
            told = days_of(lives(world, copies=copies, codes=codes, seed=seed))
            cells = " | ".join(_cell(found(told, detector)) for detector in DETECTORS)
            yield f"| {world.name} | {copies} | {cells} |"


def _cell(one: Found) -> str:
    return f"{one.share:.0%} | {'–' if one.days is None else one.days}"


def _table_in_vain(seed: int, codes: int, worlds: tuple[World, ...]) -> Iterable[str]:
    yield "| world | activation | strangers | both |"
    yield "| --- | ---: | ---: | ---: |"
    for world in worlds:
        told = days_of(lives(world, copies=0, codes=codes, seed=seed))
        yield f"| {world.name} | {' | '.join(f'{in_vain(told, detector):.2%}' for detector in DETECTORS)} |"


def _table_thresholds(seed: int, copied_codes: int, genuine_codes: int, world: World) -> Iterable[str]:
    numbers = ((10, copied_codes), (30, copied_codes), (0, genuine_codes))
    told = [lives(world, copies=copies, codes=codes, seed=seed) for copies, codes in numbers]
    yield "| occasions | within days | one in days | found of 10 copies | of 30 | in vain, a year |"
    yield "| ---: | ---: | ---: | ---: | ---: | ---: |"
    for burst in BURSTS:
        counted = [[occasions(life.sights, burst=timedelta(days=burst)) for life in some] for some in told]
        grid = [(least, days) for least in OCCASIONS for days in WINDOWS]
        for least, days in grid if burst == BURST.days else [(STRANGERS, WINDOW.days)]:
            of_ten, of_thirty, pure = (
                [together(one, least=least, within=timedelta(days=days)) is not None for one in some]
                for some in counted
            )
            shares = f"{sum(of_ten) / len(of_ten):.0%} | {sum(of_thirty) / len(of_thirty):.0%}"
            yield f"| {least} | {days} | {burst} | {shares} | {_a_year(pure):.2%} |"
