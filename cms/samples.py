"""Pages that come with the market beside the cities: one of each type, true to the sources, or marked as demo in their own words."""

import json
from typing import Any

from django.db import transaction
from wagtail.models import Locale, Page

from cms import models
from cms.models import CityPage, FormField, FormPage, HomePage, MarketPage
from cms.services import CONTENT
from marketplace.bazaars.models import Venue
from marketplace.crafts.models import Craft
from marketplace.makers.models import Maker

KINDS: dict[str, type[MarketPage]] = {
    name: getattr(models, name)
    for name in ("ArticlePage", "NewsPage", "StoryPage", "FormPage", "CraftPage", "BazaarPage", "PlainPage")
}


@transaction.atomic
def load_pages() -> int:
    """Publish the pages of `content/pages/` that are missing, where what they speak of exists; returns how many."""
    plans = json.loads((CONTENT / "pages" / "pages.json").read_text(encoding="utf-8"))
    return sum(_publish(plan, language) for plan in plans for language in ("fa", "en"))


def _publish(plan: dict[str, Any], language: str) -> bool:
    kind, words, locale = KINDS[plan["type"]], plan[language], Locale.objects.get(language_code=language)
    parent, facts = _parent(plan["below"], locale), _facts(plan)
    if parent is None or facts is None or kind.objects.filter(slug=plan["slug"], locale=locale).exists():
        return False
    page = kind(
        title=words["title"], slug=plan["slug"], lead=words["lead"], locale=locale, **facts, **plan.get("more", {})
    )
    other = kind.objects.filter(slug=plan["slug"]).first()
    if other is not None:
        page.translation_key = other.translation_key
    page.body = kind._meta.get_field("body").to_python(json.dumps(words.get("body", [])))
    if isinstance(page, FormPage):
        page.thanks = words["thanks"]
        page.form_fields = [
            FormField(label=label, field_type="singleline", sort_order=order, locale=locale)
            for order, label in enumerate(words["fields"])
        ]
    parent.add_child(instance=page)
    page.save_revision(changed=False).publish()
    return True


def _parent(city: str, locale: Locale) -> Page | None:
    if city:
        return CityPage.objects.filter(city__slug=city, locale=locale).first()
    return HomePage.objects.filter(locale=locale).first()


def _facts(plan: dict[str, Any]) -> dict[str, Any] | None:
    """What the page speaks of; None where the market does not know it."""
    facts: dict[str, Any] = {}
    if "craft" in plan:
        facts["craft"] = Craft.objects.filter(name_en=plan["craft"]).first()
    if "venue" in plan:
        facts["venue"] = Venue.objects.filter(slug=plan["venue"]).first()
    if "maker" in plan:
        facts["maker"] = (
            Maker.objects.filter(city__slug=plan["below"], is_demo=True).order_by("-is_master", "pk").first()
        )
    return None if None in facts.values() else facts
