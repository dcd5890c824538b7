"""Events and courses that come with the demo: made up, and marked so. No source of the market names a day of one."""

import json
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Field
from wagtail.fields import StreamField
from wagtail.models import Locale

from cms.models import CityPage, CoursePage, EventCraft, EventPage, Happening
from cms.services import CONTENT
from marketplace.core.clock import today
from marketplace.crafts.models import Craft
from marketplace.makers.models import Maker

KINDS: dict[str, type[Happening]] = {"event": EventPage, "course": CoursePage}


@transaction.atomic
def load_events() -> int:
    """Publish the pages of `content/events/` that are missing, below cities that have a page; returns how many.

    Their days are told from today on (`in_days`), so that the demo is not over when it is loaded late.
    """
    plans = json.loads((CONTENT / "events" / "samples.json").read_text(encoding="utf-8"))
    return sum(_publish(plan, language) for plan in plans for language in ("fa", "en"))


def _publish(plan: dict[str, Any], language: str) -> bool:
    kind, locale = KINDS[plan["kind"]], Locale.objects.get(language_code=language)
    above = CityPage.objects.filter(city__slug=plan["below"], locale=locale).first()
    craft = Craft.objects.filter(name_en=plan["craft"]).first()
    if above is None or craft is None or kind.objects.child_of(above).filter(slug=plan["slug"]).exists():
        return False
    page = kind(slug=plan["slug"], locale=locale, is_demo=True, **_facts(kind, plan, language))
    other = kind.objects.filter(slug=plan["slug"]).exclude(locale=locale).first()
    if other is not None:
        page.translation_key = other.translation_key
    if isinstance(page, CoursePage):
        page.craft = craft
        page.teacher = Maker.objects.filter(city=above.city, is_demo=True, crafts=craft).order_by("pk").first()
    else:
        page.crafts = [EventCraft(craft=craft)]
    above.add_child(instance=page)
    page.save_revision(changed=False).publish()
    return True


def _facts(kind: type[Happening], plan: dict[str, Any], language: str) -> dict[str, Any]:
    """Words of a language, what is the same in both, and days from today on."""
    days = {name: today() + timedelta(days=ahead) for name, ahead in plan["in_days"].items()}
    values = plan.get("both", {}) | plan[language]
    return days | {name: _value(kind._meta.get_field(name), value) for name, value in values.items()}


def _value(field: Field, value: Any) -> Any:
    return field.to_python(json.dumps(value) if isinstance(field, StreamField) else value)
