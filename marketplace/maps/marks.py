"""How each kind of place is marked: by a shape and a letter, and only then by a colour."""

from dataclasses import dataclass

from django.utils.translation import get_language

from marketplace.places.models import Spot

Kind = Spot.Kind


@dataclass(frozen=True)
class Mark:
    """A shape's `d` in a square of 32 units, the letter in it and the height of its line."""

    path: str
    letter_fa: str
    letter_en: str
    baseline: int = 21

    @property
    def letter(self) -> str:
        """The first letter of the kind's name in the reader's language, or another where that is taken."""
        return self.letter_en if (get_language() or "fa").startswith("en") else self.letter_fa


_SQUARE = "M4 4h24v24H4Z"
_ROUND = "M16 2a14 14 0 1 1 0 28a14 14 0 1 1 0-28Z"
_DIAMOND = "M16 1l15 15l-15 15l-15-15Z"
_HOUSE = "M16 1l14 11v18H2V12Z"
_ARCH = "M3 30V15a13 13 0 0 1 26 0v15Z"
_TRIANGLE = "M16 1l15 29H1Z"
_HEXAGON = "M9 3h14l8 13l-8 13H9l-8-13Z"
_SHIELD = "M3 3h26v14q0 9-13 14Q3 26 3 17Z"
_CROSS = "M10 2h12v8h8v12h-8v8H10v-8H2V10h8Z"
_TRAPEZE = "M6 3h20l5 26H1Z"

MARKS: dict[str, Mark] = {
    Kind.SIGHT: Mark(_DIAMOND, "د", "S"),
    Kind.WORKSHOP: Mark(_SQUARE, "ک", "W"),
    Kind.BAZAAR: Mark(_ARCH, "ب", "B", 23),
    Kind.CRAFT_HOUSE: Mark(_HOUSE, "خ", "H", 24),
    Kind.KIOSK: Mark(_ROUND, "ر", "K"),
    Kind.GATE: Mark(_TRIANGLE, "و", "G", 26),
    Kind.STAY: Mark(_HEXAGON, "ا", "L"),
    Kind.EAT: Mark(_TRAPEZE, "غ", "E", 22),
    Kind.HEAL: Mark(_CROSS, "س", "M"),
    Kind.PARKING: Mark(_SHIELD, "پ", "P", 20),
}
