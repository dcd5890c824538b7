"""What an officer sees of a label in question: its looks as a timeline without names, and what visitors reported."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language

from authenticity.copies import Sight, occasions, refusals
from authenticity.copy_watch import judged_until
from authenticity.doubts import new_doubts
from authenticity.models import Doubt, Passport, Scan
from marketplace.matters.models import Matter

#: Looks that are shown, the last ones.
SHOWN = 60


@dataclass(frozen=True)
class Shown:
    """One sight. Networks and devices are numbered as they first appear; `counts`: it speaks for a copy."""

    at: datetime
    act: Any
    network: int
    device: int
    counts: bool


def passport_of(matter: Matter) -> Passport:
    """The passport that a matter is about."""
    return Passport.objects.select_related("work__craft", "maker__owner").get(pk=matter.subject_id)


def facts_of_copies(matter: Matter) -> dict[str, Any]:
    """The timeline of a label's looks up to the decision, with those that count marked; four queries."""
    passport = passport_of(matter)
    scans = Scan.objects.filter(passport=passport, at__lte=matter.decided_at or timezone.now()).order_by("at", "pk")
    sights = [Sight(*row) for row in scans.values_list("pk", "at", "kind", "place", "device")]
    after = judged_until([passport], before=matter).get(passport.pk)
    counting = {sight.pk for sight in (*occasions(sights, after=after), *refusals(sights, after=after))}
    shown = _numbered(sights, counting)
    return {
        **_of_label(passport),
        "timeline": shown[-SHOWN:][::-1],
        "earlier": max(0, len(shown) - SHOWN),
        "looks": sum(sight.kind == Scan.Kind.LOOKED for sight in sights),
        "networks": len({sight.place for sight in sights}),
        "devices": len({sight.device for sight in sights}),
        "signs": _signs(matter),
        "judged": after,
    }


def _of_label(passport: Passport) -> dict[str, Any]:
    return {
        "passport": passport,
        "work": passport.work,
        "titles_passed": passport.transfers.exclude(accepted_at=None).count(),
        "doubts_ever": Doubt.objects.filter(passport=passport).count(),
    }


def _signs(matter: Matter) -> list[str]:
    language = "en" if (get_language() or "fa").startswith("en") else "fa"
    return [one[f"sentence_{language}"] for one in matter.facts["signals"]]


def _numbered(sights: list[Sight], counting: set[int]) -> list[Shown]:
    acts = dict(Scan.Kind.choices)
    networks: dict[str, int] = {}
    devices: dict[str, int] = {}
    return [
        Shown(
            at=sight.at,
            act=acts[sight.kind],
            network=networks.setdefault(sight.place, len(networks) + 1),
            device=devices.setdefault(sight.device, len(devices) + 1),
            counts=sight.pk in counting,
        )
        for sight in sights
    ]


def facts_of_doubts(matter: Matter) -> dict[str, Any]:
    """What visitors reported about a label, and how often it was seen."""
    passport = passport_of(matter)
    return {
        **_of_label(passport),
        "doubts": new_doubts(passport, matter=matter),
        "looks": Scan.objects.filter(passport=passport, kind=Scan.Kind.LOOKED).count(),
    }


def facts_of_unknown(matter: Matter) -> dict[str, Any]:
    """What visitors reported about a code that no label has, since the first report of this matter."""
    first = Doubt.objects.get(pk=matter.subject_id)
    doubts = Doubt.objects.filter(passport=None, code=first.code, pk__gte=first.pk)
    return {"doubts": doubts.filter(at__lte=matter.decided_at) if matter.decided_at else doubts}
