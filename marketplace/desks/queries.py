"""What the desks show, each in a fixed number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from catalogue.models import Product
from marketplace.bazaars.models import Venue
from marketplace.bazaars.rules import forbid_foreign_goods, require_open_venue
from marketplace.core.models import User
from marketplace.makers.models import Maker
from marketplace.order.models import SellerOrder
from marketplace.partner.models import StockRecord
from marketplace.ui.cards import Picture, first_pictures, origin_label, picture_of

#: What the rules read of a work and write into a refusal.
ASKED_OF_WORKS = ("maker", "import_permit", "parent__maker", "parent__import_permit")


@dataclass(frozen=True)
class OfferRow:
    """An offer as its maker sees it. `hindrance` is the sentence of the rule that stops its sale today, or empty."""

    offer: StockRecord
    price_rial: int
    left: int
    hindrance: str


@dataclass(frozen=True)
class WorkRow:
    """A work as its maker sees it."""

    work: Product
    picture: Picture | None
    offers: list[OfferRow]
    origin_state: str
    origin_label: str
    state: str
    state_class: str


def works_of(maker: Maker) -> QuerySet[Product]:
    """A maker's works, newest first; variants belong to their work."""
    mine = Product.objects.filter(maker=maker, parent__isnull=True).select_related(*ASKED_OF_WORKS)
    return mine.order_by("-date_created", "-id")


def work_rows(works: Iterable[Product], *, on: date) -> list[WorkRow]:
    """Rows of works with their pictures and active offers, those of their variants too, in two queries."""
    works = list(works)
    pictures = first_pictures([work.pk for work in works])
    offers: dict[int, list[StockRecord]] = {}
    theirs = Q(product__in=works) | Q(product__parent__in=works)
    for offer in StockRecord.objects.active().filter(theirs).select_related("venue__city", "product").order_by("pk"):
        offers.setdefault(offer.product.parent_id or offer.product_id, []).append(offer)
    return [_work_row(work, pictures.get(work.pk), offers.get(work.pk, []), on) for work in works]


def _work_row(work: Product, image, offers: list[StockRecord], on: date) -> WorkRow:
    rows = [offer_row(offer, work, on=on) for offer in offers]
    state, state_class = _state(rows)
    origin, label = origin_label(work, on)
    return WorkRow(work, picture_of(image, title=work.name), rows, origin, label, state, state_class)


def offer_row(offer: StockRecord, work: Product, *, on: date) -> OfferRow:
    """An offer, what is left of it, and what the rules say today."""
    left = (offer.num_in_stock or 0) - (offer.num_allocated or 0)
    return OfferRow(offer, int(offer.price or 0), max(0, left), _hindrance(offer, work, on))


def _hindrance(offer: StockRecord, work: Product, on: date) -> str:
    try:
        forbid_foreign_goods(work, offer.venue, on=on)
        require_open_venue(offer.venue, on=on)
    except ValidationError as error:
        return " ".join(error.messages)
    return ""


def _state(rows: list[OfferRow]) -> tuple[str, str]:
    """The work's state in a word, and the colour of its badge."""
    if any(row.left and not row.hindrance for row in rows):
        return _("On sale"), "good"
    if any(row.left for row in rows):
        return _("Cannot be sold now"), "bad"
    return (_("Sold out"), "wait") if rows else (_("Not offered"), "")


def orders_of(maker: Maker) -> QuerySet[SellerOrder]:
    """A maker's part of orders, newest first; of the buyer, the city only is ever shown."""
    return (
        SellerOrder.objects.filter(seller__maker=maker)
        .select_related("order__shipping_address")
        .prefetch_related("lines")
        .order_by("-created_at", "-id")
    )


def venues_managed(user: User) -> QuerySet[Venue]:
    """The venues a person manages, with how many offers stand in each."""
    active = Count("offers", filter=Q(offers__withdrawn_at__isnull=True))
    return user.venues.select_related("city").prefetch_related("licences").annotate(offer_count=active).order_by("slug")


def offers_in(venue: Venue) -> QuerySet[StockRecord]:
    """Active offers in a venue, newest first."""
    return (
        StockRecord.objects.active()
        .filter(venue=venue)
        .select_related("product__maker")
        .order_by("-date_created", "-id")
    )
