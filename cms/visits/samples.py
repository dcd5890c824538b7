"""Visits that come with the demo: made up, and marked so."""

import json
from datetime import time
from typing import Any

from wagtail.models import Locale

from cms.models import CityPage, VisitPage, VisitTime
from cms.services import CONTENT
from marketplace.crafts.models import Craft
from marketplace.makers.models import Maker
from marketplace.places.models import Spot


def load_visits() -> int:
    """Publish the pages of `content/visits/` that are missing, where a sample maker works; returns how many. Their dates come with them."""
    plans = json.loads((CONTENT / "visits" / "samples.json").read_text(encoding="utf-8"))
    return sum(_publish(plan, language) for plan in plans for language in ("fa", "en"))


def _publish(plan: dict[str, Any], language: str) -> bool:
    locale = Locale.objects.get(language_code=language)
    above = CityPage.objects.filter(city__slug=plan["below"], locale=locale).first()
    maker = _host(plan) if above else None
    if above is None or maker is None or VisitPage.objects.child_of(above).filter(slug=plan["slug"]).exists():
        return False
    words = plan[language]
    page = VisitPage(
        title=words["title"],
        slug=plan["slug"],
        lead=words["lead"],
        meeting=words["meeting"],
        maker=maker,
        spot=Spot.objects.filter(slug=plan["spot"]).first(),
        languages=plan["languages"],
        minutes=plan["minutes"],
        price_rial=plan["price_rial"],
        locale=locale,
        is_demo=True,
    )
    page.body = VisitPage._meta.get_field("body").to_python(json.dumps(words["body"]))
    other = VisitPage.objects.filter(slug=plan["slug"]).first()
    if other is not None:
        page.translation_key = other.translation_key
    page.times = [
        VisitTime(weekday=one["weekday"], starts=time.fromisoformat(one["starts"]), places=one["places"])
        for one in plan["times"]
    ]
    above.add_child(instance=page)
    page.save_revision(changed=False).publish()
    return True


def _host(plan: dict[str, Any]) -> Maker | None:
    """A sample maker of the city's craft; one who sells, where the visit costs something."""
    craft = Craft.objects.filter(name_en=plan["craft"]).first()
    makers = Maker.objects.filter(city__slug=plan["below"], is_demo=True, crafts=craft)
    if plan["price_rial"]:
        makers = makers.filter(seller__isnull=False)
    return makers.order_by("pk").first()
