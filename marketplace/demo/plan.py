"""What the demo will hold, worked out without a database: the same number always gives the same maker and the same work.

No person is invented: makers are called samples, by craft and number.
"""

from dataclasses import dataclass
from functools import lru_cache
from random import Random

from marketplace.core.persian import to_persian_digits
from marketplace.demo.art import describe
from marketplace.demo.tables import rows
from marketplace.demo.titles import NO_WORDS, Words, title_of

#: Every so-many-th work is foreign: 12 in 600.
FOREIGN_EVERY = 50
#: Works up to this number have pictures of their own; those beyond share the pictures of the first few hundred.
OWN_PICTURES, SHARED_PICTURES = 600, 300
_KIND_WORDS = {
    "person": Words("هنرمند نمونهٔ {word} {number}", "Sample {word} artisan {number}"),
    "home": Words("کارگاه خانگی نمونهٔ {word} {number}", "Sample {word} home workshop {number}"),
    "group": Words("کارگاه نمونهٔ {word} {number}", "Sample {word} workshop {number}"),
    "large": Words("کارگاه بزرگ نمونهٔ {word} {number}", "Sample large {word} workshop {number}"),
    "cooperative": Words("تعاونی نمونهٔ {word} {number}", "Sample {word} cooperative {number}"),
}


@dataclass(frozen=True)
class MakerPlan:
    """One row of `makers.csv` with its names. `number` counts all makers from 1."""

    number: int
    name: Words
    word: Words
    city_en: str
    kind: str
    is_master: bool
    is_licensed: bool
    works: int
    crafts: tuple[str, ...]


@dataclass(frozen=True)
class WorkPlan:
    """One work: millimetres, grams, rial."""

    number: int
    maker: MakerPlan
    craft_en: str
    country: str
    title: Words
    picture: int
    shown: Words
    kind_of_thing: Words
    length_mm: int | None
    width_mm: int | None
    height_mm: int | None
    weight_grams: int | None
    hours: int | None
    price_rial: int
    pieces: int
    one_of_a_kind: bool
    made_to_order: bool
    lead_days: int
    materials: tuple[str, ...]
    technique: Words
    wants_venue: bool


@lru_cache
def makers() -> tuple[MakerPlan, ...]:
    """Every sample maker; those that share a word are numbered."""
    counts: dict[str, int] = {}
    plans = []
    for number, row in enumerate(rows("makers"), 1):
        nth = counts[row["word_en"]] = counts.get(row["word_en"], 0) + 1
        name = _KIND_WORDS[row["kind"]]
        plans.append(
            MakerPlan(
                number=number,
                name=Words(
                    name.fa.format(word=row["word_fa"], number=to_persian_digits(nth)),
                    name.en.format(word=row["word_en"], number=nth),
                ),
                word=Words(row["word_fa"], row["word_en"]),
                city_en=row["city_en"],
                kind=row["kind"],
                is_master=row["is_master"] == "1",
                is_licensed=row["licensed"] == "1",
                works=int(row["works"]),
                crafts=tuple(row["crafts"].split(";")),
            )
        )
    return tuple(plans)


@lru_cache
def _turns() -> tuple[MakerPlan, ...]:
    """Whose turn it is, work after work: each maker as often as its row says, evenly mixed, then again from the start."""
    turns = sorted(
        ((turn + 0.5) / maker.works + maker.number * 1e-6, maker) for maker in makers() for turn in range(maker.works)
    )
    return tuple(maker for _place, maker in turns)


def is_foreign(number: int) -> bool:
    """Whether the work of this number (from 1) is one of the foreign ones."""
    return number % FOREIGN_EVERY == 0


def plan_work(number: int) -> WorkPlan:
    """The work of this number, counted from 1."""
    chance = Random(f"rasteh work {number}")
    if is_foreign(number):
        return _foreign(number, chance)
    turns = _turns()
    turn = number - number // FOREIGN_EVERY - 1
    maker = turns[turn % len(turns)]
    return _domestic(number, maker, chance)


@lru_cache
def group_of(craft_en: str) -> str:
    """The group of a craft, by the name the drawing knows."""
    return next(row["group"] for row in rows("crafts") if row["craft_en"] == craft_en)


@lru_cache
def _shared() -> dict[str, list[int]]:
    """Craft → works whose pictures others may show; a craft that the first few hundred miss takes the next that has it."""
    shared: dict[str, list[int]] = {}
    for number in range(1, OWN_PICTURES + 1):
        craft_en = plan_work(number).craft_en
        if number <= SHARED_PICTURES or craft_en not in shared:
            shared.setdefault(craft_en, []).append(number)
    return shared


def _picture(number: int, craft_en: str) -> int:
    """The number of the work whose pictures this one shows: its own, or for later works one of the same craft."""
    if number <= OWN_PICTURES:
        return number
    shared = _shared().get(craft_en, [number])
    return shared[number % len(shared)]


def shown_in_picture(craft_en: str, number: int) -> Words:
    """What the picture drawn for the work of this number shows; the number is the picture's seed."""
    return Words(*describe(craft_en, group_of(craft_en), number))


@lru_cache
def _objects(craft_en: str) -> tuple[dict[str, str], ...]:
    return tuple(row for row in rows("objects") if row["craft_en"] == craft_en)


@lru_cache
def _technique(craft_en: str) -> Words:
    found = [row for row in rows("techniques") if row["craft_en"] == craft_en]
    return Words(found[0]["technique_fa"], found[0]["technique_en"]) if found else NO_WORDS


def _within(text: str, share: float) -> int | None:
    """A value of a range such as 1200-2400; sizes go in steps that a maker would measure."""
    if not text:
        return None
    low, high = (int(part) for part in text.split("-"))
    value = low + (high - low) * share
    step = 50 if high >= 800 else 10 if high >= 150 else 1
    return max(1, round(value / step) * step)


def _crafts_of(maker: MakerPlan, number: int) -> tuple[str, ...]:
    """A maker's crafts; later works keep to those that have a picture to share."""
    if number <= OWN_PICTURES:
        return maker.crafts
    return tuple(craft for craft in maker.crafts if craft in _shared()) or maker.crafts


def _domestic(number: int, maker: MakerPlan, chance: Random) -> WorkPlan:
    crafts = _crafts_of(maker, number)
    craft_en = crafts[0] if chance.random() < 0.5 else chance.choice(crafts)
    thing = chance.choice(_objects(craft_en))
    picture = _picture(number, craft_en)
    shown = shown_in_picture(craft_en, picture)
    share = chance.random()
    sides = {side: _within(thing[side], share) for side in ("length_mm", "width_mm", "height_mm")}
    price = _rounded(_within(thing["price_thousand_toman"], share * 0.8 + chance.random() * 0.2) or 0) * 10_000
    rare = price >= 150_000_000 or maker.kind == "person"
    to_order = not rare and chance.random() < 0.08
    return WorkPlan(
        number=number,
        maker=maker,
        craft_en=craft_en,
        country="IR",
        title=title_of(thing, shown.fa, chance, share=share, length_mm=sides["length_mm"], width_mm=sides["width_mm"]),
        picture=picture,
        shown=shown,
        kind_of_thing=Words(thing["object_fa"], thing["object_en"]),
        **sides,
        weight_grams=_within(thing["weight_grams"], share),
        hours=_within(thing["hours"], share),
        price_rial=price,
        pieces=1 if rare else chance.randint(2, 12),
        one_of_a_kind=rare,
        made_to_order=to_order,
        lead_days=chance.randint(20, 60) if to_order else chance.randint(1, 5),
        materials=tuple(filter(None, thing["materials"].split(";"))),
        technique=_technique(craft_en),
        wants_venue=chance.random() < 0.33,
    )


def _foreign(number: int, chance: Random) -> WorkPlan:
    table = rows("foreign_works")
    row = table[(number // FOREIGN_EVERY - 1) % len(table)]
    traders = [maker for maker in makers() if not maker.works]
    sides = {side: int(row[side]) if row[side] else None for side in ("length_mm", "width_mm", "height_mm")}
    return WorkPlan(
        number=number,
        maker=traders[int(row["maker"]) - 1],
        craft_en=row["craft_en"],
        country=row["country"],
        title=Words(row["object_fa"], row["object_en"]),
        picture=(picture := _picture(number, row["craft_en"])),
        shown=shown_in_picture(row["craft_en"], picture),
        kind_of_thing=Words(row["object_fa"], row["object_en"]),
        **sides,
        weight_grams=int(row["weight_grams"]),
        hours=None,
        price_rial=int(row["price_thousand_toman"]) * 10_000,
        pieces=chance.randint(2, 6),
        one_of_a_kind=False,
        made_to_order=False,
        lead_days=2,
        materials=(),
        technique=NO_WORDS,
        wants_venue=number % (2 * FOREIGN_EVERY) == 0,
    )


def _rounded(thousand_toman: int) -> int:
    """As prices are written on a label: two leading figures, then a half step."""
    step = 10 ** max(0, len(str(thousand_toman)) - 2) // 2 or 1
    return max(1, round(thousand_toman / step)) * step
