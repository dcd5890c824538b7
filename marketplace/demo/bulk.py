"""Sample works by the thousand, in few statements. The origin comes from the same rule, and the database holds the rest.

For measuring only: what `works.make_works` does through the services, this does a hundred times faster, and a test compares them.
"""

from collections.abc import Callable

from django.db import transaction
from oscar.core.utils import slugify

from catalogue.models import Product, ProductCategory, ProductClass
from catalogue.rules import declared_origin
from marketplace.bazaars.models import Venue
from marketplace.core import outbox
from marketplace.core.clock import today
from marketplace.demo.plan import WorkPlan, plan_work
from marketplace.demo.works import Shelf, facts, listed_at, venue_nearby, venue_price, work_code
from marketplace.listing.oscar_parts import category_of, product_class, seller_of
from marketplace.listing.withdrawals import WORK_CHANGED
from marketplace.partner.models import Partner, StockRecord

_BATCH = 1000
#: Of more works than these the outbox is not told: the index is built anew then, which is swifter than change by change.
MOST_TOLD = 50_000


def make_many(numbers: list[int], progress: Callable[[int], None]) -> None:
    """List the works of these numbers, a thousand at a time; `progress` hears how many more are done."""
    shelf = Shelf()
    for start in range(0, len(numbers), _BATCH):
        batch = [plan_work(number) for number in numbers[start : start + _BATCH]]
        with transaction.atomic():
            _make_batch(batch, shelf, told=len(numbers) <= MOST_TOLD)
        progress(len(batch))


def _make_batch(plans: list[WorkPlan], shelf: Shelf, *, told: bool) -> None:
    read = [facts(plan, shelf) for plan in plans]
    materials = [fact.pop("materials") for fact in read]
    kind = product_class()
    works = Product.objects.bulk_create(
        [_work(plan, fact, kind, shelf) for plan, fact in zip(plans, read, strict=True)], batch_size=200
    )
    for plan, work in zip(plans, works, strict=True):
        work.date_created = listed_at(plan.number)
    Product.objects.bulk_update(works, ["date_created"], batch_size=200)
    uses = Product.materials.through
    uses.objects.bulk_create(
        uses(product_id=work.pk, material_id=material.pk)
        for work, used in zip(works, materials, strict=True)
        for material in used
    )
    categories = {craft: category_of(craft) for craft in {work.craft for work in works}}
    ProductCategory.objects.bulk_create(
        ProductCategory(product=work, category=categories[work.craft]) for work in works
    )
    sellers = {maker: seller_of(maker) for maker in {work.maker for work in works}}
    StockRecord.objects.bulk_create(
        offer
        for plan, work in zip(plans, works, strict=True)
        for offer in _offers(plan, work, sellers[work.maker], venue_nearby(work, plan, shelf))
    )
    if told:
        outbox.post_many(WORK_CHANGED, (work.pk for work in works))


def _work(plan: WorkPlan, fact: dict, class_of_works: ProductClass, shelf: Shelf) -> Product:
    fact["technique"] = shelf.technique(plan.technique)
    fact["title"], fact["description"] = fact.pop("title_fa"), fact.pop("description_fa")
    work = Product(
        **fact,
        structure=Product.STANDALONE,
        product_class=class_of_works,
        city=fact["maker"].city,
        upc=work_code(plan.number),
        slug=slugify(plan.title.fa),
        is_public=True,
    )
    origin = declared_origin(
        country=plan.country, craft=fact["craft"], licences=fact["maker"].licences.all(), on=today()
    )
    work.origin_state, work.origin_basis, work.domestic_until = origin.state, origin.basis, origin.until
    return work


def _offers(plan: WorkPlan, work: Product, seller: Partner, venue: Venue | None) -> list[StockRecord]:
    """In the workshop, and in a venue beside it; a unique work stands in one of the two."""
    places = [(None, plan.price_rial, plan.pieces)]
    if venue is not None and plan.pieces == 1:
        places = [(venue, plan.price_rial, 1)]
    elif venue is not None:
        places.append((venue, venue_price(plan), max(1, plan.pieces // 2)))
    return [
        StockRecord(
            product=work,
            partner=seller,
            partner_sku=f"W{work.pk}-V{place.pk if place else 0}-{nth}",
            price_currency="IRR",
            price=price,
            num_in_stock=pieces,
            venue=place,
        )
        for nth, (place, price, pieces) in enumerate(places, 1)
    ]
