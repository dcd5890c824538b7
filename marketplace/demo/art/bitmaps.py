"""Small counted-thread figures, charted as weavers do: one character a knot ('#' figure, 'o' its second colour)."""

from functools import lru_cache

import numpy as np

CHARTS = {
    "horns": """
.##.....##.
#..#...#..#
#.##...##.#
#...#.#...#
.###.#.###.
.....#.....
....ooo....
.....#.....
.###.#.###.
#...#.#...#
#.##...##.#
#..#...#..#
.##.....##.""",
    "star": """
...#.#...
..##.##..
.#######.
####o####
.##ooo##.
####o####
.#######.
..##.##..
...#.#...""",
    "comb": """
#.#.#.#.#
#.#.#.#.#
#########
....#....
....#....
..#####..
.#.....#.""",
    "bird": """
......##...
.....#o##..
.....####.#
#...###....
##.#####...
.#######...
..#####....
....#.#....
...##.##...""",
    "goat": """
.......#..#
......#..#.
......####.
#.....#o##.
.########..
.#######...
.##...##...
.#.....#...
.#.....#...""",
    "flower": """
...###...
.#.###.#.
###.#.###
###ooo###
..#ooo#..
###ooo###
###.#.###
.#.###.#.
...###...""",
    "dragon": """
########...
#.......#..
#.####...#.
#.#..#.#..#
#.#....#..#
#..#####..#
.#........#
..########.""",
    "tree": """
.....#.....
....###....
...#.#.#...
..#.###.#..
....#.#....
.##.###.##.
#..#.#.#..#
..#.###.#..
.....#.....
.....#.....
....ooo....""",
    "person": """
...##...
...oo...
..####..
.######.
#.####.#
..####..
..oooo..
.oooooo.
.#....#.""",
    "cross": """
..###..
..#o#..
###o###
#ooooo#
###o###
..#o#..
..###..""",
}


@lru_cache
def chart(name: str) -> np.ndarray:
    """The figure as 0 (bare), 1 (figure), 2 (second colour)."""
    return np.array([[".#o".index(c) for c in line] for line in CHARTS[name].split()], np.uint8)


def put(
    field: np.ndarray, name: str, x: int, y: int, colour: int, second: int, scale: int = 1, flip: bool = False
) -> None:
    """Weave a figure with its upper-left corner at x, y (knots); what falls outside the field is left out."""
    figure = chart(name)[:, ::-1] if flip else chart(name)
    figure = figure.repeat(scale, 0).repeat(scale, 1)
    y0, x0 = max(0, -y), max(0, -x)
    window = field[max(0, y) : max(0, y + len(figure)), max(0, x) : max(0, x + figure.shape[1])]
    part = figure[y0 : y0 + window.shape[0], x0 : x0 + window.shape[1]]
    window[part == 1], window[part == 2] = colour, second


def row(
    strip: np.ndarray,
    rng: np.random.Generator,
    colours: list[int],
    second: int,
    scale: int = 1,
    names: tuple[str, ...] = (),
) -> None:
    """Fill a strip with one or two figures repeated along it, centred across it."""
    height, length = strip.shape
    pick = list(names) or [
        str(n) for n in rng.choice(["horns", "star", "flower", "dragon", "cross", "comb"], 2, replace=False)
    ]
    gap = 3 * scale + int(rng.integers(0, 4))
    x, i = gap // 2, 0
    while x < length:
        h, w = (v * scale for v in chart(pick[i % len(pick)]).shape)
        put(strip, pick[i % len(pick)], x, (height - h) // 2, colours[i % len(colours)], second, scale)
        x, i = x + w + gap, i + 1


def scatter(
    field: np.ndarray,
    rng: np.random.Generator,
    margin: int,
    ground: int,
    colours: list[int],
    count: int,
    scale: int = 1,
) -> None:
    """Set figures where the ground is still bare, as a weaver fills an open field."""
    n = len(field)
    names = ["bird", "goat", "flower", "cross", "star", "tree", "person"]
    for _ in range(count):
        name = names[rng.integers(len(names))]
        h, w = (v * scale for v in chart(name).shape)
        if n - 2 * margin <= max(h, w):
            return
        x, y = rng.integers(margin, n - margin - w), rng.integers(margin, n - margin - h)
        around = field[max(0, y - 2) : y + h + 2, max(0, x - 2) : x + w + 2]
        if (around == ground).all():
            one, two = rng.choice(colours, 2, replace=False)
            put(field, name, int(x), int(y), int(one), int(two), scale, bool(rng.random() < 0.5))


def tree(field: np.ndarray, x: int, foot: int, height: int, trunk: int, leaves: list[int]) -> None:
    """A tree of life: straight trunk, paired branches, square leaves."""
    top = foot - height
    field[top:foot, x - 1 : x + 2] = trunk
    for i, y in enumerate(range(top + 4, foot - 8, 7)):
        reach = int(6 + (y - top) * 0.42)
        for k in range(reach):
            for sign in (-1, 1):
                px, py = x + sign * k, y - k // 3
                if 0 <= px < len(field) and 0 <= py < len(field):
                    field[py : py + 2, px] = trunk
        for sign in (-1, 1):
            for k in range(5, reach + 3, 6):
                px, py = x + sign * k, y - k // 3 - 4
                field[max(0, py) : py + 4, max(0, px - 2) : px + 2] = leaves[(i + k) % len(leaves)]
