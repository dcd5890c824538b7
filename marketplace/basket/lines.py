"""A basket as its page shows it: lines under their makers, each with what stands in the way of paying for it."""

from dataclasses import dataclass

from django.core.files.storage import default_storage

from catalogue.models import Product, ProductImage
from marketplace.basket.models import Basket, Line
from marketplace.bazaars.models import Venue
from marketplace.core.clock import today
from marketplace.makers.models import Maker
from marketplace.partner.strategy import refusal


@dataclass(frozen=True)
class ShownLine:
    """One line; money in rial. `problem` is the rule's sentence, empty when the line can be paid for."""

    id: int
    work: Product
    venue: Venue | None
    quantity: int
    left: int
    unit_rial: int
    total_rial: int
    price_was_rial: int | None
    picture: dict | None
    problem: str
    origin_state: str
    origin_label: str


@dataclass(frozen=True)
class MakerGroup:
    maker: Maker | None
    lines: list[ShownLine]


@dataclass(frozen=True)
class ShownBasket:
    """`total_rial` counts only what can be paid for; `payable` asks that every line can."""

    groups: list[MakerGroup]
    total_rial: int
    pieces: int
    payable: bool


def thumb(image: ProductImage) -> dict:
    """A small picture for a row: the narrowest stored rendition, or the original."""
    widths = sorted(image.sizes, key=int)
    name = image.sizes[widths[0]] if widths else image.original.name
    return {
        "src": default_storage.url(name),
        "alt": "",
        "placeholder": image.colour,
        "width": 160,
        "height": 160,
    }


def _shown(line: Line) -> ShownLine:
    offer, work = line.stockrecord, line.product
    offer.product = work
    error = refusal(offer, line.quantity)
    unit = int(offer.price or 0)
    before = int(line.price_incl_tax or 0)
    images = list(work.images.all())
    origin = work.shown_origin(today())
    return ShownLine(
        id=line.pk,
        work=work,
        venue=offer.venue,
        quantity=line.quantity,
        left=max(0, offer.net_stock_level),
        unit_rial=unit,
        total_rial=unit * line.quantity,
        price_was_rial=before if before != unit else None,
        picture=thumb(images[0]) if images else None,
        problem=" ".join(error.messages) if error else "",
        origin_state=str(origin),
        origin_label=str(origin.label),
    )


def show(basket: Basket) -> ShownBasket:
    """The basket for a page, in the order works were added, makers in the order of their first work."""
    groups: dict[int | None, MakerGroup] = {}
    for line in basket.all_lines():
        maker = line.product.maker
        group = groups.setdefault(maker.pk if maker else None, MakerGroup(maker, []))
        group.lines.append(_shown(line))
    lines = [line for group in groups.values() for line in group.lines]
    return ShownBasket(
        groups=list(groups.values()),
        total_rial=sum(line.total_rial for line in lines if not line.problem),
        pieces=sum(line.quantity for line in lines),
        payable=bool(lines) and not any(line.problem for line in lines),
    )
