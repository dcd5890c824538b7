"""Dyes and glazes by name, and the eight-colour schemes a workshop would keep together.

A picture's words and its colours come from the same choice, so the alternative text names no colour that is not there.
"""

from dataclasses import dataclass

import numpy as np

Colour = tuple[int, int, int]

# name: (red, green, blue), Persian name, English name
DYES = {
    "madder": ((142, 38, 30), "روناسی", "madder red"),
    "brick": ((170, 74, 46), "آجری", "brick"),
    "rose": ((190, 112, 100), "گل‌بهی", "rose"),
    "crimson": ((118, 20, 36), "لاکی", "crimson"),
    "navy": ((27, 42, 74), "سرمه‌ای", "navy"),
    "indigo": ((40, 72, 112), "نیلی", "indigo"),
    "sky": ((122, 158, 176), "آبی آسمانی", "sky blue"),
    "cobalt": ((28, 66, 148), "لاجوردی", "cobalt"),
    "turquoise": ((26, 138, 146), "فیروزه‌ای", "turquoise"),
    "pistachio": ((148, 160, 104), "پسته‌ای", "pistachio"),
    "forest": ((38, 72, 54), "سبز سیر", "deep green"),
    "olive": ((112, 108, 56), "زیتونی", "olive"),
    "saffron": ((218, 152, 46), "زعفرانی", "saffron"),
    "gold": ((204, 164, 82), "طلایی", "gold"),
    "ivory": ((240, 231, 208), "عاجی", "ivory"),
    "cream": ((226, 209, 172), "کرم", "cream"),
    "camel": ((184, 140, 90), "شتری", "camel"),
    "walnut": ((76, 47, 31), "گردویی", "walnut brown"),
    "soot": ((34, 28, 26), "سیاه", "black"),
    "aubergine": ((78, 34, 62), "بادمجانی", "aubergine"),
    "silver": ((196, 198, 198), "نقره‌ای", "silver"),
    "pink": ((206, 100, 122), "صورتی", "pink"),
    "grass": ((52, 128, 84), "سبز", "green"),
}

# ground, border, line, light, three accents, gold
FAMILIES = {
    "wool": (
        "madder navy soot ivory saffron indigo forest gold",
        "navy madder soot ivory brick sky saffron gold",
        "ivory madder walnut cream indigo brick olive gold",
        "crimson forest soot cream saffron navy rose gold",
        "brick navy walnut ivory turquoise saffron crimson gold",
        "camel navy walnut ivory madder indigo forest gold",
        "forest crimson soot ivory saffron rose navy gold",
        "indigo brick soot ivory sky madder gold camel",
        "aubergine olive soot cream rose saffron sky gold",
        "saffron madder walnut ivory navy forest brick cream",
        "cream indigo walnut ivory brick turquoise madder gold",
        "rose crimson walnut ivory forest navy saffron gold",
        "olive aubergine soot ivory brick cream indigo gold",
        "walnut camel soot ivory brick turquoise saffron gold",
    ),
    "silk": (
        "crimson navy soot ivory turquoise saffron forest gold",
        "turquoise crimson navy ivory gold rose indigo gold",
        "ivory crimson walnut cream turquoise rose forest gold",
        "forest crimson soot ivory saffron rose turquoise gold",
        "navy crimson soot ivory turquoise saffron rose gold",
        "aubergine saffron soot ivory turquoise rose forest gold",
        "saffron crimson walnut ivory turquoise forest navy gold",
        "soot crimson navy ivory saffron turquoise rose gold",
        "pink crimson navy ivory turquoise forest saffron gold",
        "grass crimson soot ivory saffron pink navy gold",
    ),
    "glaze": (
        "cobalt turquoise navy ivory saffron sky forest gold",
        "turquoise cobalt navy ivory gold rose indigo gold",
        "ivory cobalt navy cream turquoise saffron rose gold",
        "navy turquoise soot ivory saffron brick sky gold",
        "saffron turquoise walnut ivory cobalt forest rose gold",
        "sky cobalt navy ivory turquoise saffron forest gold",
        "forest cobalt soot ivory turquoise saffron brick gold",
    ),
    "cotton": (
        "ivory madder soot cream indigo olive saffron gold",
        "cream brick walnut ivory navy forest madder saffron",
        "ivory indigo navy cream sky turquoise brick gold",
        "cream madder soot ivory turquoise saffron navy gold",
        "sky ivory navy ivory indigo cream brick gold",
        "pistachio ivory walnut cream forest rose brick gold",
        "camel ivory walnut cream madder olive navy gold",
        "rose ivory walnut cream crimson forest indigo gold",
    ),
    "hide": (
        "walnut camel soot cream brick madder saffron gold",
        "brick camel walnut cream madder forest navy gold",
        "camel walnut soot ivory madder forest brick gold",
        "crimson camel soot cream brick forest navy gold",
        "forest camel soot cream brick madder navy gold",
        "soot camel walnut cream brick madder forest gold",
    ),
}


@dataclass(frozen=True)
class Scheme:
    """Eight colours (0–255 RGB) with the Persian and English names of the two that carry the picture."""

    ground: Colour
    border: Colour
    line: Colour
    light: Colour
    a: Colour
    b: Colour
    c: Colour
    gold: Colour
    fa: tuple[str, str]
    en: tuple[str, str]

    @property
    def eight(self) -> list[Colour]:
        """All eight in order, as a lookup table for designs drawn in palette numbers."""
        return [self.ground, self.border, self.line, self.light, self.a, self.b, self.c, self.gold]


def rgb(name: str) -> Colour:
    """The dye's colour; KeyError when the dye is not in the cupboard."""
    return DYES[name][0]


def choose(rng: np.random.Generator, family: str) -> Scheme:
    """One scheme of the family, each vat a little off from the last (±7 of 255, common and per colour)."""
    names = FAMILIES[family][rng.integers(len(FAMILIES[family]))].split()
    names[4:7] = [names[4 + i] for i in rng.permutation(3)]
    vats = np.array([rgb(n) for n in names], np.float32)
    vats = vats * rng.normal(1, 0.035) + rng.normal(0, 5, vats.shape)
    colours = [tuple(int(v) for v in row) for row in vats.clip(8, 250)]
    pair = (names[0], names[1])
    return Scheme(*colours, tuple(DYES[n][1] for n in pair), tuple(DYES[n][2] for n in pair))


def mix(one: Colour, other: Colour, share: float) -> Colour:
    """`one` with `share` (0–1) of `other` stirred in."""
    return tuple(int(p + (q - p) * share) for p, q in zip(one, other, strict=True))
