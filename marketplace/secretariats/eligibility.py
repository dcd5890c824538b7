"""The dated rules of who may be secretary, and which of them is in force on a day."""

import json
from datetime import date
from pathlib import Path

from marketplace.secretariats.models import EligibilityRule

SOURCE = Path(__file__).parent / "data" / "eligibility.json"


def load_rules() -> int:
    """Add the rules of the sources that are missing; a day that an officer set stays. Returns how many were added."""
    there = set(EligibilityRule.objects.values_list("code", flat=True))
    told = [one for one in json.loads(SOURCE.read_text(encoding="utf-8")) if one["code"] not in there]
    EligibilityRule.objects.bulk_create(_rule(one) for one in told)
    return len(told)


def _rule(told: dict) -> EligibilityRule:
    names = {"title_fa": told["name_fa"], "title_en": told["name_en"]}
    rest = {key: value for key, value in told.items() if not key.startswith("name_")}
    rest["since"] = date.fromisoformat(told["since"]) if told["since"] else None
    return EligibilityRule(**names, **rest)


def rule_on(day: date) -> EligibilityRule | None:
    """The rule in force on a day: the one that began last. Before the first of them none is known."""
    return EligibilityRule.objects.filter(since__lte=day).order_by("-since", "-pk").first()
