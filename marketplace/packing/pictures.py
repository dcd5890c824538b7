"""A carton step by step: one isometric picture for each piece that is put in.

Colours are the style sheet's: `.packing-step` holds faces `.top`, `.side` and `.front` in groups `.before` (already in), `.now` (the
piece of this step, hatched as well, so that it is known without colour) and `.carton` (the inner edges).
"""

from collections.abc import Iterable, Iterator

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from marketplace.core.measures import length_text, size_text
from marketplace.core.persian import group_digits
from marketplace.packing.model import PackedCarton, Placed, Sides

#: Units of the picture's own measure for the carton's longest way across, and the margin around it.
_ACROSS, _MARGIN = 400, 12
_HALF, _SLOPE = 0.866, 0.5


def steps(carton: PackedCarton, *, prefix: str = "carton") -> list[SafeString]:
    """A picture for every turn, in order, in the reader's language. `prefix` begins the ids, which a page must hold once."""
    return [_step(carton, turn, f"{prefix}-{carton.number}-{turn}") for turn in range(1, len(carton.placed) + 1)]


def _step(carton: PackedCarton, turn: int, name: str) -> SafeString:
    seen = _View(carton.kind.inner)
    language = get_language() or "en"
    placed = carton.placed[:turn]
    title = _("Carton %(carton)s, step %(step)s of %(steps)s") % {
        "carton": group_digits(carton.number, language=language),
        "step": group_digits(turn, language=language),
        "steps": group_digits(len(carton.placed), language=language),
    }
    return format_html(
        '<svg class="packing-step" viewBox="0 0 {} {}" role="img" aria-labelledby="{name}-title {name}-desc">'
        '<title id="{name}-title">{}</title><desc id="{name}-desc">{}</desc>'
        '<defs><pattern id="{name}-hatch" width="8" height="8" patternUnits="userSpaceOnUse">'
        '<path class="hatch" d="M0 8 8 0"/></pattern></defs>'
        '<path class="carton" fill="none" d="{}"/>{}<path class="carton near" fill="none" d="{}"/></svg>',
        seen.width,
        seen.height,
        title,
        told(placed[-1]),
        seen.far_edges(),
        format_html_join("", "{}", ((_piece(seen, each, turn, name, language),) for each in farthest_first(placed))),
        seen.near_edges(),
        name=name,
    )


def told(placed: Placed) -> str:
    """Where a piece goes, in words: its sides as it lies, and its distance from the far corner."""
    language = get_language() or "en"
    x, y, z = (length_text(each, language=language) for each in placed.corner)
    values = {"piece": placed.piece.id, "size": size_text(*placed.sides, language=language), "x": x, "y": y, "z": z}
    if placed.rolled:
        return _("%(piece)s, rolled, %(size)s: %(x)s along, %(y)s across, %(z)s above the floor.") % values
    return _("%(piece)s, %(size)s: %(x)s along, %(y)s across, %(z)s above the floor.") % values


def farthest_first(placed: Iterable[Placed]) -> Iterator[Placed]:
    """The order of drawing: a piece comes after everything that it can hide."""
    left = list(placed)
    while left:
        chosen = next(
            (each for each in left if not any(_hides(each, other) for other in left if other is not each)), left[0]
        )
        left.remove(chosen)
        yield chosen


def _hides(one: Placed, other: Placed) -> bool:
    """Whether `one` lies wholly nearer than `other` on some axis, and not wholly farther on another."""
    nearer = any(one.corner[axis] >= other.end[axis] for axis in range(3))
    return nearer and not any(other.corner[axis] >= one.end[axis] for axis in range(3))


def _piece(seen: "_View", placed: Placed, turn: int, name: str, language: str) -> SafeString:
    faces = seen.faces(placed.corner, placed.end)
    now = placed.turn == turn
    drawn = format_html_join("", '<path class="{}" d="{}"/>', faces)
    hatch = (
        format_html_join("", '<path fill="url(#{}-hatch)" d="{}"/>', ((name, d) for _face, d in faces)) if now else ""
    )
    (x, y, _z), (x1, y1, z1) = placed.corner, placed.end
    across, down = seen.point((x + x1) / 2, (y + y1) / 2, z1)
    return format_html(
        '<g class="{}">{}{}<text x="{}" y="{}" text-anchor="middle" dominant-baseline="central" aria-hidden="true">{}</text></g>',
        "now" if now else "before",
        drawn,
        hatch,
        across,
        down,
        group_digits(placed.turn, language=language),
    )


class _View:
    """From above the corner opposite to the origin: x goes right and down, y left and down, z up."""

    def __init__(self, inner: Sides) -> None:
        self.inner = inner
        length, width, height = inner
        self.scale = _ACROSS / ((length + width) * _HALF)
        self.width = _ACROSS + 2 * _MARGIN
        self.height = round(((length + width) * _SLOPE + height) * self.scale) + 2 * _MARGIN

    def point(self, x: float, y: float, z: float) -> tuple[float, float]:
        """Where a point of the carton, in millimetres, is on the picture."""
        across = (self.inner[1] + x - y) * _HALF * self.scale + _MARGIN
        down = (self.inner[2] - z + (x + y) * _SLOPE) * self.scale + _MARGIN
        return round(across, 1), round(down, 1)

    def path(self, *points: tuple[float, float, float], close: str = "z") -> str:
        """Through these points of the carton."""
        return "M" + "L".join("{} {}".format(*self.point(*each)) for each in points) + close

    def faces(self, low: Sides, high: Sides) -> list[tuple[str, str]]:
        """The three faces that are seen: class and path."""
        (x, y, z), (x1, y1, z1) = low, high
        return [
            ("top", self.path((x, y, z1), (x1, y, z1), (x1, y1, z1), (x, y1, z1))),
            ("side", self.path((x1, y, z), (x1, y1, z), (x1, y1, z1), (x1, y, z1))),
            ("front", self.path((x, y1, z), (x1, y1, z), (x1, y1, z1), (x, y1, z1))),
        ]

    def far_edges(self) -> str:
        """The floor and the two walls behind."""
        a, b, c = self.inner
        floor = self.path((0, 0, 0), (a, 0, 0), (a, b, 0), (0, b, 0))
        return (
            floor
            + self.path((0, 0, 0), (a, 0, 0), (a, 0, c), (0, 0, c))
            + self.path((0, 0, 0), (0, b, 0), (0, b, c), (0, 0, c))
        )

    def near_edges(self) -> str:
        """The three edges in front of everything."""
        a, b, c = self.inner
        return self.path((a, b, 0), (a, b, c), close="") + self.path((a, 0, c), (a, b, c), (0, b, c), close="")
