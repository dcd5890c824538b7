"""Sample makers with their licences and product lines."""

from datetime import timedelta
from random import Random

from django.utils.text import slugify

from catalogue.models import ProductLine
from marketplace.core.clock import today
from marketplace.core.persian import to_persian_digits
from marketplace.crafts.models import Craft
from marketplace.demo.accounts import ARTISAN, user_of
from marketplace.demo.plan import MakerPlan, makers
from marketplace.makers.models import Maker, ProductionLicence
from marketplace.places.models import City

#: The demo's artisan works in this workshop of Sirjan.
OWNED_BY_ARTISAN = 1
#: Pieces a year that the artisan's sample licence covers, so that the demo's artisan can make labels.
PIECES_A_YEAR = 120


def slug_of(plan: MakerPlan) -> str:
    return slugify(plan.name.en)


def demo_number(number: int) -> str:
    """A licence's or certificate's number that no office ever gave: «نمونه-۱۲۳»."""
    return f"نمونه-{to_persian_digits(number)}"


#: Sample makers wrap gifts for so much a piece, at no charge, or not at all.
WRAP_RIAL = (800_000, 500_000, None, 0)


def make_makers() -> int:
    """Add the sample makers that are missing. Returns how many."""
    there = set(Maker.objects.filter(is_demo=True).values_list("slug", flat=True))
    missing = [plan for plan in makers() if slug_of(plan) not in there]
    cities = {city.name_en: city for city in City.objects.all()}
    crafts = {craft.name_en: craft for craft in Craft.objects.select_related("group")}
    for plan in missing:
        _make_maker(plan, cities[plan.city_en], [crafts[name] for name in plan.crafts])
    return len(missing)


def _make_maker(plan: MakerPlan, city: City, crafts: list[Craft]) -> None:
    maker = Maker.objects.create(
        slug=slug_of(plan),
        name_fa=plan.name.fa,
        name_en=plan.name.en,
        kind=plan.kind,
        is_master=plan.is_master,
        city=city,
        owner=user_of(ARTISAN) if plan.number == OWNED_BY_ARTISAN else None,
        story_fa=_story_fa(plan, city, crafts),
        story_en=_story_en(plan, city, crafts),
        gift_wrap_rial=WRAP_RIAL[plan.number % len(WRAP_RIAL)],
        is_demo=True,
    )
    maker.crafts.set(crafts)
    if plan.is_licensed:
        _licences(plan, maker, crafts)
    if plan.works:
        ProductLine.objects.bulk_create(
            ProductLine(
                maker=maker,
                craft=craft,
                name_fa=f"{craft.name_fa} {city.name_fa}",
                name_en=f"{craft.name_en}, {city.name_en}",
            )
            for craft in crafts
        )


def _story_fa(plan: MakerPlan, city: City, crafts: list[Craft]) -> str:
    names = "، ".join(craft.name_fa for craft in crafts)
    return f"سازنده‌ای نمونه در {city.name_fa}، برای نشان‌دادن بازار. رشته‌ها: {names}. هیچ شخص یا کارگاه واقعی پشت این نام نیست."


def _story_en(plan: MakerPlan, city: City, crafts: list[Craft]) -> str:
    names = ", ".join(craft.name_en for craft in crafts)
    return f"A sample maker in {city.name_en}, made to show the market. Crafts: {names}. No real person or workshop bears this name."


def _licences(plan: MakerPlan, maker: Maker, crafts: list[Craft]) -> None:
    """One licence a craft group, in force around today; one in twelve ends within weeks."""
    chance = Random(f"rasteh licence {plan.number}")
    kind = ProductionLicence.Kind.INDIVIDUAL if plan.kind == Maker.Kind.PERSON else ProductionLicence.Kind.WORKSHOP
    groups = {craft.group_id: craft.group for craft in crafts}
    for place, group in enumerate(groups.values()):
        ends_soon = plan.number % 12 == 0
        issued = today() - timedelta(days=chance.randint(120, 600))
        ProductionLicence.objects.create(
            maker=maker,
            kind=kind,
            craft_group=group,
            number=demo_number(1000 + plan.number * 10 + place),
            issued_on=issued,
            expires_on=today() + timedelta(days=chance.randint(10, 40) if ends_soon else chance.randint(120, 650)),
            pieces_a_year=PIECES_A_YEAR if plan.number == OWNED_BY_ARTISAN else None,
            is_demo=True,
        )
