"""An order as its page reads it."""

from collections.abc import Callable, Iterable

from django.core.exceptions import ValidationError
from django.db.models import F
from django.utils.translation import get_language

from marketplace.basket.gifts import Gift
from marketplace.basket.lines import thumb
from marketplace.core.clock import today
from marketplace.order import rules
from marketplace.order.models import Line, Order, Return, SellerOrder
from marketplace.order.seals import lost_since_sale
from marketplace.shipping.quotes import AT_THE_DOOR
from marketplace.shipping.words import words_of

State = SellerOrder.State
#: The way of a seller order as its buyer reads it.
WAY = (State.PLACED, State.CONFIRMED, State.READY, State.DISPATCHED, State.DELIVERED)


def in_reader_language(texts: dict | None) -> str:
    """A snapshot's text in the reader's language, else in the other one."""
    if not texts:
        return ""
    mine, other = ("en", "fa") if (get_language() or "fa").startswith("en") else ("fa", "en")
    return texts.get(mine) or texts.get(other) or ""


def shown_title(line: Line) -> str:
    """A line's title in the reader's language, as it was sold."""
    return in_reader_language(line.snapshot.get("title")) or line.title


def _line(line: Line) -> dict:
    said = line.snapshot
    venue = said.get("venue") or {}
    images = list(line.product.images.all()) if line.product else []
    return {
        "work": line.product,
        "title": shown_title(line),
        "quantity": line.quantity,
        "cancelled": line.cancelled,
        "returned": line.returned,
        "total_rial": int(line.line_price_incl_tax),
        "venue": in_reader_language(venue.get("name")),
        "origin_state": line.origin_state,
        "origin_label": in_reader_language((said.get("origin") or {}).get("label")),
        "licences": said.get("licences") or [],
        "seals": [f"{in_reader_language(seal['scheme'])} {seal['number']}" for seal in said.get("seals") or []],
        "picture": thumb(images[0]) if images else None,
        "gift": Gift.of(line),
        "wrap_rial": int(line.wrap_rial),
    }


def care_of(part: SellerOrder, lines: list[Line]) -> dict:
    """How far a seller order is, what was promised, and what its buyer may do now."""
    day = today()
    open_return = next((one for one in part.returns.all() if one.ended_at is None), None)
    standing = any(line.standing for line in lines)
    return {
        "way": _way(part),
        "late": rules.is_late(part, on=day),
        "dispatch_by": part.dispatch_by if part.state in rules.BEFORE_DISPATCH else None,
        "carrier": part.carrier,
        "tracking": part.tracking,
        "dispatched_at": part.dispatched_at,
        "delivered_at": part.delivered_at,
        "last_day": rules.last_day_to_return(part, Return.Reason.WITHDRAWAL),
        "may_cancel": standing and _allowed(rules.require_cancellable, part, who=rules.BUYER, on=day),
        "may_confirm": part.state == State.DISPATCHED,
        "may_return": standing and part.state in rules.SENT and open_return is None,
        "open_return": open_return,
        "money_back": list(part.money_back.all()),
    }


def sale_page(part: SellerOrder) -> dict:
    """A seller order as its maker reads it: lines, steps, returns, seals lost since, in six queries; money in rial."""
    lines = list(
        part.lines.select_related("product__parent").prefetch_related("product__images", "passports").order_by("pk")
    )
    lost = lost_since_sale(lines, on=today()) if part.state in rules.BEFORE_DISPATCH else {}
    open_return = (
        part.returns.filter(ended_at__isnull=True).prefetch_related("lines__line", "photos").order_by("-pk").first()
    )
    return {
        "lines": [
            _line(line)
            | {
                "passports": list(line.passports.all()),
                "lost_seals": [in_reader_language(seal["scheme"]) for seal in lost.get(line.pk, [])],
            }
            for line in lines
        ],
        "steps": list(part.steps.all()),
        "late": rules.is_late(part, on=today()),
        "open_return": open_return,
        "wrap_rial": sum(int(line.wrap_rial) for line in lines),
        "commission_rial": sum(int(line.commission_rial) + int(line.commission_tax_rial) for line in lines),
        "money_back": list(part.money_back.all()),
    }


def _way(part: SellerOrder) -> list[dict]:
    """The steps of its way with the day of each that was reached."""
    reached = {step.state: step.at for step in part.steps.all()}
    if part.state in (State.CANCELLED, State.RETURNED):
        return []
    here = WAY.index(State.CONFIRMED if part.state == State.MAKING else State(part.state))
    return [
        {
            "label": state.label,
            "at": part.created_at if state == State.PLACED else reached.get(state),
            "done": nth <= here,
            "here": nth == here,
        }
        for nth, state in enumerate(WAY)
    ]


def _allowed(rule: Callable[..., None], *args, **more) -> bool:
    try:
        rule(*args, **more)
    except ValidationError:
        return False
    return True


def order_page(order: Order) -> dict:
    """Seller orders with their lines as they were sold, in ten queries whatever the number of lines; money in rial."""
    sellers = (
        order.seller_orders.select_related("seller__maker")
        .prefetch_related("lines__product__images", "returns", "money_back", "steps")
        .order_by("id")
    )
    parts = []
    for seller in sellers:
        lines = list(seller.lines.all())
        said = lines[0].snapshot if lines else {}
        parts.append(
            {
                "pk": seller.pk,
                "number": seller.number,
                "state": seller.get_state_display(),
                "code": seller.state,
                **care_of(seller, lines),
                "maker": in_reader_language(said.get("maker")) or seller.seller.name,
                "maker_url": seller.seller.maker.get_absolute_url() if seller.seller.maker else "",
                "city": in_reader_language(said.get("city")),
                "lines": [_line(line) for line in lines],
                "total_rial": seller.total_rial,
                "delivery": words_of(seller.delivery),
            }
        )
    return {
        "number": order.number,
        "wrap_rial": sum(line["wrap_rial"] for part in parts for line in part["lines"]),
        "placed_at": order.date_placed,
        "total_rial": int(order.total_incl_tax),
        "delivery_rial": int(order.shipping_incl_tax),
        # orders from before there were tables of rates say nothing, and were all paid for at the door
        "at_the_door": any(not part["delivery"] or part["delivery"].kind == AT_THE_DOOR for part in parts),
        "sellers": parts,
        "letters": list(order.letters.all()[:20]),
    }


def bought(works: Iterable[int]) -> set[int]:
    """Works (by number) of which a piece was bought and neither cancelled nor given back."""
    standing = Line.objects.filter(product__in=set(works), quantity__gt=F("cancelled") + F("returned"))
    return set(standing.values_list("product_id", flat=True))  # type: ignore[arg-type]
