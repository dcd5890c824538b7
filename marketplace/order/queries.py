"""An order as its page reads it."""

from django.utils.translation import get_language

from marketplace.basket.lines import thumb
from marketplace.order.models import Line, Order
from marketplace.shipping.quotes import AT_THE_DOOR
from marketplace.shipping.words import words_of


def _in_reader_language(texts: dict | None) -> str:
    """A snapshot's text in the reader's language, else in the other one."""
    if not texts:
        return ""
    mine, other = ("en", "fa") if (get_language() or "fa").startswith("en") else ("fa", "en")
    return texts.get(mine) or texts.get(other) or ""


def _line(line: Line) -> dict:
    said = line.snapshot
    venue = said.get("venue") or {}
    images = list(line.product.images.all()) if line.product else []
    return {
        "work": line.product,
        "title": _in_reader_language(said.get("title")) or line.title,
        "quantity": line.quantity,
        "total_rial": int(line.line_price_incl_tax),
        "venue": _in_reader_language(venue.get("name")),
        "origin_state": line.origin_state,
        "origin_label": _in_reader_language((said.get("origin") or {}).get("label")),
        "licences": said.get("licences") or [],
        "seals": [f"{_in_reader_language(seal['scheme'])} {seal['number']}" for seal in said.get("seals") or []],
        "picture": thumb(images[0]) if images else None,
    }


def order_page(order: Order) -> dict:
    """Seller orders with their lines as they were sold, in six queries whatever the number of lines; money in rial."""
    sellers = (
        order.seller_orders.select_related("seller__maker").prefetch_related("lines__product__images").order_by("id")
    )
    parts = []
    for seller in sellers:
        lines = list(seller.lines.all())
        said = lines[0].snapshot if lines else {}
        parts.append(
            {
                "number": seller.number,
                "state": seller.get_state_display(),
                "maker": _in_reader_language(said.get("maker")) or seller.seller.name,
                "maker_url": seller.seller.maker.get_absolute_url() if seller.seller.maker else "",
                "city": _in_reader_language(said.get("city")),
                "lines": [_line(line) for line in lines],
                "total_rial": seller.total_rial,
                "delivery": words_of(seller.delivery),
            }
        )
    return {
        "number": order.number,
        "placed_at": order.date_placed,
        "total_rial": int(order.total_incl_tax),
        "delivery_rial": int(order.shipping_incl_tax),
        # orders from before there were tables of rates say nothing, and were all paid for at the door
        "at_the_door": any(not part["delivery"] or part["delivery"].kind == AT_THE_DOOR for part in parts),
        "sellers": parts,
    }
