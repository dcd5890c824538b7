"""Listing: the verbs that touch works, offers and places together. Every one asks the rules and tells the search."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from catalogue import techniques
from catalogue.craft_fields import Fact, fields_of
from catalogue.models import ImportPermit, Material, Product, ProductLine
from catalogue.rules import (
    HOME_COUNTRY,
    forbid_passing_as_local,
    require_facts_of_craft,
    require_free_declaration,
    require_import_permit,
    require_own_line,
)
from marketplace.bazaars.models import Venue
from marketplace.bazaars.rules import forbid_foreign_goods, require_open_venue
from marketplace.core.clock import today
from marketplace.core.registry import door, tell
from marketplace.crafts.models import Craft
from marketplace.listing.locks import hold, hold_active_maker
from marketplace.listing.origins import ORIGIN_FIELDS, changed, declare
from marketplace.listing.oscar_parts import category_of, product_class, seller_of
from marketplace.listing.rules import (
    require_free_piece,
    require_no_offers,
    require_own_permit,
    require_own_work,
    require_sane_price,
    require_unmoved_stock,
)
from marketplace.listing.seal_words import forbid_false_seal_words
from marketplace.listing.withdrawals import offers_of, withdraw_unlawful_of
from marketplace.makers.models import Maker
from marketplace.partner.models import Partner, StockRecord
from marketplace.stalls.rules import require_not_closed, require_registered_trade


@door("create_work", rule="forbid_foreign_goods", by="seller")
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
    blade_mm: int | None = None,
    hours: int | None = None,
    facts: dict[str, Fact] | None = None,
    personal_most: int = 0,
    personal_hint_fa: str = "",
    personal_hint_en: str = "",
    product_line: ProductLine | None = None,
    origin_place: str = "",
    import_permit: ImportPermit | None = None,
    is_demo: bool = False,
    is_public: bool = True,
) -> Product:
    """List a work of a maker; with a price it is offered in the workshop at once. Price in rial, lengths in mm, weight in g."""
    hold_active_maker(maker)
    require_own_line(maker=maker, line=product_line)
    require_own_permit(maker=maker, permit=import_permit)
    require_facts_of_craft(facts or {}, craft=craft)
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
        origin_place=origin_place,
        import_permit=import_permit,
        one_of_a_kind=one_of_a_kind,
        made_to_order=made_to_order,
        lead_days=lead_days,
        technique_fa=technique_fa,
        technique_en=technique_en,
        technique=techniques.named(technique_fa, technique_en),
        length_mm=length_mm,
        width_mm=width_mm,
        height_mm=height_mm,
        weight_grams=weight_grams,
        blade_mm=blade_mm,
        hours=hours,
        facts=facts or {},
        personal_most=personal_most,
        personal_hint_fa=personal_hint_fa,
        personal_hint_en=personal_hint_en,
        is_demo=is_demo,
        is_public=is_public,
    )
    forbid_passing_as_local(declare(work, on=today()))
    forbid_false_seal_words(work, on=today())
    work.save()
    if materials:
        work.materials.set(materials)
    work.categories.add(category_of(craft))
    if price_rial is not None:
        _offer(work=work, venue=None, price_rial=price_rial, pieces=pieces)
    changed(work)
    return work


@door("edit_work", rule="forbid_foreign_goods", by="seller")
@transaction.atomic
def edit_work(*, work: Product, **fields) -> Product:
    """Change a work. A change of country, craft or permit is a new declaration of origin, and may withdraw offers.

    Raises Refused when the new words or the new country are not the maker's to say; nothing is changed then.
    """
    day = today()
    hold(work)
    require_free_declaration(work, country=fields.get("origin_country", work.origin_country))
    require_own_line(maker=work.maker, line=fields.get("product_line"))
    require_own_permit(maker=work.maker, permit=fields.get("import_permit"))
    if "craft" in fields and "facts" not in fields:  # answers that its new craft is not asked are gone
        fields["facts"] = {
            field.code: work.facts[field.code] for field in fields_of(fields["craft"]) if field.code in work.facts
        }
    if "facts" in fields:
        require_facts_of_craft(fields["facts"], craft=fields.get("craft", work.craft))
    declared_anew = any(name in fields and getattr(work, name) != fields[name] for name in ("origin_country", "craft"))
    for name, value in fields.items():
        setattr(work, name, value)
    if fields.keys() & {"technique_fa", "technique_en"}:
        fields["technique"] = work.technique = techniques.named(work.technique_fa, work.technique_en)
    if declared_anew:
        _declare_anew(work, on=day)
    forbid_passing_as_local(work)
    forbid_false_seal_words(work, on=day)
    if declared_anew:
        _require_trade_everywhere(work, on=day)
    withdraw_unlawful_of(work, on=day)
    # only what was changed: an officer may have written the rest a moment ago
    work.save(update_fields={*fields, "date_updated", *(ORIGIN_FIELDS if declared_anew else ())})
    changed(work)
    return work


def _require_trade_everywhere(work: Product, *, on: date) -> None:
    """A work that is offered at its maker's stalls keeps to their trades."""
    for venue in Venue.objects.filter(offers__in=offers_of(work)).distinct():
        require_registered_trade(work, venue, on=on)
        require_not_closed(work, venue, on=on)


def _declare_anew(work: Product, *, on: date) -> None:
    """The maker's new word on country or craft. It ends an officer's verification of the old one, never a doubt."""
    doubted = work.origin_state in (Product.Origin.FOREIGN, Product.Origin.DISPUTED)
    if doubted and work.origin_country in ("", HOME_COUNTRY):
        return
    declare(work, on=on)
    if work.origin_state == Product.Origin.FOREIGN:
        work.product_line = None


@door("add_variant", rule="forbid_foreign_goods", by="seller")
@transaction.atomic
def add_variant(
    *, work: Product, title_fa: str, title_en: str = "", price_rial: int, pieces: int, venue: Venue | None = None
) -> Product:
    """Another form of a work (a size, a colour), with an offer of its own. Its origin is its work's.

    A work with variants is not offered itself: raises ValidationError with code `offers_stand` while it is.
    """
    day = today()
    hold(work, venue)
    hold_active_maker(work.maker)
    if not work.is_parent:
        require_no_offers(work, offers_of(work))
        work.structure = Product.PARENT
        work.save(update_fields=["structure"])
    variant = Product(
        structure=Product.CHILD,
        parent=work,
        title=title_fa,
        title_en=title_en,
        maker=work.maker,
        craft=work.craft,
        city=work.city,
        is_demo=work.is_demo,
    )
    forbid_passing_as_local(variant)
    forbid_false_seal_words(variant, on=day)
    variant.save()
    require_import_permit(variant)
    forbid_foreign_goods(variant, venue, on=day)
    require_open_venue(venue, on=day, work=variant)
    require_registered_trade(variant, venue, on=day)
    require_not_closed(variant, venue, on=day)
    _offer(work=variant, venue=venue, price_rial=price_rial, pieces=pieces)
    changed(work)
    return variant


def _offer(*, work: Product, venue: Venue | None, price_rial: int, pieces: int) -> StockRecord:
    require_sane_price(price_rial)
    require_import_permit(work)
    require_free_piece(work, pieces)
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


@door("offer_in_venue", rule="forbid_foreign_goods", by="seller")
@transaction.atomic
def offer_in_venue(
    *, work: Product, venue: Venue | None, price_rial: int, pieces: int, seller: Partner | None = None
) -> StockRecord:
    """Offer a work in a venue, or in its maker's workshop (None). Raises ValidationError and offers nothing when a rule says no."""
    day = today()
    if seller is not None:
        require_own_work(work=work, seller=seller)
    hold(work, venue)
    hold_active_maker(work.maker)
    require_import_permit(work)
    forbid_false_seal_words(work, on=day)
    forbid_foreign_goods(work, venue, on=day)
    require_open_venue(venue, on=day, work=work)
    require_registered_trade(work, venue, on=day)
    require_not_closed(work, venue, on=day)
    offer = _offer(work=work, venue=venue, price_rial=price_rial, pieces=pieces)
    changed(work)
    return offer


@door("move_offer", rule="forbid_foreign_goods", by="seller")
@transaction.atomic
def move_offer(*, offer: StockRecord, venue: Venue | None) -> StockRecord:
    """Move what is left of an offer to another place."""
    day = today()
    hold(offer.product, venue)
    hold_active_maker(offer.product.maker)
    require_import_permit(offer.product)
    forbid_false_seal_words(offer.product, on=day)
    forbid_foreign_goods(offer.product, venue, on=day)
    require_open_venue(venue, on=day, work=offer.product)
    require_registered_trade(offer.product, venue, on=day)
    require_not_closed(offer.product, venue, on=day)
    offer.venue = venue
    offer.save(update_fields=["venue", "date_updated"])
    changed(offer.product)
    return offer


@door("edit_offer", rule="forbid_foreign_goods", by="seller")
@transaction.atomic
def edit_offer(
    *,
    offer: StockRecord,
    price_rial: int,
    pieces: int,
    seen_stock: int | None = None,
    seen_allocated: int | None = None,
) -> StockRecord:
    """Change price (rial) and the pieces left to sell; the rules are asked again, so a work that turned foreign is not refreshed.

    `seen_stock` and `seen_allocated` are what the maker saw when they wrote `pieces` (by default, what `offer` holds). As many
    pieces as were seen leaves the stock alone; a new number raises ValidationError with code `stock_moved` when it has moved since.
    """
    day = today()
    hold_active_maker(offer.product.maker)
    require_sane_price(price_rial)
    require_import_permit(offer.product)
    forbid_false_seal_words(offer.product, on=day)
    forbid_foreign_goods(offer.product, offer.venue, on=day)
    require_open_venue(offer.venue, on=day, work=offer.product)
    require_not_closed(offer.product, offer.venue, on=day)
    seen = (
        (offer.num_in_stock if seen_stock is None else seen_stock) or 0,
        (offer.num_allocated if seen_allocated is None else seen_allocated) or 0,
    )
    now = StockRecord.objects.select_for_update().get(pk=offer.pk)
    if pieces != max(0, seen[0] - seen[1]):
        require_unmoved_stock(now, seen=seen)
        require_free_piece(now.product, pieces)
        now.num_in_stock = pieces + (now.num_allocated or 0)
    now.price = price_rial
    now.save(update_fields=["price", "num_in_stock", "date_updated"])
    offer.price, offer.num_in_stock, offer.num_allocated = now.price, now.num_in_stock, now.num_allocated
    changed(offer.product)
    return offer


@transaction.atomic
def withdraw_offer(*, offer: StockRecord, because: str) -> StockRecord:
    """Take an offer back. It stays for the orders that name it."""
    offer.withdrawn_at, offer.withdrawn_because = timezone.now(), because
    offer.save(update_fields=["withdrawn_at", "withdrawn_because", "date_updated"])
    tell("offers_withdrawn", offers=[offer], because=because)
    changed(offer.product)
    return offer
