"""The market's first rule: no foreign goods in places licensed by Cultural Heritage.

Source: minutes of the Kerman government–private sector dialogue council: «در بازارچه‌ها و فروشگاه‌های صنایع دستی و مراکز گردشگری که
از میراث فرهنگی مجوز دارند، اجازه فروش محصولات صنایع دستی خارجی وجود نخواهد داشت».
"""

from datetime import date
from typing import Protocol

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from marketplace.bazaars.models import LicenceEvent, Venue
from marketplace.core.dbrules import DatabaseRule, Guard, declare
from marketplace.core.refusals import Refused


class Work(Protocol):
    """What the rule needs to know of a work; `bazaars` stands above `catalogue` and knows no more."""

    @property
    def name(self) -> str: ...

    @property
    def stated_origin(self) -> str: ...

    def is_domestic_on(self, day: date) -> bool: ...


#: One sentence for each way of not being domestic: which venue, which rule, what can be done.
SENTENCES = {
    "foreign": _(
        "“%(work)s” is of foreign origin and cannot be sold in %(venue)s: places licensed by Cultural Heritage sell Iranian "
        "handicrafts only. It can be offered outside licensed places, under its “foreign origin” label."
    ),
    "unproven": _(
        "The Iranian origin of “%(work)s” is not proven, so it cannot be sold in %(venue)s: places licensed by Cultural Heritage "
        "sell Iranian handicrafts only. Add the maker's production licence for this craft, or ask an officer to verify the origin."
    ),
    "disputed": _(
        "The origin of “%(work)s” is disputed, so it cannot be sold in %(venue)s until an officer decides: places licensed by "
        "Cultural Heritage sell Iranian handicrafts only."
    ),
    "lapsed": _(
        "The production licence that showed the Iranian origin of “%(work)s” has ended, so it cannot be sold in %(venue)s: places "
        "licensed by Cultural Heritage sell Iranian handicrafts only. Renew the licence, or ask an officer to verify the origin."
    ),
}


def forbid_foreign_goods(work: Work, venue: Venue | None, *, on: date) -> None:
    """A work that is not domestic on a day has no place in a venue bound on that day.

    A workshop (no venue) is never bound. Raises Refused with code `foreign_goods`; its params name the reason.
    """
    if venue is None or not venue.is_bound_on(on) or work.is_domestic_on(on):
        return
    reason = why_not_domestic(work)
    raise Refused(
        SENTENCES[reason],
        rule="forbid_foreign_goods",
        code="foreign_goods",
        params={"work": lambda: work.name, "venue": lambda: venue.name, "reason": reason},
        subject=work,  # type: ignore[arg-type]
        place=venue,
        seller=getattr(work, "maker", None),
    )


def why_not_domestic(work: Work) -> str:
    """The key of `SENTENCES` for a work that is not domestic; a variant answers for its work."""
    return "lapsed" if work.stated_origin == "domestic" else work.stated_origin


def require_open_venue(venue: Venue | None, *, on: date, work: Work | None = None) -> None:
    """Nothing is sold in a venue that is only planned, or whose licence has ended or is suspended.

    Raises Refused with code `venue_closed`. `work` is only for the record.
    """
    if venue is None or venue.is_open_on(on):
        return
    sentence = (
        _("%(venue)s is planned and not open yet, so nothing can be sold there.")
        if venue.is_planned
        else _(
            "The licence of %(venue)s is not in force today, so nothing can be sold there until it is in force again."
        )
    )
    raise Refused(
        sentence,
        rule="require_open_venue",
        code="venue_closed",
        params={"venue": lambda: venue.name},
        subject=work,  # type: ignore[arg-type]
        place=venue,
        seller=getattr(work, "maker", None),
    )


def require_happened(day: date, *, on: date) -> None:
    """A licence's event is recorded when it has happened. Raises ValidationError with code `future_event`."""
    if day > on:
        raise ValidationError(
            _("Record what happened to a licence on its day or after; this day is still to come."), code="future_event"
        )


def require_proper_licence(*, issued_on: date, expires_on: date) -> None:
    """Raises ValidationError with code `licence_dates` for a licence that ends before it begins."""
    if expires_on < issued_on:
        raise ValidationError(_("A licence cannot end before it is issued."), code="licence_dates")


def require_new_end(*, kind: str, expires_on: date | None) -> None:
    """A renewal says until when. Raises ValidationError with code `new_end`."""
    if kind == LicenceEvent.Kind.RENEWED and expires_on is None:
        raise ValidationError(_("A renewal has a new end."), code="new_end")


def _bound(venue: str) -> str:
    return f"{venue}.bound_since <= {{today}} AND ({venue}.bound_until IS NULL OR {venue}.bound_until > {{today}})"


def _not_domestic(product: str) -> str:
    """SQL that is true when a work (for a variant, its parent) is not domestic today."""
    return (
        "NOT EXISTS (SELECT 1 FROM catalogue_product p LEFT JOIN catalogue_product w ON w.id = p.parent_id "
        f"WHERE p.id = {product} AND CASE WHEN w.id IS NULL THEN p.domestic_until ELSE w.domestic_until END >= {{today}})"
    )


def _unlawful_from(stockrecord: str, product: str) -> str:
    """SQL that is true when a line sells another work than its offer does, or one that is not domestic from a bound venue."""
    return (
        f"EXISTS (SELECT 1 FROM partner_stockrecord s LEFT JOIN bazaars_venue v ON v.id = s.venue_id WHERE s.id = {stockrecord} "
        f"AND (s.product_id <> {product} OR ({_bound('v')} AND {_not_domestic(product)})))"
    )


def _moved(*columns: str) -> str:
    """SQL that is true when an update changes one of these; a row saved whole, as it was, is no new sale."""
    return "(" + " OR ".join(f"COALESCE(NEW.{one}, 0) <> COALESCE(OLD.{one}, 0)" for one in columns) + ")"


#: What a line sells; one that names no work sells its offer's.
_SOLD = "COALESCE(NEW.product_id, (SELECT o.product_id FROM partner_stockrecord o WHERE o.id = NEW.stockrecord_id))"
_SOLD_UNLAWFULLY = (
    "((NEW.venue_id IS NOT NULL "
    f"AND EXISTS (SELECT 1 FROM bazaars_venue v WHERE v.id = NEW.venue_id AND {_bound('v')}) "
    f"AND {_not_domestic(_SOLD)}) OR {_unlawful_from('NEW.stockrecord_id', _SOLD)})"
)
_SOLD_WHERE_CLOSED = (
    "EXISTS (SELECT 1 FROM bazaars_venue v WHERE (v.id = NEW.venue_id OR v.id = "
    "(SELECT s.venue_id FROM partner_stockrecord s WHERE s.id = NEW.stockrecord_id)) "
    "AND (v.is_planned = {true} OR v.open_until < {today}))"
)


#: The same rule, held by the database itself: raw SQL, `bulk_create` and `update` meet it too.
FOREIGN_GOODS_IN_DATABASE = declare(
    DatabaseRule(
        "forbid_foreign_goods",
        (
            Guard(
                "partner_stockrecord",
                "NEW.withdrawn_at IS NULL AND NEW.venue_id IS NOT NULL "
                f"AND EXISTS (SELECT 1 FROM bazaars_venue v WHERE v.id = NEW.venue_id AND {_bound('v')}) "
                f"AND {_not_domestic('NEW.product_id')}",
                columns=("venue_id", "product_id", "withdrawn_at"),
            ),
            Guard(  # an offer stays with its work, or its lines would sell another
                "partner_stockrecord",
                "NEW.product_id <> OLD.product_id",
                events=("UPDATE",),
                columns=("product_id",),
                part="work",
            ),
            Guard(
                "basket_line",
                _unlawful_from("NEW.stockrecord_id", "NEW.product_id"),
                columns=("stockrecord_id", "product_id", "quantity"),
            ),
            Guard("order_line", _SOLD_UNLAWFULLY, events=("INSERT",)),
            Guard(
                "order_line",
                f"NEW.product_id IS NOT NULL AND {_moved('venue_id', 'product_id', 'stockrecord_id')} AND {_SOLD_UNLAWFULLY}",
                events=("UPDATE",),
                columns=("venue_id", "product_id", "stockrecord_id"),
            ),
            Guard(
                "catalogue_product",
                "(NEW.domestic_until IS NULL OR NEW.domestic_until < {today}) AND EXISTS (SELECT 1 FROM partner_stockrecord s "
                "JOIN bazaars_venue v ON v.id = s.venue_id JOIN catalogue_product c ON c.id = s.product_id "
                f"WHERE s.withdrawn_at IS NULL AND COALESCE(c.parent_id, c.id) = NEW.id AND {_bound('v')})",
                events=("UPDATE",),
                columns=("origin_state", "domestic_until"),
            ),
            Guard(
                "catalogue_product",
                "NOT EXISTS (SELECT 1 FROM catalogue_product w WHERE w.id = COALESCE(NEW.parent_id, NEW.id) AND "
                "CASE WHEN NEW.parent_id IS NULL THEN NEW.domestic_until ELSE w.domestic_until END >= {today}) "
                "AND EXISTS (SELECT 1 FROM partner_stockrecord s "
                f"JOIN bazaars_venue v ON v.id = s.venue_id WHERE s.product_id = NEW.id AND s.withdrawn_at IS NULL AND {_bound('v')})",
                events=("UPDATE",),
                columns=("parent_id",),
                part="parent",
            ),
            Guard(
                "bazaars_venue",
                f"{_bound('NEW')} AND EXISTS (SELECT 1 FROM partner_stockrecord s WHERE s.venue_id = NEW.id "
                f"AND s.withdrawn_at IS NULL AND {_not_domestic('s.product_id')})",
                events=("UPDATE",),
                columns=("bound_since", "bound_until"),
            ),
        ),
    )
)

#: A closed venue sells nothing: held where a sale is written down.
OPEN_VENUE_IN_DATABASE = declare(
    DatabaseRule(
        "require_open_venue",
        (
            Guard("order_line", _SOLD_WHERE_CLOSED, events=("INSERT",)),
            Guard(
                "order_line",
                f"{_moved('venue_id', 'stockrecord_id')} AND {_SOLD_WHERE_CLOSED}",
                events=("UPDATE",),
                columns=("venue_id", "stockrecord_id"),
            ),
        ),
    )
)
