"""Plots of a report, drawn here as SVG: the same drawing stands on the page and on paper.

Each kind of bar has a colour and a pattern of its own. Colours are attributes, so that paper has them; the page's style sheet says
others for dark screens by the same classes. A table with every figure stands beside each plot.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Any

from django.utils.translation import gettext as _

from marketplace.core.jalali import jalali, month_name
from marketplace.core.persian import to_persian_digits
from marketplace.seasons import words
from marketplace.seasons.figures import Figures
from marketplace.seasons.spans import MONTH, parse_span
from marketplace.seasons.tables import in_words, numbered

WIDTH, HEIGHT, TOP, FOOT, SIDE = 720, 256, 42, 34, 64
#: Bars that a plot of names shows; the table has every one.
MOST = 10
MILLION = 1_000_000
INK, SOFT, LINE, SOLD, BACK = "#1d2629", "#5a615d", "#e2d9c8", "#0b6a73", "#9c2f24"


@dataclass(frozen=True)
class Bar:
    """`sold` and `back` in rial, or (for stalls) days let and nothing. `label` stands at it."""

    label: str
    sold: int
    back: int = 0


@dataclass(frozen=True)
class Plot:
    """`title` says what is drawn, `said` the same for who cannot see it; `keys` are (class, words) of its bars."""

    key: str
    title: str
    said: str
    svg: str
    keys: tuple[tuple[str, str], ...]


def plots(figures: Figures) -> dict[str, Plot]:
    """By the section it belongs to; a section in which nothing happened has none."""
    sales, stalls = figures["sales"], figures["stalls"]
    by_day = parse_span(figures["span"]).kind == MONTH
    found = {
        "sales": _upright(
            _("Sales by day") if by_day else _("Sales by month"), [_at(row, by_day) for row in sales["times"]]
        ),
        "makers": _lying("makers", _("Sales by maker"), _named(sales["makers"], _("Maker unknown"))),
        "crafts": _lying("crafts", _("Sales by craft group"), _named(sales["groups"], _("Craft unknown"))),
        "stall-sales": _lying("stall-sales", _("Sales by stall"), [_stall(row) for row in sales["stalls"]]),
        "stalls": _days(stalls),
    }
    return {key: plot for key, plot in found.items() if plot is not None}


def _at(row: dict[str, Any], by_day: bool) -> Bar:
    day = date.fromisoformat(row["since"])
    return Bar(_digits(jalali(day).day) if by_day else month_name(day), row["gross"], row["back"])


def _named(rows: list[dict[str, Any]], unknown: str) -> list[Bar]:
    return [Bar(in_words(row["name"], unknown), row["gross"], row["back"]) for row in rows]


def _stall(row: dict[str, Any]) -> Bar:
    name = _("Stall %(number)s") % {"number": numbered(row["name"])} if row["name"] else _("Without a stall")
    return Bar(name, row["gross"], row["back"])


def _digits(number: object) -> str:
    return to_persian_digits(number) if words.language() == "fa" else str(number)


def _keys(bars: Sequence[Bar]) -> tuple[tuple[str, str], ...]:
    sold, back = ("sold", _("Sold for")), ("back", _("Gone back"))
    return (sold, back) if any(bar.back for bar in bars) else (sold,)


def _said(title: str, bars: Sequence[Bar]) -> str:
    """The drawing in a sentence: its highest bar. The table beside it has the rest."""
    best = max(bars, key=lambda bar: bar.sold)
    return _("%(title)s. Most: %(label)s, %(amount)s. The table below has every figure.") % {
        "title": title,
        "label": best.label,
        "amount": _millions(best.sold) + " " + _("million rial"),
    }


def _millions(rial: int) -> str:
    tenths = rial * 10 // MILLION
    text = f"{tenths // 10:,}" if tenths % 10 == 0 else f"{tenths // 10:,}.{tenths % 10}"
    return _digits(text.replace(",", "٬").replace(".", "٫")) if words.language() == "fa" else text


def _svg(key: str, height: int, said: str, parts: list[str]) -> str:
    """Texts stand where they are put in both directions of writing: hence `direction`."""
    patterns = (
        f'<defs><pattern id="plot-{key}-back" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        f'<rect class="ground" width="6" height="6" fill="#fffdf8"/>'
        f'<path class="back" d="M0 0v6" stroke="{BACK}" stroke-width="5"/></pattern></defs>'
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="plot" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
        f'direction="ltr" role="img" aria-label="{escape(said)}" font-family="Plex, IBM Plex Sans Arabic" font-size="13">'
        f"{patterns}{''.join(parts)}</svg>"
    )


def _text(x: float, y: float, text: str, *, anchor: str = "middle", kind: str = "soft") -> str:
    colour = INK if kind == "ink" else SOFT
    if words.language() == "fa":  # the drawing is laid out from left to right; words keep their own direction
        text = f"\u2067{text}\u2069"
    return f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}">{escape(text)}</text>'


def _rect(key: str, kind: str, x: float, y: float, width: float, height: float) -> str:
    if height <= 0 or width <= 0:
        return ""
    paint = f'fill="{SOLD}"' if kind == "sold" else f'fill="url(#plot-{key}-back)" stroke="{BACK}"'
    return f'<rect class="{kind}" x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" {paint}/>'


def _upright(title: str, bars: list[Bar]) -> Plot | None:
    """A bar a day or month, in the direction of reading; the scale stands on the side where reading begins."""
    most = max((max(bar.sold, bar.back) for bar in bars), default=0)
    if most == 0:
        return None
    rtl, floor, high = words.language() == "fa", HEIGHT - FOOT, HEIGHT - FOOT - TOP
    said, wide = _said(title, bars), (WIDTH - SIDE - 8) / len(bars)
    parts = [_text(WIDTH - 4 if rtl else 4, 12, _("million rial"), anchor="end" if rtl else "start")]
    for share in (0.0, 0.5, 1.0):
        y = floor - high * share
        parts.append(f'<path class="line" d="M8 {y:.1f}H{WIDTH - 8}" stroke="{LINE}"/>')
        scale = _millions(int(most * share))
        parts.append(_text(WIDTH - 4 if rtl else 4, y - 3, scale, anchor="end" if rtl else "start"))
    thick = min(wide * 0.4, 40)
    for nth, bar in enumerate(bars):
        middle = WIDTH - SIDE - wide * (nth + 0.5) if rtl else SIDE + wide * (nth + 0.5)
        sold, back = high * bar.sold / most, high * bar.back / most
        first, second = (middle, middle - thick) if rtl else (middle - thick, middle)
        parts.append(_rect("sales", "sold", first, floor - sold, thick, sold))
        parts.append(_rect("sales", "back", second, floor - back, thick, back))
        parts.append(_text(middle, floor + 20, bar.label))
    return Plot("sales", title, said, _svg("sales", HEIGHT, said, parts), _keys(bars))


def _lying(key: str, title: str, bars: list[Bar]) -> Plot | None:
    """A bar a name with the name above it, the greatest first."""
    most = max((max(bar.sold, bar.back) for bar in bars), default=0)
    if most == 0:
        return None
    shown = bars[:MOST]
    said = _said(title, bars)
    unit = _("million rial")
    parts = []
    for nth, bar in enumerate(shown):
        told = f"{_millions(bar.sold)} {unit}"
        parts += _row(key, nth, bar.label, told, [("sold", bar.sold / most), ("back", bar.back / most)])
    return Plot(key, title, said, _svg(key, 46 * len(shown) + 4, said, parts), _keys(shown))


def _row(key: str, nth: int, label: str, told: str, lengths: list[tuple[str, float]]) -> list[str]:
    rtl, top, room = words.language() == "fa", 46 * nth, WIDTH - 16
    near, far = (WIDTH - 8, 8) if rtl else (8, WIDTH - 8)
    parts = [
        _text(near, top + 16, label, anchor="end" if rtl else "start", kind="ink"),
        _text(far, top + 16, told, anchor="start" if rtl else "end"),
    ]
    for place, (kind, share) in enumerate(lengths):
        long = room * share
        parts.append(_rect(key, kind, WIDTH - 8 - long if rtl else 8, top + 22 + 9 * place, long, 8))
    return parts


def _days(stalls: dict[str, Any]) -> Plot | None:
    """On how many of the days each stall was let."""
    if not stalls["rows"]:
        return None
    title, days = _("Days on which each stall was let"), stalls["days"]
    parts = []
    for nth, row in enumerate(stalls["rows"][: 2 * MOST]):
        name = _("Stall %(number)s") % {"number": numbered(row["name"])}
        told = _("%(let)s of %(days)s days") % {"let": words.count(row["days"]), "days": words.count(days)}
        parts += _row("stalls", nth, name, told, [("sold", row["days"] / days)])
    said = f"{title}. " + words.let_of(stalls["let_at_end"], len(stalls["rows"])) + "."
    height = 46 * min(len(stalls["rows"]), 2 * MOST) + 4
    return Plot("stalls", title, said, _svg("stalls", height, said, parts), (("sold", _("Let")),))
