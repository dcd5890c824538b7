"""Whether one label may be on more than one piece: plain sights in, what speaks for a copy out. It proves nothing; a person decides.

Two detectors stand beside each other.

* **Strangers.** A piece that left its maker is seen by its household, over and over from the same few networks and devices. Copies are
  seen by people who share neither. A look counts where network and device are both new to the label; within `BURST` of the last one that
  counted it counts not, so a party, a class or a video is one occasion. `STRANGERS` occasions within `WINDOW` open a case. Looks before the
  piece left (activated, or scanned at dispatch) count not: a shop's visitors are strangers by trade.
* **Refused activations.** The word under the scratch field is known to one label only. `REFUSED` people who share neither network nor
  device, none of them who activated it, typed a wrong word.

The figures come from `manage.py simulate_copies` (COPIES.md has its tables). Under its first assumptions seven occasions in half a
year find half of the labels with ten copies, and nearly all with thirty whose piece had left, and ask in vain about one genuine piece in
220 a year. Six would find 3 in 100 more and ask in vain twice as often; eight miss 5 in 100 more for hardly fewer questions. Without
`BURST` one party would be a case. One refused person is mostly a buyer who gave up, so two are asked for.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from operator import attrgetter
from typing import NamedTuple

#: Occasions within this time are one.
BURST = timedelta(days=3)
WINDOW = timedelta(days=180)
#: Occasions within a window that open a case.
STRANGERS = 7
#: People whose activation was refused that open a case.
REFUSED = 2
_IN_ORDER = attrgetter("at", "pk")
LOOKED, ACTIVATED, DISPATCHED, TRIED = "looked", "activated", "dispatched", "tried"


class Sight(NamedTuple):
    """One look or act, as a scan keeps it: place and device tell "same" from "other" and nothing else."""

    pk: int
    at: datetime
    kind: str
    place: str
    device: str


@dataclass(frozen=True)
class Signs:
    """What speaks for a copy: looks by strangers that came together, and refused activations by different people."""

    strangers: tuple[Sight, ...]
    refused: tuple[Sight, ...]


def _judged(sight: Sight, after: datetime | None) -> bool:
    return after is not None and sight.at <= after


def left_at(sights: Iterable[Sight]) -> datetime | None:
    """When the piece went to whoever bought it; None while it may still lie in a shop."""
    return min((sight.at for sight in sights if sight.kind in (ACTIVATED, DISPATCHED)), default=None)


def occasions(sights: Iterable[Sight], *, after: datetime | None = None, burst: timedelta = BURST) -> list[Sight]:
    """Looks by strangers since the piece left, those of a burst as one; only later ones than `after`, which were not judged yet."""
    told = sorted(sights, key=_IN_ORDER)
    left, places, devices, counted = left_at(told), set(), set(), []
    for sight in told:
        stranger = sight.place not in places and sight.device not in devices
        places.add(sight.place)
        devices.add(sight.device)
        if sight.kind != LOOKED or not stranger or left is None or sight.at < left or _judged(sight, after):
            continue
        if not counted or sight.at - counted[-1].at >= burst:
            counted.append(sight)
    return counted


def refusals(sights: Iterable[Sight], *, after: datetime | None = None) -> list[Sight]:
    """Refused activations, one for each person who shares neither network nor device with another, or with who activated."""
    acts = sorted((sight for sight in sights if sight.kind in (ACTIVATED, TRIED)), key=_IN_ORDER)
    known = [sight for sight in acts if sight.kind == ACTIVATED]
    counted = []
    for sight in acts:
        if sight.kind != TRIED or any(sight.place == one.place or sight.device == one.device for one in known):
            continue
        known.append(sight)
        if not _judged(sight, after):
            counted.append(sight)
    return counted


def together(counted: list[Sight], *, least: int = STRANGERS, within: timedelta = WINDOW) -> int | None:
    """The place in the list at which so many occasions first lie within a window, or None."""
    ends = range(least - 1, len(counted))
    return next((end for end in ends if counted[end].at - counted[end - least + 1].at <= within), None)


def signs_of_copies(sights: Iterable[Sight], *, after: datetime | None = None) -> Signs | None:
    """What speaks for a copy among the sights that no officer has judged yet (later than `after`), or None for too little."""
    told = list(sights)
    strangers, refused = occasions(told, after=after), refusals(told, after=after)
    if together(strangers) is None and len(refused) < REFUSED:
        return None
    return Signs(tuple(strangers), tuple(refused))


def by_strangers(sights: Iterable[Sight]) -> datetime | None:
    """When the detector of strangers would have opened a case; None for never."""
    counted = occasions(sights)
    end = together(counted)
    return None if end is None else counted[end].at


def by_refusals(sights: Iterable[Sight]) -> datetime | None:
    """When refused activations would have opened a case; None for never."""
    counted = refusals(sights)
    return counted[REFUSED - 1].at if len(counted) >= REFUSED else None
