"""What a work's page leads on to: works like it by other makers, and other works of its maker."""

from dataclasses import dataclass

from catalogue.models import Material, Product
from marketplace.partner.models import StockRecord
from marketplace.search.likeness import Liking, alike
from marketplace.ui.cards import Card, Picture, cards_of

#: Works of each kind.
MOST = 4


@dataclass(frozen=True)
class Beside:
    """Cards of works like a work, the likest first, and of its maker's other works, newest first."""

    alike: list[Card]
    of_maker: list[Card]


def beside(work: Product, *, materials: list[Material], pictures: list[Picture], offers: list[StockRecord]) -> Beside:
    """Both in four queries and one search, whatever there is of either: the work itself is read among them."""
    liking = _liking(work, materials, pictures, offers)
    ids = alike(liking, limit=MOST) if liking else []
    works = _read(work, ids)
    shown = {card.id: card for card in cards_of(works)}
    newest = sorted(works, key=lambda one: (one.date_created, one.pk), reverse=True)
    of_maker = [shown[one.pk] for one in newest if one.maker_id == work.maker_id and one.pk != work.pk]
    return Beside([shown[pk] for pk in ids if pk in shown], of_maker[:MOST])


def _read(work: Product, ids: list[int]) -> list[Product]:
    """The works of these ids and the newest of a work's maker, in one query that reads no others."""
    works = Product.objects.filter(is_public=True, parent__isnull=True)
    newest = works.filter(maker=work.maker_id).order_by("-date_created", "-id").values("pk")[: MOST + 1]
    named, newest = works.filter(pk__in=ids or [work.pk]), works.filter(pk__in=newest)
    wanted = named.order_by().values("pk").union(newest.order_by().values("pk"))
    return list(Product.objects.filter(pk__in=wanted).with_frame())


def _liking(
    work: Product, materials: list[Material], pictures: list[Picture], offers: list[StockRecord]
) -> Liking | None:
    """What others are like it by; None for a work without a craft or a maker."""
    if work.craft is None or work.maker is None:
        return None
    return Liking(
        group=work.craft.group.slug,
        craft=work.craft.slug,
        maker=work.maker.slug,
        technique=work.technique.slug if work.technique else "",
        materials=tuple(material.slug for material in materials),
        colours=pictures[0].colours if pictures else (),
        price_rial=int(offers[0].price) if offers and offers[0].price is not None else None,
    )
