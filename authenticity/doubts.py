"""Doubts that visitors report: kept as they were sent, and put to the officers; many about one label are one question."""

import secrets
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from authenticity.codes import in_groups, read_code
from authenticity.label_cases import DOUBT, UNKNOWN_LABEL, left_to_right, open_label_case, sentences
from authenticity.models import Doubt, Passport
from marketplace.core.refusals import name_of
from marketplace.matters.models import Matter
from marketplace.matters.services import open_matter

#: Weight of one doubt, of each further one, and at most.
WEIGHT, WEIGHT_MORE, MOST = 20, 10, 80
_TOLD = gettext_lazy(
    "A visitor reported a doubt about your label %(serial)s of “%(work)s”; an officer will look at it. Nothing is decided."
)


@transaction.atomic
def report_doubt(*, code: str, text: str, contact: str = "", photo: bytes | None = None) -> Doubt:
    """Keep a doubt and open its matter, or join the one that waits. `code`: as it was read; `photo`: a WebP, kept in private."""
    passport = Passport.objects.select_related("work", "maker__owner").filter(code=read_code(code)).first()
    doubt = Doubt(passport=passport, code=code[:120], text=text, contact=contact)
    if photo is not None:
        doubt.photo.save(f"{secrets.token_hex(12)}.webp", ContentFile(photo), save=False)
    doubt.save()
    if passport is None:
        _ask_about_unknown(doubt)
    else:
        _ask_about_label(passport)
    return doubt


def _ask_about_label(passport: Passport) -> Matter:
    many = len(new_doubts(passport))
    return open_label_case(
        kind=DOUBT,
        passport=passport,
        weight=min(MOST, WEIGHT + WEIGHT_MORE * (many - 1)),
        facts={"doubts": many, "signals": [_told_to_maker(many)]},
        told=_TOLD,
    )


def new_doubts(passport: Passport, *, matter: Matter | None = None) -> list[Doubt]:
    """Doubts since the last decision about them, the last first; for a matter: those it is about."""
    doubts, decided = (
        Doubt.objects.filter(passport=passport),
        Matter.objects.filter(kind=DOUBT, subject=name_of(passport)),
    )
    if matter is not None:
        decided = decided.filter(pk__lt=matter.pk)
        doubts = doubts.filter(at__lte=matter.decided_at) if matter.decided_at else doubts
    last = decided.exclude(decided_at=None).order_by("-decided_at").values_list("decided_at", flat=True).first()
    return list(doubts.filter(at__gt=last) if last else doubts)


def _told_to_maker(many: int) -> dict[str, Any]:
    """What a maker may know: that, and how often. Who reported, and their words and photos, are for officers."""
    return sentences(
        lambda: ngettext(
            "%(count)s visitor reported a doubt about this label.",
            "%(count)s visitors reported a doubt about this label.",
            many,
        ),
        count=many,
    )


def _ask_about_unknown(doubt: Doubt) -> None:
    """A code that no label has, doubted again, is the same question while it waits."""
    same = Doubt.objects.filter(passport=None, code=doubt.code).order_by("pk")
    waiting = Matter.objects.filter(kind=UNKNOWN_LABEL, subject__in=[name_of(one) for one in same]).waiting().first()
    many = same.filter(pk__gte=waiting.subject_id).count() if waiting else 1
    open_matter(
        kind=UNKNOWN_LABEL,
        subject=same.get(pk=waiting.subject_id) if waiting else doubt,
        maker=None,
        title=lambda: _("Unknown code: %(code)s") % {"code": _for_the_eye(doubt.code)},
        weight=min(MOST, WEIGHT + WEIGHT_MORE * (many - 1)),
        facts={"doubts": many},
    )


def _for_the_eye(typed: str) -> str:
    """A code in groups that a narrow page can break; of what is none, the beginning."""
    code = read_code(typed)
    return left_to_right(in_groups(code).replace("-", " ") if code else typed[:30])
