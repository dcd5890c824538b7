"""A work as the index knows it: a plain dict, the same for both engines, read in batches with a fixed number of queries."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import OuterRef, Prefetch, Subquery
from django.utils.html import strip_tags

from authenticity.models import SealGrant
from authenticity.queries import valid_seals
from catalogue.models import Product, ProductImage
from marketplace.core.clock import today
from marketplace.customs.abroad import exportable_to
from marketplace.customs.codes import code_of, told_code
from marketplace.customs.facts import Facts
from marketplace.customs.services import facts_and_turns
from marketplace.customs.works import item_of
from marketplace.makers.holidays import Break, breaks_of
from marketplace.partner.models import StockRecord
from marketplace.search.bands import measured
from marketplace.search.engines.base import MASTER_VALUE, READY_VALUE
from marketplace.search.keys import newest_key, price_key
from marketplace.search.windows import LAST, holds_on, kept, lawful_windows, merged, next_turn
from marketplace.search.words import index_words, split, stem

#: Works read at once.
BATCH = 500
_ONE_DAY = timedelta(days=1)


def documents(ids: Iterable[int]) -> list[dict]:
    """The documents of those works that may be shown at all; at most BATCH ids at a time, in seven queries."""
    day = today()
    works = list(_works(ids))
    lines = {work.product_line_id for work in works if work.product_line_id}
    seals = valid_seals(works, day)
    begins = _coming_seals(lines, day) if lines else {}
    facts, limits = facts_and_turns(day)
    return [
        _document(
            work,
            seals.get(work.pk, []),
            [begins.get((work.product_line_id, work.maker_id)), *_turns_of_limits(work, limits)],
            day,
            facts,
        )
        for work in works
    ]


def _works(ids: Iterable[int]):
    offers = StockRecord.objects.active().select_related("venue").order_by("price", "id")
    return (
        Product.objects.filter(pk__in=list(ids), parent__isnull=True, is_public=True)
        .filter(maker__isnull=False, craft__isnull=False)
        .with_frame()
        .select_related("technique")
        .annotate(colours=_colours_shown(), hs_told=told_code())
        .prefetch_related(
            Prefetch("materials", to_attr="made_of"),
            Prefetch("stockrecords", offers, to_attr="offers"),
            Prefetch(
                "children",
                Product.objects.filter(is_public=True).prefetch_related(
                    Prefetch("stockrecords", offers, to_attr="offers")
                ),
                to_attr="variants",
            ),
        )
    )


def _colours_shown() -> Subquery:
    """The colours of a work's first picture: the one its card shows."""
    images = ProductImage.objects.filter(product=OuterRef("pk")).order_by("display_order", "id")
    return Subquery(images.values("colours")[:1])


def _coming_seals(lines: set[int], day: date) -> dict[tuple[int, int], date]:
    """(product line, maker) → the next day on which a seal of theirs begins."""
    coming = SealGrant.objects.filter(product_line__in=lines, valid_from__gt=day).order_by("-valid_from")
    return {(line, maker): begins for line, maker, begins in coming.values_list("product_line", "maker", "valid_from")}


def _turns_of_limits(work: Product, limits: list[tuple[Decimal, date]]) -> list[date]:
    """The days to come on which another limit of weight may let a work abroad, or keep it here."""
    return [turn for limit, turn in limits if (work.weight_grams or 0) > limit]


def _document(work: Product, grants: list[SealGrant], begins: list[date | None], day: date, facts: Facts) -> dict:
    offers = [*work.offers, *(offer for child in work.variants for offer in child.offers)]
    domestic_until = work.domestic_until
    windows = [(offer, lawful_windows(offer.venue, domestic_until)) for offer in offers]
    now = [offer for offer, days in windows if holds_on(days, day)]
    sellable = merged(window for _offer, days in windows for window in days)
    seal_ends = [_seal_end(grant) for grant in grants]
    turns = [next_turn(days, day) for _offer, days in windows]
    turns += [end + _ONE_DAY for end in seal_ends if end < LAST] + begins
    turns += _turns_of_breaks(work, day)
    if domestic_until and day <= domestic_until < LAST:
        turns.append(domestic_until + _ONE_DAY)
    price = _price(now, closed={offer.pk for offer in now if _is_closed(work, offer, day)})
    return {
        "id": work.pk,
        **texts((work.title, work.title_en), _names(work), _told(work, now)),
        "fx": sorted({*_facets(work, now, grants, day), *_abroad(work, facts, day)}),
        "sellable": kept(sellable, day),
        "price": price,
        "price_key": price_key(price, work.pk),
        "newest_key": newest_key(work.date_created, work.pk),
        "seal_until": min(seal_ends, default=None),
        "domestic_until": domestic_until,
        "due": min((turn for turn in turns if turn), default=LAST),
    }


def texts(titles: Iterable[str], names: Iterable[str], told: Iterable[str]) -> dict[str, str]:
    """The fields that words are found in: the first word of a title, the title, the names on a work, and everything together."""
    known = [title for title in titles if title]
    title, named = index_words(*known), index_words(*names)
    head = " ".join(dict.fromkeys(form for one in known for form in _first_word(one)))
    return {"head": head, "title": title, "names": named, "text": f"{title} {named} {index_words(*told)}"}


def _first_word(title: str) -> tuple[str, ...]:
    """A title's first word and its stem; a half-spaced one is whole: گلیم‌فرش is no گلیم."""
    word = "".join(split(title.split()[0]))
    return tuple(filter(None, (word, stem(word))))


def _names(work: Product) -> list[str]:
    assert work.craft
    named = [work.maker, work.craft, work.craft.group, *work.made_of]
    if work.craft_city:
        named += [work.craft_city, work.craft_city.province]
    return [name for thing in named for name in (thing.name_fa, thing.name_en)]


def _told(work: Product, offers: list[StockRecord]) -> list[str]:
    """What else a work can be found by: descriptions, technique, the venues where it may be sold."""
    places = {offer.venue_id: offer.venue for offer in offers if offer.venue}
    return [
        strip_tags(work.description or ""),
        strip_tags(work.description_en or ""),
        work.technique_fa,
        work.technique_en,
        *(name for venue in places.values() for name in (venue.name_fa, venue.name_en)),
    ]


def _facets(work: Product, offers: list[StockRecord], grants: list[SealGrant], day: date):
    """Every "facet:value" of a work on the day of indexing."""
    assert work.maker
    assert work.craft
    yield f"group:{work.craft.group.slug}"
    yield f"craft:{work.craft.slug}"
    yield f"maker:{work.maker.slug}"
    yield f"maker_kind:{work.maker.kind}"
    if work.maker.is_master:
        yield MASTER_VALUE
    if work.craft_city:
        yield f"city:{work.craft_city.slug}"
        yield f"province:{work.craft_city.province.slug}"
    for material in work.made_of:
        yield f"material:{material.slug}"
    if work.technique:
        yield f"technique:{work.technique.slug}"
    for family in work.colours or ():
        yield f"colour:{family}"
    for grant in grants:
        yield f"seal:{grant.scheme.slug}"
    for offer in offers:
        if offer.venue:
            yield f"venue:{offer.venue.slug}"
    yield f"origin:{shown_origin(work, day)}"
    if work.one_of_a_kind:
        yield "one_of_a_kind:yes"
    if not work.made_to_order and any(_pieces_left(offer) > 0 and not _rest(work, offer, day) for offer in offers):
        yield READY_VALUE
    leaves = work.maker.break_on(day) is None or any(not _rest(work, offer, day) for offer in offers)
    yield from measured(work, leaves=leaves)


def _abroad(work: Product, facts: Facts, day: date) -> list[str]:
    """Where it may go as it stands, by the code that a person confirmed for what it is made of."""
    assert work.craft
    code = code_of(work.hs_told, craft=work.craft.slug, materials=[material.slug for material in work.made_of])
    item = item_of(work, materials=work.made_of, on=day, hs_code=code)
    return [f"exportable:{region}" for region in exportable_to(item, facts, on=day)]


def _rest(work: Product, offer: StockRecord, day: date) -> Break | None:
    """The break of its maker in which an offer does not leave on a day."""
    assert work.maker
    return work.maker.break_on(day, in_venue=offer.venue_id is not None)


def _is_closed(work: Product, offer: StockRecord, day: date) -> bool:
    rest = _rest(work, offer, day)
    return rest is not None and rest.is_closed


def _turns_of_breaks(work: Product, day: date) -> list[date]:
    """The days to come on which a break of the maker begins or is over."""
    assert work.maker
    days = [turn for each in breaks_of(work.maker.breaks) for turn in (each.first, each.last + _ONE_DAY)]
    return [turn for turn in days if turn > day]


def shown_origin(work: Product, day: date) -> str:
    """The origin a reader is told: one that held and has lapsed is not proven."""
    if work.origin_state == Product.Origin.DOMESTIC and not work.is_domestic_on(day):
        return Product.Origin.UNPROVEN.value
    return str(work.origin_state)


def _price(offers: list[StockRecord], *, closed: Collection[int] = ()) -> int | None:
    """The lowest price in rial, of what is in stock before what is not; None where nothing has a price.

    What is in stock but `closed` because its maker rests comes after what can be bought.
    """
    priced = [(offer, int(offer.price)) for offer in offers if offer.price is not None]
    at_hand = [pair for pair in priced if _pieces_left(pair[0]) > 0]
    bought = [pair for pair in at_hand if pair[0].pk not in closed]
    return min((rial for _offer, rial in bought or at_hand or priced), default=None)


def _pieces_left(offer: StockRecord) -> int:
    return (offer.num_in_stock or 0) - (offer.num_allocated or 0)


def _seal_end(grant: SealGrant) -> date:
    """The last day a grant is in force."""
    if grant.revoked_on is None:
        return grant.valid_until
    return min(grant.valid_until, grant.revoked_on - _ONE_DAY)
