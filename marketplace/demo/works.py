"""Sample works, listed through the same services as everyone's; `work_code` tells one from another at the next run."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from django.db import transaction
from django.utils import timezone

from catalogue import techniques
from catalogue.models import ImportPermit, Material, Product, ProductLine, Technique
from catalogue.rules import HOME_COUNTRY
from marketplace.bazaars.models import Venue
from marketplace.core.clock import today
from marketplace.crafts.models import Craft
from marketplace.demo.people import demo_number, slug_of
from marketplace.demo.plan import Words, WorkPlan, plan_work
from marketplace.listing.origins import register_import_permit
from marketplace.listing.services import create_work, move_offer, offer_in_venue
from marketplace.makers.models import Maker

_BATCH = 50
BLADE_CRAFT, _BLADE_PERCENT = "Knife making", 60
#: A venue asks a little more than the workshop.
_VENUE_PERCENT = 108


def work_code(number: int) -> str:
    """What marks the demo's work of this number, in Oscar's unique `upc`."""
    return f"demo-{number:06d}"


def number_of(code: str) -> int:
    """The number that `work_code` made a code of."""
    return int(code.removeprefix("demo-"))


class Shelf:
    """What works refer to, read once."""

    @cached_property
    def makers(self) -> dict[str, Maker]:
        return {
            m.slug: m for m in Maker.objects.filter(is_demo=True).select_related("city").prefetch_related("licences")
        }

    @cached_property
    def crafts(self) -> dict[str, Craft]:
        return {craft.name_en: craft for craft in Craft.objects.select_related("group")}

    @cached_property
    def materials(self) -> dict[str, Material]:
        return {material.name_en: material for material in Material.objects.all()}

    @cached_property
    def lines(self) -> dict[tuple[int, int], ProductLine]:
        lines = ProductLine.objects.filter(maker__is_demo=True)
        return {(line.maker_id, line.craft_id): line for line in lines}

    def technique(self, words: Words) -> Technique | None:
        """The technique of some words, asked for once."""
        if words not in self._techniques:
            self._techniques[words] = techniques.named(words.fa, words.en)
        return self._techniques[words]

    @cached_property
    def _techniques(self) -> dict[Words, Technique | None]:
        return {}

    def permit(self, maker: Maker, country: str) -> ImportPermit | None:
        """The sample permit under which a maker's goods of a country were imported; none for Iranian ones."""
        if country in ("", HOME_COUNTRY):
            return None
        if (maker.pk, country) not in self._permits:
            self._permits[maker.pk, country] = _permit(maker, country)
        return self._permits[maker.pk, country]

    @cached_property
    def _permits(self) -> dict[tuple[int, str], ImportPermit]:
        return {(permit.maker_id, permit.country): permit for permit in ImportPermit.objects.filter(is_demo=True)}

    @cached_property
    def venues(self) -> dict[int, list[Venue]]:
        """Open venues by province: works are offered near where they are made."""
        by_province: dict[int, list[Venue]] = {}
        for venue in Venue.objects.open_on(today()).select_related("city"):
            by_province.setdefault(venue.city.province_id, []).append(venue)
        return by_province


def _permit(maker: Maker, country: str) -> ImportPermit:
    number = demo_number(700 + maker.pk % 100)
    facts = {"goods": "نمونه", "is_demo": True, "state": ImportPermit.State.CHECKED}
    return register_import_permit(
        maker=maker, number=f"{number}-{country}", country=country, issued_on=today() - timedelta(days=120), **facts
    )


def missing_numbers(works: int) -> list[int]:
    """Numbers of the demo's works that are not there yet."""
    there = set(Product.objects.filter(upc__startswith="demo-").values_list("upc", flat=True))
    return [number for number in range(1, works + 1) if work_code(number) not in there]


def make_works(numbers: list[int], progress: Callable[[int], None]) -> None:
    """List the works of these numbers, in transactions of fifty; `progress` hears how many more are done."""
    shelf = Shelf()
    for start in range(0, len(numbers), _BATCH):
        batch = numbers[start : start + _BATCH]
        with transaction.atomic():
            made = [_make_work(plan_work(number), shelf) for number in batch]
            Product.objects.bulk_update(made, ["upc", "date_created"])
        progress(len(batch))


#: Letters of a buyer's own text on sample works that are made to order.
PERSONAL_MOST = 24


def description(plan: WorkPlan) -> tuple[str, str]:
    """What the page says of a sample work, Persian and English."""
    fa = [f"{plan.kind_of_thing.fa}، کار {plan.maker.name.fa}."]
    en = [f"{plan.kind_of_thing.en} by {plan.maker.name.en}."]
    if plan.technique.fa:
        fa.append(f"شیوهٔ کار: {plan.technique.fa}.")
        en.append(f"Technique: {plan.technique.en}.")
    fa.append("این اثر نمونه است و برای نشان‌دادن بازار ساخته شده است.")
    en.append("This is a sample work, made to show the market.")
    return " ".join(fa), " ".join(en)


def facts(plan: WorkPlan, shelf: Shelf) -> dict[str, Any]:
    """What `create_work` is told of a sample work."""
    maker, craft = shelf.makers[slug_of(plan.maker)], shelf.crafts[plan.craft_en]
    about_fa, about_en = description(plan)
    permit = shelf.permit(maker, plan.country)
    return {
        "maker": maker,
        "craft": craft,
        "title_fa": plan.title.fa,
        "title_en": plan.title.en,
        "description_fa": about_fa,
        "description_en": about_en,
        "origin_country": plan.country,
        "one_of_a_kind": plan.one_of_a_kind,
        "made_to_order": plan.made_to_order,
        "lead_days": plan.lead_days,
        "materials": tuple(shelf.materials[name] for name in plan.materials),
        "technique_fa": plan.technique.fa,
        "technique_en": plan.technique.en,
        "length_mm": plan.length_mm,
        "width_mm": plan.width_mm,
        "height_mm": plan.height_mm,
        "weight_grams": plan.weight_grams,
        "blade_mm": _blade_mm(plan),
        "hours": plan.hours,
        "personal_most": PERSONAL_MOST if plan.made_to_order else 0,
        "personal_hint_fa": "نمونه: سازنده نام یا جمله‌ای کوتاه را در گوشهٔ اثر می‌آورد." if plan.made_to_order else "",
        "personal_hint_en": "Sample: the maker puts a name or a short line in a corner of it."
        if plan.made_to_order
        else "",
        "import_permit": permit,
        "product_line": None if permit else shelf.lines.get((maker.pk, craft.pk)),
        "is_demo": True,
    }


def _blade_mm(plan: WorkPlan) -> int | None:
    """The edge of a sample knife: the rest of its length is its handle."""
    if plan.craft_en != BLADE_CRAFT or not plan.length_mm:
        return None
    return plan.length_mm * _BLADE_PERCENT // 100


def listed_at(number: int) -> datetime:
    """Works were listed one after another through the last year, the first numbers last."""
    return timezone.now() - timedelta(hours=number * 13 % 8760)


def _make_work(plan: WorkPlan, shelf: Shelf) -> Product:
    work = create_work(**facts(plan, shelf), price_rial=plan.price_rial, pieces=plan.pieces)
    venue = venue_nearby(work, plan, shelf)
    if venue is not None and plan.pieces == 1:
        move_offer(offer=work.stockrecords.get(), venue=venue)
    elif venue is not None:
        offer_in_venue(work=work, venue=venue, price_rial=venue_price(plan), pieces=max(1, plan.pieces // 2))
    work.upc, work.date_created = work_code(plan.number), listed_at(plan.number)
    return work


def venue_price(plan: WorkPlan) -> int:
    """Rial, rounded down to ten thousand toman, never below the workshop's."""
    return max(plan.price_rial, plan.price_rial * _VENUE_PERCENT // 100 // 100_000 * 100_000)


def venue_nearby(work: Product, plan: WorkPlan, shelf: Shelf) -> Venue | None:
    """A venue of the maker's province for a work that wants one and may stand there; a unique work moves to it."""
    day = today()
    assert work.maker
    nearby = [
        venue
        for venue in shelf.venues.get(work.maker.city.province_id, [])
        if not venue.is_bound_on(day) or work.is_domestic_on(day)
    ]
    return nearby[plan.number % len(nearby)] if plan.wants_venue and nearby else None
