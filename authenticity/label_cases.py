"""Opening a case about a label: one that waits for each kind, its maker told once, its signs kept in both languages."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from authenticity.models import Passport
from marketplace.core.notices import notify
from marketplace.core.persian import group_digits
from marketplace.core.refusals import name_of
from marketplace.matters.models import Matter
from marketplace.matters.services import open_matter

#: Kinds of matters: a label that seems to be copied, one that a visitor doubts, a doubt about a code that no label has.
COPIED_LABEL, DOUBT, UNKNOWN_LABEL = "copied_label", "doubt", "doubt_unknown"


@transaction.atomic
def open_label_case(*, kind: str, passport: Passport, weight: int, facts: dict[str, Any], told: Any) -> Matter:
    """Open the one matter of a kind that waits about a label and tell its maker (`told`: with `serial`, `work`), or bring it up to date."""
    held = Passport.objects.select_for_update().get(pk=passport.pk)
    serial = left_to_right(passport.serial)
    waits = Matter.objects.filter(kind=kind, subject=name_of(held)).waiting().exists()
    matter = open_matter(
        kind=kind,
        subject=held,
        maker=passport.maker,
        title=lambda: _("Label %(serial)s of “%(work)s”") % {"serial": serial, "work": passport.work.name},
        weight=weight,
        facts=facts,
        is_demo=passport.is_demo,
    )
    if not waits:
        notify(
            users=[passport.maker.owner],
            kind="matter",
            sentence=told,
            params={"serial": serial, "work": lambda: passport.work.name},
            link=reverse("desks:matter", args=[matter.pk]),
        )
    return matter


def left_to_right(code: str) -> str:
    """A number or code as plain text that keeps its order in a Persian sentence."""
    return f"\u2066{code}\u2069"


def sentences(sentence: Callable[[], str], *, count: int) -> dict[str, Any]:
    """A sign as a matter's pages read it: a sentence with its `count`, in both languages."""
    return {f"sentence_{language}": _in(language, sentence, count) for language in ("fa", "en")}


def _in(language: str, sentence: Callable[[], str], count: int) -> str:
    with override(language):
        return sentence() % {"count": group_digits(count, language=language)}
