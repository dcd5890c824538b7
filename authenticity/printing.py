"""Sheets of labels as files. The words under the scratch fields stand there and nowhere else: printed, or thirty days old, it goes."""

import secrets
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from authenticity import rules
from authenticity.labels import sheet_pdf
from authenticity.models import LabelSheet, Passport
from authenticity.passports import make_labels
from catalogue.models import Product
from marketplace.core.clock import today
from marketplace.core.jalali import jalali_year_of, year_bounds
from marketplace.crafts.models import CraftGroup
from marketplace.makers.models import Maker

DAYS_KEPT = 30


@dataclass(frozen=True)
class Quota:
    """Labels of a Jalali year in a craft group: pieces the licences cover, and pieces that have one."""

    group: CraftGroup
    capacity: int
    made: int

    @property
    def left(self) -> int:
        """Pieces that may still get a label this year."""
        return max(0, self.capacity - self.made)


def quotas(maker: Maker, *, on: date) -> list[Quota]:
    """A maker's quotas in the Jalali year of a day, in two queries; what `rules.require_label_quota` counts."""
    capacity: dict[CraftGroup, int] = {}
    for licence in maker.licences.valid_on(on).select_related("craft_group").order_by("craft_group__position", "pk"):
        capacity[licence.craft_group] = capacity.get(licence.craft_group, 0) + (licence.pieces_a_year or 0)
    counted = Passport.objects.filter(
        maker=maker, issued_on__range=year_bounds(jalali_year_of(on)), voided_on=None
    ).order_by()
    made = dict(counted.values_list("work__craft__group").annotate(Sum("pieces")))
    return [Quota(group, pieces, made.get(group.pk, 0)) for group, pieces in capacity.items()]


@transaction.atomic
def print_labels(
    *, work: Product, count: int, layout: str, language: str, gtin: str = "", by: Any = None, is_demo: bool = False
) -> LabelSheet:
    """Make labels and their sheet to print, in "fa" or "en". Raises ValidationError as `make_labels` does, or `sheet_size`."""
    rules.require_sheet_size(count)
    sheet, labels = make_labels(work=work, count=count, layout=layout, by=by, gtin=gtin, is_demo=is_demo)
    sheet.file.save(f"{secrets.token_hex(12)}.pdf", ContentFile(sheet_pdf(sheet, labels, language=language)))
    return sheet


@transaction.atomic
def printed_well(*, sheet: LabelSheet) -> LabelSheet:
    """The paper is good: the file goes. Raises ValidationError with code `sheet_gone`."""
    held = LabelSheet.objects.select_for_update().get(pk=sheet.pk)
    rules.require_sheet_kept(bool(held.file))
    held.printed_at = timezone.now()
    _forget(held)
    return held


def _forget(sheet: LabelSheet) -> None:
    storage, name = sheet.file.storage, sheet.file.name
    sheet.file = ""
    sheet.save(update_fields=["file", "printed_at"])
    transaction.on_commit(lambda: storage.delete(name))


def forget_old_sheets() -> int:
    """The worker's part: files of sheets that nobody said were printed. Returns how many went."""
    old = LabelSheet.objects.filter(made_at__lt=timezone.now() - timedelta(days=DAYS_KEPT)).exclude(file="")
    for sheet in old:
        with transaction.atomic():
            _forget(sheet)
    return len(old)


def last_day(sheet: LabelSheet) -> date:
    """The last day on which a sheet's file is kept."""
    return timezone.localtime(sheet.made_at).date() + timedelta(days=DAYS_KEPT)


def year_now() -> int:
    """The Jalali year the quotas speak of."""
    return jalali_year_of(today())
