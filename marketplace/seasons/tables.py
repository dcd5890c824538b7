"""A report as sections of tables in the reader's language. Page, spreadsheet and paper are all written from these."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from marketplace.core.jalali import day_in_words, month_name
from marketplace.core.persian import to_persian_digits
from marketplace.seasons import words
from marketplace.seasons.figures import Figures
from marketplace.seasons.spans import MONTH, parse_span

TEXT, COUNT, RIAL, PERCENT = "text", "count", "rial", "percent"
Name = dict[str, str] | None


@dataclass(frozen=True)
class Column:
    """`kind` says how its cells are written; those of RIAL are in rial."""

    label: str
    kind: str = COUNT


@dataclass(frozen=True)
class Table:
    """Rows of cells; the first cell of each is its heading. A cell that is None is unknown. `total` may be missing."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Any, ...], ...]
    total: tuple[Any, ...] = ()
    caption: str = ""


@dataclass(frozen=True)
class Section:
    """`key` is its anchor; `notes` are sentences below it, `empty` is said in place of a table without rows."""

    key: str
    title: str
    table: Table
    notes: tuple[str, ...] = ()
    empty: str = ""


def sections(figures: Figures, *, unit: str = "rial") -> list[Section]:
    """Every section, in the order of the page. `unit` ("rial" or "toman") is that of amounts in sentences; cells are in rial."""
    return [
        *_sales(figures),
        _stalls(figures["stalls"]),
        _rents(figures["rents"], unit),
        _rounds(figures["rounds"]),
        _refusals(figures["refusals"]),
        _offers(figures["offers"]),
        _stock(figures["stock"], unit),
        _licences(figures["licences"]),
        _visitors(figures["visitors"]),
    ]


def in_words(name: Name, unknown: str = "") -> str:
    """A name in the reader's language."""
    mine, other = ("fa", "en") if _is_persian() else ("en", "fa")
    return (name.get(mine) or name.get(other) or unknown) if name else unknown


def numbered(stalls: str) -> str:
    """Numbers of stalls in the reader's digits."""
    return listed(to_persian_digits(one) if _is_persian() else one for one in stalls.split(", "))


def listed(names: Iterable[str]) -> str:
    """Names with the comma of the reader's language."""
    return ("، " if _is_persian() else ", ").join(names)


def _is_persian() -> bool:
    return (get_language() or "fa").startswith("fa")


_SALE_CELLS = ("sold", "cancelled", "returned", "pieces", "gross", "back", "net", "commission", "tax", "earned")


def _sale_columns(first: str) -> tuple[Column, ...]:
    return (
        Column(first, TEXT),
        Column(_("Pieces sold")),
        Column(_("Cancelled")),
        Column(_("Returned")),
        Column(_("Pieces that stayed sold")),
        Column(_("Sold for"), RIAL),
        Column(_("Gone back"), RIAL),
        Column(_("What stayed"), RIAL),
        Column(_("Commission"), RIAL),
        Column(_("Tax on the commission"), RIAL),
        Column(_("For the makers"), RIAL),
    )


def _sale_table(first: str, rows: Iterable[tuple[str, dict[str, Any]]], total: dict[str, int]) -> Table:
    def cells(row: dict[str, Any]) -> tuple[int, ...]:
        return tuple(row[name] for name in _SALE_CELLS)

    told = tuple((label, *cells(row)) for label, row in rows)
    return Table(_sale_columns(first), told, (_("Together"), *cells(total)) if told else ())


def _sales(figures: Figures) -> list[Section]:
    sales, total = figures["sales"], figures["sales"]["total"]
    span, empty = (
        parse_span(figures["span"]),
        _("Nothing was sold from this venue's offers in this time, and nothing came back."),
    )
    by_day = span.kind == MONTH
    moved = any(total.values())
    times = [(_time(row["since"], by_day), row) for row in sales["times"] if moved and (any_of(row) or not by_day)]
    makers = [(in_words(row["name"], _("Maker unknown")), row) for row in sales["makers"]]
    groups = [(in_words(row["name"], _("Craft unknown")), row) for row in sales["groups"]]
    stalls = [(_stall(row["name"]), row) for row in sales["stalls"]]
    time_title, time_head = (_("Sales by day"), _("Day")) if by_day else (_("Sales by month"), _("Month"))
    return [
        Section("sales", time_title, _sale_table(time_head, times, total), _sale_notes(total, by_day), empty),
        Section("makers", _("Sales by maker"), _sale_table(_("Maker"), makers, total), (), empty),
        Section("crafts", _("Sales by craft group"), _sale_table(_("Craft group"), groups, total), (), empty),
        Section("stall-sales", _("Sales by stall"), _sale_table(_("Stall"), stalls, total), _stall_notes(), empty),
    ]


def any_of(row: dict[str, Any]) -> bool:
    """Whether anything was sold or went back in a row."""
    return any(value for value in row.values() if isinstance(value, int))


def _sale_notes(total: dict[str, int], by_day: bool) -> tuple[str, ...]:
    notes = [
        _(
            "Counted on the day on which the books have it: a piece that came back counts on the day it came back. Prices with gift "
            "wrap, without delivery, before what the market's own offers took off, which the market pays."
        )
    ]
    if by_day:
        notes.append(_("Days on which nothing was sold and nothing came back are left out of the table."))
    return tuple(notes)


def _stall_notes() -> tuple[str, ...]:
    return (
        _("The stall that the maker held on the day of the sale; of several stalls, the one for the work's trade."),
    )


def _time(since: str, by_day: bool) -> str:
    day = date.fromisoformat(since)
    return day_in_words(day) if by_day else month_name(day)


def _stall(numbers: str | None) -> str:
    return numbered(numbers) if numbers else _("Without a stall")


def _stalls(stalls: dict[str, Any]) -> Section:
    rows = tuple(
        (
            numbered(row["name"]),
            listed(in_words(name) for name in row["tenants"]) or "—",
            row["days"],
            percent(row["days"], stalls["days"]),
            pgettext("stall", "let") if row["let_at_end"] else pgettext("stall", "empty"),
        )
        for row in stalls["rows"]
    )
    columns = (
        Column(_("Stall"), TEXT),
        Column(_("Tenants"), TEXT),
        Column(_("Days let")),
        Column(_("Share of the days"), PERCENT),
        Column(_("On the last day"), TEXT),
    )
    total = (
        _("Together"),
        "",
        stalls["let_days"],
        percent(stalls["let_days"], stalls["stall_days"]),
        words.let_of(stalls["let_at_end"], len(rows)),
    )
    notes = (
        words.days_counted(stalls["days"]),
        _("Stalls that stand on the plan today; since when a stall stands there is not kept."),
    )
    return Section(
        "stalls",
        _("Stalls"),
        Table(columns, rows, total if rows else ()),
        notes,
        _("No stall is on the plan of this venue."),
    )


def percent(part: int, whole: int) -> int | None:
    """Whole percent, rounded down so that only all is 100; unknown of nothing."""
    return part * 100 // whole if whole else None


def _rents(rents: dict[str, Any], unit: str) -> Section:
    names = ("asked", "paid", "paid_late", "open", "late")
    rows = tuple(
        (numbered(row["name"]), in_words(row["tenant"]), *(row[name] for name in names)) for row in rents["rows"]
    )
    columns = (
        Column(_("Stall"), TEXT),
        Column(_("Tenant"), TEXT),
        Column(_("Asked"), RIAL),
        Column(_("Paid"), RIAL),
        Column(_("Of it paid late"), RIAL),
        Column(_("Not due yet"), RIAL),
        Column(_("Late"), RIAL),
    )
    total = (_("Together"), "", *(rents["total"][name] for name in names))
    notes = (
        _("Rent of this time's months as it stands today. The tenants pay the venue; the market holds none of it."),
        words.received(rents["received"], unit),
    )
    return Section(
        "rents", _("Rent"), Table(columns, rows, total if rows else ()), notes, _("No rent was asked for this time.")
    )


def _rounds(rounds: dict[str, Any]) -> Section:
    rows = [(_("Rounds begun"), rounds["rounds"]), (_("Stalls looked at"), rounds["visits"])]
    rows += [(words.finding(about), number) for about, number in rounds["findings"].items()]
    rows += [(words.step(kind), rounds["measures"].get(kind, 0)) for kind in words.STEPS]
    rows += [(words.outcome(how), number) for how, number in rounds["decisions"].items()]
    columns = (Column(_("What happened"), TEXT), Column(_("How often")))
    return Section("rounds", _("Rounds and measures"), Table(columns, tuple(rows)))


def _refusals(refusals: list[dict[str, Any]]) -> Section:
    rows = tuple(
        (words.refusal(row["code"], row["reason"]), row["sellers"], row["buyers"], row["times"]) for row in refusals
    )
    columns = (
        Column(_("Why"), TEXT),
        Column(_("Tries of sellers")),
        Column(_("Tries of buyers")),
        Column(_("Together")),
    )
    total = (_("Together"), *(sum(row[nth] for row in rows) for nth in (1, 2, 3)))
    return Section(
        "refused",
        _("What the rules refused"),
        Table(columns, rows, total if rows else ()),
        (),
        _("Nothing was refused here."),
    )


def _offers(offers: dict[str, Any]) -> Section:
    rows = [(_("Offers made"), offers["listed"])]
    rows += [(words.withdrawn(because), number) for because, number in offers["withdrawn"].items()]
    columns = (Column(_("What happened"), TEXT), Column(_("How often")))
    note = _(
        "Moves between places are not kept: an offer that was brought here counts on the day it was first made. One that was taken "
        "back and offered again counts as standing."
    )
    return Section("offers", _("Offers listed and withdrawn"), Table(columns, tuple(rows)), (note,))


def _stock(stock: dict[str, Any] | None, unit: str) -> Section:
    columns = (Column(_("Stock"), TEXT), Column(_("How many")))
    unknown = _("Not known: no count was kept of the last day.")
    if stock is None:
        return Section("stock", _("Stock at the end"), Table(columns, ()), (), unknown)
    rows = (
        (_("Offers that stand"), stock["offers"]),
        (_("Pieces on the shelf"), stock["shelf"]),
        (_("Of them sold or held, not gone yet"), stock["held"]),
        (_("Pieces left to sell"), stock["shelf"] - stock["held"]),
    )
    note = words.stock_on(date.fromisoformat(stock["on"]), stock["rial"], unit)
    return Section("stock", _("Stock at the end"), Table(columns, rows), (note,))


def _licences(licences: list[dict[str, Any]]) -> Section:
    rows = tuple(
        (
            "\u2066" + licence["number"] + "\u2069",
            _day(licence["issued"]),
            _day(licence["expires"]),
            "; ".join(words.event(event["kind"], date.fromisoformat(event["on"])) for event in licence["events"])
            or "—",
        )
        for licence in licences
    )
    columns = (
        Column(_("Number"), TEXT),
        Column(_("Issued on"), TEXT),
        Column(_("Good until"), TEXT),
        Column(_("In this time"), TEXT),
    )
    return Section("licence", _("Licences"), Table(columns, rows), (), _("No licence of this venue is known."))


def _day(text: str) -> str:
    return day_in_words(date.fromisoformat(text))


def _visitors(visitors: dict[str, Any] | None) -> Section:
    columns = (Column(_("Visitors"), TEXT), Column(_("How many")))
    return Section(
        "visitors",
        _("Visitors"),
        Table(columns, ()),
        (),
        _("Not counted: nobody counts the visitors of this venue in the market."),
    )
