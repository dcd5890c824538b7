"""What the books and the shelves say of a venue, asked in hand-written SQL that knows nothing of a report's code."""

from typing import Any

from django.db import connection

from marketplace.bazaars.models import Venue
from marketplace.seasons.spans import Span

#: Entries of orders that have a line of the venue and no line of anywhere else: their postings are the venue's alone.
_HERE = """
  (e.event = 'sale' AND e.source IN (
     SELECT a.number FROM payments_paymentattempt a JOIN order_order o ON o.payment_id = a.id
     WHERE EXISTS (SELECT 1 FROM order_line l WHERE l.order_id = o.id AND l.venue_id = %(venue)s)
       AND NOT EXISTS (SELECT 1 FROM order_line l WHERE l.order_id = o.id AND (l.venue_id IS NULL OR l.venue_id <> %(venue)s)))
   OR e.event = 'return' AND e.source IN (
     SELECT 'back:' || b.number FROM order_moneyback b JOIN order_sellerorder p ON p.id = b.seller_order_id
     WHERE EXISTS (SELECT 1 FROM order_line l WHERE l.order_id = p.order_id AND l.venue_id = %(venue)s)
       AND NOT EXISTS (SELECT 1 FROM order_line l WHERE l.order_id = p.order_id AND (l.venue_id IS NULL OR l.venue_id <> %(venue)s))))
"""
_POSTINGS = """
  FROM ledger_posting p JOIN ledger_entry e ON e.id = p.entry_id JOIN ledger_account a ON a.id = p.account_id
  LEFT JOIN partner_partner s ON s.id = a.seller_id LEFT JOIN makers_maker m ON m.id = s.maker_id
  WHERE e."on" BETWEEN %(first)s AND %(last)s AND
"""


def asked(sql: str, venue: Venue, span: Span | None = None) -> list[tuple[Any, ...]]:
    facts: dict[str, Any] = {"venue": venue.pk}
    if span is not None:
        facts |= {"first": span.first, "last": span.last}
    with connection.cursor() as cursor:
        cursor.execute(sql, facts)
        return cursor.fetchall()


def _works(event: str = "e.event") -> str:
    return f"-SUM(CASE WHEN p.what IN ('goods', 'wrap') AND e.event = {event} THEN p.amount_rial ELSE 0 END)"


def totals(venue: Venue, span: Span) -> dict[str, int]:
    """Rial of a venue in a span, as the books have it."""
    sql = (
        f"SELECT {_works(repr('sale'))}, {_works(repr('return'))}, "
        "SUM(CASE WHEN p.what = 'commission' THEN p.amount_rial ELSE 0 END), SUM(CASE WHEN p.what = 'tax' THEN p.amount_rial ELSE 0 END), "
        "SUM(CASE WHEN a.code = 'discounts' THEN p.amount_rial ELSE 0 END), "
        "-SUM(CASE WHEN p.what IN ('goods', 'wrap', 'commission', 'tax') THEN p.amount_rial ELSE 0 END)"
    )
    (row,) = asked(sql + _POSTINGS + _HERE, venue, span)
    gross, back, commission, tax, discount, earned = (int(rial or 0) for rial in row)
    return {
        "gross": gross,
        "back": -back,
        "net": gross + back,
        "commission": commission,
        "tax": tax,
        "discount": discount,
        "earned": earned,
    }


def by_maker(venue: Venue, span: Span) -> dict[str, int]:
    """English name → what stayed, in rial, of makers with anything."""
    sql = f"SELECT m.name_en, {_works()}" + _POSTINGS + _HERE + "AND m.id IS NOT NULL GROUP BY m.name_en"
    return {name: int(rial) for name, rial in asked(sql, venue, span) if rial}


def by_day(venue: Venue, span: Span) -> dict[str, int]:
    """Day → what stayed, in rial."""
    sql = f'SELECT e."on", {_works()}' + _POSTINGS + _HERE + 'GROUP BY e."on"'
    return {str(day): int(rial) for day, rial in asked(sql, venue, span) if rial}


def pieces(venue: Venue) -> int:
    """Pieces of a venue's offers that can be sold now."""
    sql = "SELECT SUM(COALESCE(num_in_stock, 0) - COALESCE(num_allocated, 0)) FROM partner_stockrecord WHERE venue_id = %(venue)s"
    ((left,),) = asked(sql, venue)
    return int(left or 0)


def pieces_by_group(venue: Venue) -> dict[str, int]:
    """English name of a craft group → pieces of its lines that were neither cancelled nor returned, whenever they were sold."""
    sql = (
        "SELECT g.name_en, SUM(l.quantity - l.cancelled - l.returned) FROM order_line l "
        "JOIN catalogue_product w ON w.id = l.product_id JOIN crafts_craft c ON c.id = w.craft_id "
        "JOIN crafts_craftgroup g ON g.id = c.group_id WHERE l.venue_id = %(venue)s GROUP BY g.name_en"
    )
    return {name: int(number) for name, number in asked(sql, venue)}


def rent_owed(venue: Venue) -> int:
    """What the books say that the venue's tenants owe it, in rial."""
    sql = (
        "SELECT SUM(p.amount_rial) FROM ledger_posting p JOIN ledger_account a ON a.id = p.account_id "
        "WHERE a.code = 'rent_owed:' || %(venue)s"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, {"venue": str(venue.pk)})
        return int(cursor.fetchone()[0] or 0)
