"""Going through the looks for copied labels, in the worker: a look itself is one statement and asks nobody.

Guarantees: each look is read once it is settled, by its number; one case waits for a passport; what an officer has judged opens no
second case, later looks may. Nothing here changes a passport: a person decides.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Max, Min
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from authenticity.copies import REFUSED, STRANGERS, Sight, Signs, signs_of_copies
from authenticity.label_cases import COPIED_LABEL, open_label_case, sentences
from authenticity.models import Passport, Scan, ScanWatch
from marketplace.core.refusals import name_of
from marketplace.matters.models import Matter

SECONDS = 60
#: A row with a lower number may still be on its way into the database for so long.
SETTLED = timedelta(seconds=30)
#: Scans read at once.
BATCH = 5000
#: Weight of a case: for each detector at its threshold, for each occasion or person more, and at most.
WEIGHT, WEIGHT_MORE, MOST = 40, 5, 90


def watch_scans() -> list[Matter]:
    """Read the looks since the last time, and open or bring up to date a case for each label that seems to be copied."""
    watch, _new = ScanWatch.objects.get_or_create(pk=1)
    touched: list[Matter] = []
    while settled := _settled(watch.last):
        touched += ask_about(
            {passport for _pk, passport, kind in settled if kind in (Scan.Kind.LOOKED, Scan.Kind.TRIED)}
        )
        watch.last = settled[-1][0]
        watch.save(update_fields=["last"])
    return touched


def _settled(last: int) -> list[tuple[int, int, str]]:
    """The next scans in the order of their numbers, up to the first that is too young."""
    latest, found = timezone.now() - SETTLED, []
    scans = Scan.objects.filter(pk__gt=last).order_by("pk").values_list("pk", "passport", "kind", "at")[:BATCH]
    for pk, passport, kind, at in scans:
        if at > latest:
            break
        found.append((pk, passport, kind))
    return found


def ask_about(passport_ids: Iterable[int]) -> list[Matter]:
    """Work out what speaks for copies of these labels; three queries for any number, and a few more for each case.

    Not asked about: what is out of force (somebody has decided), and labels of batches, which many owners share.
    """
    passports = {
        passport.pk: passport
        for passport in Passport.objects.filter(
            pk__in=set(passport_ids), pieces=1, suspended_on=None, revoked_on=None, voided_on=None
        ).select_related("work", "maker__owner")
    }
    judged, sights = judged_until(passports.values()), sights_of(passports)
    touched = []
    for pk, passport in passports.items():
        if signs := signs_of_copies(sights.get(pk, []), after=judged.get(pk)):
            touched.append(_open(passport, signs))
    return touched


def sights_of(passport_ids: Iterable[int]) -> dict[int, list[Sight]]:
    """The first sight of each kind from each network and device, by passport; one query. A detector counts no second one."""
    firsts = (
        Scan.objects.filter(passport__in=list(passport_ids))
        .order_by()
        .values_list("passport", "kind", "place", "device")
        .annotate(pk_=Min("pk"), at_=Min("at"))
    )
    found: dict[int, list[Sight]] = {}
    for passport, kind, place, device, pk, at in firsts:
        found.setdefault(passport, []).append(Sight(pk, at, kind, place, device))
    return found


def judged_until(passports: Iterable[Passport], *, before: Matter | None = None) -> dict[int, datetime]:
    """Up to when an officer has judged the looks at these labels (in a decision, or in its appeal); one query.

    `before`: only what was judged before that matter was opened.
    """
    ids = {name_of(passport): passport.pk for passport in passports}
    decided = Matter.objects.filter(kind=COPIED_LABEL, subject__in=ids, decided_at__isnull=False)
    if before is not None:
        decided = decided.filter(decided_at__lt=before.opened_at)
    found: dict[int, datetime] = {}
    for subject, first, again in (
        decided.order_by().values_list("subject").annotate(Max("decided_at"), Max("appeal__decided_at"))
    ):
        found[ids[subject]] = max(first, again or first)
    return found


def _open(passport: Passport, signs: Signs) -> Matter:
    told = [_strangers_told(signs), _refused_told(signs)]
    facts = {
        "strangers": len(signs.strangers),
        "refused": len(signs.refused),
        "signals": [one for one in told if one is not None],
    }
    return open_label_case(kind=COPIED_LABEL, passport=passport, weight=_weight(signs), facts=facts, told=_TOLD)


#: What the maker reads when a case opens.
_TOLD = _(
    "An officer was asked to look at your label %(serial)s of “%(work)s”: it was seen in more places than one piece usually is. "
    "Nothing is decided. You can explain it."
)


def _weight(signs: Signs) -> int:
    over = [len(signs.strangers) - STRANGERS, len(signs.refused) - REFUSED]
    return min(MOST, sum(WEIGHT + WEIGHT_MORE * more for more in over if more >= 0))


def _strangers_told(signs: Signs) -> dict[str, Any] | None:
    many = len(signs.strangers)
    if not many:
        return None
    return sentences(
        lambda: ngettext(
            "Since the piece left, its label was seen on %(count)s occasion by people who share neither network nor device "
            "with anyone before them.",
            "Since the piece left, its label was seen on %(count)s occasions, at least three days apart, by people who share "
            "neither network nor device with anyone before them.",
            many,
        ),
        count=many,
    )


def _refused_told(signs: Signs) -> dict[str, Any] | None:
    many = len(signs.refused)
    if not many:
        return None
    return sentences(
        lambda: ngettext(
            "%(count)s person typed a word that is not under this label's scratch field.",
            "%(count)s different people typed a word that is not under this label's scratch field.",
            many,
        ),
        count=many,
    )
