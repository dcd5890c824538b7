"""The one description of what comes first, read by both engines and told to readers on a page of its own. Points only ever add up, so that
an engine may leave out works that can no longer come among the first."""

from collections.abc import Iterator
from dataclasses import dataclass

from marketplace.search.words import Word

#: What a word adds by where it stands: found whole, and found as the beginning of a longer word. `head` is what a work is called first
#: («گلدان» of «گلدان میناکاری»), `title` all of its title, `names` its craft, group, place, maker and materials, `text` all of these
#: and what is told besides: a word that stands in a place stands in the wider ones too, and has the points of each.
WORTH = {"head": (4.0, 2.5), "title": (6.0, 3.5), "names": (2.0, 1.0), "text": (1.0, 0.5)}
#: The place that every word of a work stands in.
EVERYWHERE = "text"
#: Of that, what a word of nearly the same meaning is worth.
KIN = 0.8
#: What a work gains beside its words: a seal in force on the day, a maker who is a master, a piece that can leave at once. Together
#: less than the step from one place of a word to the next, so that they order works that answer about as well.
SEAL, MASTER, READY = 0.75, 0.5, 0.5
#: What likeness to a work gains, by what two works have in common; `price` is between half and twice the work's own.
LIKENESS = {"craft": 4.0, "technique": 2.0, "material": 1.0, "colour": 1.0, "price": 1.0}
#: Of works that are equal in all this the newest comes first.


@dataclass(frozen=True)
class Gain:
    """What a work gains by a word that stands in a place: as one of its forms, or also by its `kin`, or also as a word `begun`."""

    place: str
    kin: bool
    begun: bool
    worth: float


def gains(word: Word) -> Iterator[Gain]:
    """Everything that a work can gain by a word. What meets a narrow one meets the wider ones of its place too, and they add up."""
    for place, (whole, begun) in WORTH.items():
        left = whole
        if word.prefixes:
            yield Gain(place, bool(word.kin), True, begun)
            left -= begun
        if word.kin:
            yield Gain(place, True, False, left - whole * (1 - KIN))
            left = whole * (1 - KIN)
        yield Gain(place, False, False, left)
