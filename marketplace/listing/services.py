"""Listing: the verbs that touch works, offers and places together. Every one asks the rules and tells the search."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from catalogue.models import Material, Product, ProductLine
from catalogue.rules import declared_origin, require_own_line
from marketplace.bazaars.models import Venue
from marketplace.bazaars.rules import forbid_foreign_goods, require_open_venue
from marketplace.core import outbox
from marketplace.core.clock import today
from marketplace.core.registry import door, tell
from marketplace.crafts.models import Craft
from marketplace.listing.oscar_parts import category_of, product_class, seller_of
from marketplace.listing.rules import require_own_work, require_sane_price
from marketplace.makers.models import Maker
from marketplace.partner.models import Partner, StockRecord

WORK_CHANGED = "work_changed"


def _changed(work: Product) -> None:
    outbox.post(WORK_CHANGED, work.parent_id or work.pk)


def _with_origin(work: Product, on: date) -> Product:
    """Write what the maker's own declaration amounts to today into the work (not saved)."""
    assert work.maker
    assert work.craft
    origin = declared_origin(country=work.origin_country, craft=work.craft, licences=work.maker.licences.all(), on=on)
    work.origin_state, work.origin_basis, work.domestic_until = origin.state, origin.basis, origin.until
    return work


@door("create_work", rule="forbid_foreign_goods")
@transaction.atomic
def create_work(
    *,
    maker: Maker,
    craft: Craft,
    title_fa: str,
    title_en: str = "",
    description_fa: str = "",
    description_en: str = "",
    origin_country: str = "IR",
    price_rial: int | None = None,
    pieces: int = 1,
    one_of_a_kind: bool = True,
    made_to_order: bool = False,
    lead_days: int = 2,
    materials: tuple[Material, ...] = (),
    technique_fa: str = "",
    technique_en: str = "",
    length_mm: int | None = None,
    width_mm: int | None = None,
    height_mm: int | None = None,
    weight_grams: int | None = None,
    hours: int | None = None,
    product_line: ProductLine | None = None,
    is_demo: bool = False,
    is_public: bool = True,
) -> Product:
    """List a work of a maker; with a price it is offered in the workshop at once. Price in rial, lengths in mm, weight in g."""
    require_own_line(maker=maker, line=product_line)
    work = Product(
        structure=Product.STANDALONE,
        product_class=product_class(),
        title=title_fa,
        title_en=title_en,
        description=description_fa,
        description_en=description_en,
        maker=maker,
        craft=craft,
        city=maker.city,
        product_line=product_line,
        origin_country=origin_country,
        one_of_a_kind=one_of_a_kind,
        made_to_order=made_to_order,
        lead_days=lead_days,
        technique_fa=technique_fa,
        technique_en=technique_en,
        length_mm=length_mm,
        width_mm=width_mm,
        height_mm=height_mm,
        weight_grams=weight_grams,
        hours=hours,
        is_demo=is_demo,
        is_public=is_public,
    )
    _with_origin(work, today()).save()
    if materials:
        work.materials.set(materials)
    work.categories.add(category_of(craft))
    if price_rial is not None:
        _offer(work=work, venue=None, price_rial=price_rial, pieces=pieces)
    _changed(work)
    return work


@door("edit_work", rule="forbid_foreign_goods")
@transaction.atomic
def edit_work(*, work: Product, **fields) -> Product:
    """Change a work. A change of country or craft is a new declaration of origin, and may withdraw offers."""
    redeclared = {"origin_country", "craft", "maker"} & fields.keys()
    for name, value in fields.items():
        setattr(work, name, value)
    if redeclared:
        _with_origin(work, today())
        _withdraw_unlawful(work)
    work.save()
    _changed(work)
    return work


def _offer(*, work: Product, venue: Venue | None, price_rial: int, pieces: int) -> StockRecord:
    require_sane_price(price_rial)
    assert work.maker
    seller = seller_of(work.maker)
    place = venue.pk if venue else 0
    return StockRecord.objects.create(
        product=work,
        partner=seller,
        partner_sku=f"W{work.pk}-V{place}-{StockRecord.objects.filter(product=work, partner=seller).count() + 1}",
        price_currency="IRR",
        price=price_rial,
        num_in_stock=pieces,
        venue=venue,
    )


@door("offer_in_venue", rule="forbid_foreign_goods")
@transaction.atomic
def offer_in_venue(
    *, work: Product, venue: Venue | None, price_rial: int, pieces: int, seller: Partner | None = None
) -> StockRecord:
    """Offer a work in a venue, or in its maker's workshop (None). Raises ValidationError and offers nothing when a rule says no."""
    day = today()
    if seller is not None:
        require_own_work(work=work, seller=seller)
    forbid_foreign_goods(work, venue, on=day)
    require_open_venue(venue, on=day)
    offer = _offer(work=work, venue=venue, price_rial=price_rial, pieces=pieces)
    _changed(work)
    return offer


@door("move_offer", rule="forbid_foreign_goods")
@transaction.atomic
def move_offer(*, offer: StockRecord, venue: Venue | None) -> StockRecord:
    """Move what is left of an offer to another place."""
    day = today()
    forbid_foreign_goods(offer.product, venue, on=day)
    require_open_venue(venue, on=day)
    offer.venue = venue
    offer.save(update_fields=["venue", "date_updated"])
    _changed(offer.product)
    return offer


@door("edit_offer", rule="forbid_foreign_goods")
@transaction.atomic
def edit_offer(*, offer: StockRecord, price_rial: int, pieces: int) -> StockRecord:
    """Change price and stock of an offer; the rules are asked again, so a work that turned foreign is not refreshed in place."""
    day = today()
    require_sane_price(price_rial)
    forbid_foreign_goods(offer.product, offer.venue, on=day)
    require_open_venue(offer.venue, on=day)
    offer.price, offer.num_in_stock = price_rial, pieces
    offer.save(update_fields=["price", "num_in_stock", "date_updated"])
    _changed(offer.product)
    return offer


@transaction.atomic
def withdraw_offer(*, offer: StockRecord, because: str) -> StockRecord:
    """Take an offer back. It stays for the orders that name it."""
    offer.withdrawn_at, offer.withdrawn_because = timezone.now(), because
    offer.save(update_fields=["withdrawn_at", "withdrawn_because", "date_updated"])
    tell("offers_withdrawn", offers=[offer], because=because)
    _changed(offer.product)
    return offer


@transaction.atomic
def change_origin(*, work: Product, state: str, country: str, basis: str, until: date | None) -> Product:
    """Record the truth about a work. Offers that it makes unlawful are withdrawn in the same transaction, first."""
    work.origin_state, work.origin_country, work.origin_basis, work.domestic_until = state, country, basis, until
    _withdraw_unlawful(work)
    work.save(update_fields=["origin_state", "origin_country", "origin_basis", "domestic_until", "date_updated"])
    _changed(work)
    return work


def _withdraw_unlawful(work: Product) -> None:
    """Withdraw the offers of a work (and its variants) in bound venues when it is not domestic any more."""
    day = today()
    if work.is_domestic_on(day):
        return
    mine = StockRecord.objects.active().filter(product=work) | StockRecord.objects.active().filter(product__parent=work)
    _withdraw(mine.filter(venue__in=Venue.objects.bound_on(day)), because="origin_changed")


def _withdraw(offers, *, because: str) -> None:
    gone = list(offers.select_related("product", "venue", "partner"))
    StockRecord.objects.filter(pk__in=[offer.pk for offer in gone]).update(
        withdrawn_at=timezone.now(), withdrawn_because=because
    )
    if gone:
        tell("offers_withdrawn", offers=gone, because=because)
    outbox.post_many(WORK_CHANGED, {offer.product.parent_id or offer.product_id for offer in gone})


def withdraw_unlawful_in(venue: Venue, *, on: date) -> None:
    """Withdraw every offer in a venue that its (new, maybe not yet saved) binding makes unlawful on a day."""
    if not venue.is_bound_on(on):
        return
    offers = StockRecord.objects.active().filter(venue=venue)
    domestic = offers.filter(product__parent__isnull=True, product__domestic_until__gte=on) | offers.filter(
        product__parent__domestic_until__gte=on
    )
    _withdraw(offers.exclude(pk__in=domestic.values("pk")), because="venue_bound")
