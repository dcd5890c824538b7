"""The one description of what comes first, read by both engines and told to readers on a page of its own."""

#: What a word is worth by where it stands: found whole, and found as the beginning of a longer word. `head` is what a work is
#: called first («گلدان» of «گلدان میناکاری»), `title` all of its title, `names` its craft, group, place, maker and materials.
WORTH = {"head": (10.0, 6.0), "title": (8.0, 5.0), "names": (4.0, 2.0), "text": (1.0, 0.5)}
#: Of that, what a word of nearly the same meaning is worth.
KIN = 0.8
#: A word's best place counts whole and each other place this part of its worth.
OTHER_PLACES = 0.2
#: What a work gains beside its words: a seal in force on the day, a maker who is a master, a piece that can leave at once. Together
#: less than the step from one place of a word to the next, so that they order works that answer about as well.
SEAL, MASTER, READY = 0.75, 0.5, 0.5
#: What likeness to a work gains, by what two works have in common; `price` is between half and twice the work's own.
LIKENESS = {"craft": 4.0, "technique": 2.0, "material": 1.0, "colour": 1.0, "price": 1.0}
#: Of works that are equal in all this the newest comes first.
