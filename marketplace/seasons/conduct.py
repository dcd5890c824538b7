"""Rounds, findings, measures and refusals of a span, counted."""

import re
from collections import Counter
from typing import Any

from django.db.models import CharField, Count, F, QuerySet, Value
from django.db.models.functions import Cast
from django.utils.translation import override

from marketplace.bazaars.models import Venue
from marketplace.bazaars.rules import SENTENCES
from marketplace.core.models import Refusal
from marketplace.core.refusals import name_of
from marketplace.rounds.models import Finding, Measure, Round, Visit
from marketplace.seasons.spans import Span

#: The reason of a refusal whose sentence is none that the rule says today.
UNKNOWN = "unknown"


def rounds_of(venue: Venue, span: Span) -> dict[str, Any]:
    """Rounds begun, stalls looked at, findings by what they are about, steps by kind, decisions by outcome. One query."""
    first, last = span.first, span.last
    after, before = span.hours
    begun = Round.objects.filter(venue=venue, on__gte=first, on__lte=last)
    seen = Visit.objects.filter(round__venue=venue, done_at__gte=after, done_at__lt=before)
    found = Finding.objects.filter(lease__stall__venue=venue, found_on__gte=first, found_on__lte=last)
    steps = Measure.objects.filter(lease__stall__venue=venue, given_on__gte=first, given_on__lte=last)
    decided = steps.filter(kind=Measure.Kind.DECISION)
    rows = _counts(begun, "rounds").union(
        _counts(seen, "visits"),
        _counts(found, "findings", F("about")),
        _counts(steps, "measures", F("kind")),
        _counts(decided, "decisions", F("outcome")),
        all=True,
    )
    counted: dict[str, dict[str, int]] = {}
    for of, code, number in rows:
        counted.setdefault(of, {})[code] = number
    told = {name: dict(sorted(counted.get(name, {}).items())) for name in ("findings", "measures", "decisions")}
    return {name: counted.get(name, {}).get("", 0) for name in ("rounds", "visits")} | told


def _counts(rows: QuerySet[Any], of: str, code: Any = None) -> QuerySet[Any]:
    """(of, code, how many)."""
    named = rows.order_by().annotate(
        of=Value(of, output_field=CharField()), code=Cast(code or Value(""), CharField(max_length=16))
    )
    return named.values("of", "code").annotate(number=Count("pk")).values_list("of", "code", "number")


def refusals_of(venue: Venue, span: Span) -> list[dict[str, Any]]:
    """What rules refused in the venue, by rule and reason, who tried told apart. One query."""
    after, before = span.hours
    tries = Refusal.objects.filter(place=name_of(venue), at__gte=after, at__lt=before)
    rows = tries.order_by().values_list("code", "sentence_en", "by_seller").annotate(times=Count("pk"))
    with override("en"):
        known = {reason: _pattern(str(sentence)) for reason, sentence in SENTENCES.items()}
    counted: dict[tuple[str, str], Counter[bool]] = {}
    for code, sentence, by_seller, times in rows:
        reason = reason_of(sentence, known) if code == "foreign_goods" else ""
        counted.setdefault((code, reason), Counter())[by_seller] += times
    return [
        {"code": code, "reason": reason, "sellers": times[True], "buyers": times[False], "times": times.total()}
        for (code, reason), times in sorted(counted.items())
    ]


def reason_of(sentence: str, known: dict[str, re.Pattern[str]]) -> str:
    """Why a work was not domestic. A refusal keeps its sentence alone, so the reason is read from the rule's own sentences."""
    return next((reason for reason, pattern in known.items() if pattern.fullmatch(sentence)), UNKNOWN)


def _pattern(sentence: str) -> re.Pattern[str]:
    parts = re.split(r"%\(\w+\)s", sentence)
    return re.compile(".*".join(re.escape(part) for part in parts), re.DOTALL)
