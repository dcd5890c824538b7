"""A woven patch for a maker who sent no portrait: a kilim's stepped medallion, worked out from the slug. No face is invented.

The same slug always gives the same patch; its colours are the style sheet's, so that it follows light and dark.
"""

import hashlib
from collections.abc import Iterator

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

#: Stitches from the middle to an edge; the patch is symmetric both ways.
HALF = 9
#: Kinds of palette and yarns of each (`.weave.kind-0 … .yarn-0 …` in the style sheet).
KINDS, YARNS = 6, 4


def weave(slug: str) -> SafeString:
    """The patch as inline SVG, hidden from screen readers: it says nothing that the name beside it does not."""
    kind, rows = stitches(slug)
    paths = format_html_join(
        "", '<path class="yarn-{}" d="{}"/>', ((yarn, " ".join(_runs(rows, yarn))) for yarn in range(1, YARNS))
    )
    return format_html(
        '<svg class="weave kind-{}" viewBox="0 0 {} {}" shape-rendering="crispEdges" aria-hidden="true">'
        '<path class="yarn-0" d="M0 0h{}v{}H0z"/>{}</svg>',
        kind,
        *[2 * HALF] * 4,
        paths,
    )


def stitches(slug: str) -> tuple[int, list[list[int]]]:
    """The kind of palette, and the yarn of each stitch, row by row."""
    dice = hashlib.sha256(slug.encode()).digest()
    rows = [[_yarn(dice, abs(_from_middle(x)), abs(_from_middle(y))) for x in range(2 * HALF)] for y in range(2 * HALF)]
    return dice[0] % KINDS, rows


def _from_middle(place: int) -> int:
    """1 is the stitch beside the middle, on either side."""
    return place - HALF + 1 if place >= HALF else place - HALF


def _yarn(dice: bytes, x: int, y: int) -> int:
    """A border of teeth, then bands of a stepped lozenge, then small motifs in the corners."""
    if max(x, y) == HALF:
        return 1 + (x + y) % 2
    band = (x * (1 + dice[1] % 2) + y - 2) // 2
    reach = HALF - 3 + dice[2] % 3
    if x + y <= reach + 2:
        return dice[3 + band % 6] % YARNS
    corner = (HALF - x) + (HALF - y)
    return 1 + dice[9] % (YARNS - 1) if corner in (3 + dice[10] % 2, 5 + dice[11] % 2) else 0


def _runs(rows: list[list[int]], yarn: int) -> Iterator[str]:
    """The stitches of one yarn, row by row, as pieces of a path."""
    for y, row in enumerate(rows):
        start = None
        for x, here in enumerate([*row, None]):
            if here == yarn and start is None:
                start = x
            elif here != yarn and start is not None:
                yield f"M{start} {y}h{x - start}v1H{start}z"
                start = None
