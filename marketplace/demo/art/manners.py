"""Which manner a craft is drawn in, and the honest words for each picture.

The words lie in words.csv. A wording's {0} is the ground colour and {1} the border colour; a wording without them
has colours of its own.
"""

import csv
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

import numpy as np
from PIL import Image

from . import (
    blades,
    blown,
    clay,
    flatweaves,
    girih,
    hide,
    jewels,
    knots,
    metal,
    music,
    needle,
    pages,
    palette,
    silks,
    village,
    wicker,
    wood,
    worn,
)

Words = tuple[str, str]
Painter = Callable[[np.random.Generator, palette.Scheme, str], Image.Image]


@dataclass(frozen=True)
class Manner:
    """A painter, the family its dyes come from, and its variants with their Persian and English words."""

    paint: Painter
    family: str
    variants: dict[str, Words]

    def start(
        self, craft_en: str, seed: int, only: tuple[str, ...] = ()
    ) -> tuple[np.random.Generator, str, palette.Scheme]:
        """The dice, variant and colours of one work; picture and words both begin here."""
        rng = np.random.default_rng([crc32(craft_en.encode()), seed])
        keys = only or tuple(self.variants)
        return rng, keys[rng.integers(len(keys))], palette.choose(rng, self.family)

    def __call__(self, seed: int, craft_en: str = "", only: tuple[str, ...] = ()) -> Image.Image:
        """Draw one work (RGB, 1000 × 1000)."""
        rng, variant, dyes = self.start(craft_en, seed, only)
        return self.paint(rng, dyes, variant)


# manner: (painter, family of dyes)
PAINTERS: dict[str, tuple[Painter, str]] = {
    "qali": (knots.qali, "wool"),
    "rug": (village.rug, "wool"),
    "gabbeh": (village.gabbeh, "wool"),
    "khersak": (village.khersak, "wool"),
    "kilim": (flatweaves.kilim, "wool"),
    "jajim": (flatweaves.jajim, "wool"),
    "zilu": (flatweaves.zilu, "cotton"),
    "sofreh": (flatweaves.sofreh, "wool"),
    "bag": (flatweaves.bag, "wool"),
    "plaid": (flatweaves.plaid, "wool"),
    "tent": (flatweaves.tent, "hide"),
    "felt": (flatweaves.felt, "wool"),
    "termeh": (silks.termeh, "silk"),
    "zari": (silks.zari, "silk"),
    "velvet": (silks.velvet, "silk"),
    "ikat": (silks.ikat, "silk"),
    "bolt": (silks.bolt, "cotton"),
    "silk": (silks.bolt, "silk"),
    "cloak": (silks.bolt, "hide"),
    "ehrami": (silks.ehrami, "cotton"),
    "qalamkar": (silks.qalamkar, "cotton"),
    "batik": (silks.batik, "silk"),
    "dyeing": (silks.skeins, "wool"),
    "pateh": (needle.pateh, "wool"),
    "needlework": (needle.needlework, "silk"),
    "counted": (needle.counted, "cotton"),
    "gold_thread": (needle.gold_thread, "silk"),
    "spangles": (needle.spangles, "silk"),
    "braid": (needle.braid, "silk"),
    "patchwork": (needle.patchwork, "silk"),
    "sunwork": (needle.sunwork, "silk"),
    "dress": (worn.dress, "silk"),
    "shoe": (worn.shoe, "hide"),
    "mask": (worn.face_mask, "silk"),
    "hat": (worn.hat, "wool"),
    "seven_colour": (girih.seven_colour, "glaze"),
    "moarraq": (girih.moarraq, "glaze"),
    "pottery": (clay.pottery, "wool"),
    "kalpourgan": (clay.kalpourgan, "wool"),
    "glazed": (clay.glazed, "glaze"),
    "underglaze": (clay.painted, "glaze"),
    "enamel": (clay.painted, "glaze"),
    "glass": (blown.glass, "glaze"),
    "tray": (metal.tray, "wool"),
    "beaten": (metal.beaten, "wool"),
    "turquoise": (metal.turquoise, "wool"),
    "pierced": (metal.pierced, "wool"),
    "knife": (metal.blade, "wool"),
    "inlaid": (metal.inlaid, "wool"),
    "lock": (blades.lock, "wool"),
    "standard": (blades.standard, "wool"),
    "grille": (metal.grille, "wool"),
    "filigree": (jewels.filigree, "wool"),
    "necklace": (jewels.necklace, "silk"),
    "stones": (jewels.cut_stones, "silk"),
    "stone_mosaic": (jewels.stone_mosaic, "glaze"),
    "stone_pot": (jewels.stone_pot, "wool"),
    "stone_relief": (jewels.carved_stone, "wool"),
    "marquetry": (wood.marquetry, "wool"),
    "fretwork": (wood.fretwork, "wool"),
    "carving": (wood.carved, "wool"),
    "khatam": (wood.khatam, "silk"),
    "turnery": (wood.turnery, "wool"),
    "orosi": (girih.orosi, "glaze"),
    "inlay": (wood.inlay_box, "wool"),
    "mat": (wicker.mat, "wool"),
    "basket": (wicker.basket, "wool"),
    "screen": (wicker.screen, "wool"),
    "muqarnas": (girih.muqarnas, "glaze"),
    "stucco": (girih.stucco, "cotton"),
    "mirror": (girih.mirror, "glaze"),
    "leather": (hide.tooled, "hide"),
    "sheepskin": (hide.sheepskin, "silk"),
    "paper": (hide.marbled, "silk"),
    "drawing": (pages.drawing, "silk"),
    "miniature": (pages.miniature, "silk"),
    "tazhib": (pages.tazhib, "silk"),
    "tar": (music.tar, "wool"),
    "daf": (music.daf, "wool"),
}


def _words() -> dict[str, dict[str, Words]]:
    words: dict[str, dict[str, Words]] = defaultdict(dict)
    with (Path(__file__).parent / "words.csv").open(encoding="utf-8") as table:
        for row in csv.DictReader(table):
            words[row["manner"]][row["variant"]] = (row["fa"], row["en"])
    return words


_WORDS = _words()
MANNERS = {name: Manner(paint, family, _WORDS[name]) for name, (paint, family) in PAINTERS.items()}
