"""A maker's labels at the desk: sheets, each made once, and the state of every label."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Q, QuerySet

from authenticity.labels import card_pdf
from authenticity.models import LabelSheet, Passport
from authenticity.passports import state_of
from authenticity.printing import print_labels
from authenticity.queries import valid_seals
from authenticity.rules import require_in_force
from marketplace.desks.models import SentForm
from marketplace.makers.models import Maker


@dataclass(frozen=True)
class LabelRow:
    """A label with the word for its state, and whether it can still be voided."""

    passport: Passport
    state: str
    may_void: bool


def sheets_of(maker: Maker) -> QuerySet[LabelSheet]:
    """A maker's own sheets, the last first, with how many labels each has, and how many are void."""
    void = Count("passports", filter=Q(passports__voided_on__isnull=False))
    sheets = LabelSheet.objects.filter(maker=maker).select_related("work")
    return sheets.annotate(labels=Count("passports"), void=void).order_by("-pk")


def labels_of(maker: Maker) -> QuerySet[Passport]:
    """A maker's own labels."""
    return Passport.objects.filter(maker=maker).select_related("work__craft", "work__city", "maker")


def rows_of(passports: list[Passport], *, on: date) -> list[LabelRow]:
    """Labels for a table, without a query."""
    rows = []
    for one in passports:
        used = one.activated_at or one.dispatched_at or one.voided_on
        rows.append(LabelRow(one, state_of(one, on=on).value, not used))
    return rows


@transaction.atomic
def make_sheet_once(*, maker: Maker, token: UUID, by: Any, **wanted: Any) -> LabelSheet:
    """Make a sheet; a second press finds the first one's. Raises ValidationError as `print_labels` does."""
    sent, new = SentForm.objects.get_or_create(maker=maker, token=token)
    if not new:
        return LabelSheet.objects.get(pk=sent.made_id, maker=maker)
    sheet = print_labels(by=by, is_demo=maker.is_demo, **wanted)
    sent.made_id = sheet.pk
    sent.save(update_fields=["made_id"])
    return sheet


def card_of(passport: Passport, *, on: date) -> bytes:
    """The certificate card with the seals of the day. Raises ValidationError with code `passport_not_in_force`."""
    require_in_force(passport, on=on)
    return card_pdf(passport, valid_seals([passport.work], on).get(passport.work_id, []))
