"""A maker's break is told, and ended early: its row, the copy that every sale reads on the maker, and the index go together."""

from datetime import date

from django.db import transaction

from catalogue.models import Product
from marketplace.core import outbox
from marketplace.core.clock import today
from marketplace.listing.withdrawals import WORK_CHANGED
from marketplace.makers.holidays import ONE_DAY
from marketplace.makers.models import Holiday, Maker
from marketplace.makers.rules import require_days_of_holiday, require_not_over, require_own_days


@transaction.atomic
def tell_holiday(
    maker: Maker, *, first: date, last: date, way: str, words_fa: str, words_en: str = "", in_venues: bool = False
) -> Holiday:
    """Write a break down. Raises ValidationError (see `makers.rules`) and changes nothing."""
    held = Maker.objects.select_for_update().get(pk=maker.pk)
    require_days_of_holiday(first, last, on=today())
    require_own_days(first, last, held.holidays.all())
    holiday = Holiday.objects.create(
        maker=held, first=first, last=last, way=way, in_venues=in_venues, words_fa=words_fa, words_en=words_en
    )
    _copy(held)
    return holiday


@transaction.atomic
def end_holiday(holiday: Holiday) -> None:
    """End a break now: one that did not begin before today goes, another ended yesterday. Days promised in paid orders stay.

    Raises ValidationError with code `over` and changes nothing.
    """
    held = Maker.objects.select_for_update().get(pk=holiday.maker_id)
    kept = held.holidays.filter(pk=holiday.pk).first()
    if kept is None:
        return
    require_not_over(kept, on=today())
    if kept.first >= today():
        kept.delete()
    else:
        kept.last = today() - ONE_DAY
        kept.save(update_fields=["last"])
    _copy(held)


def _copy(maker: Maker) -> None:
    maker.breaks = [each.rest.as_kept() for each in maker.holidays.filter(last__gte=today())]
    maker.save(update_fields=["breaks"])
    works = Product.objects.filter(maker=maker, parent__isnull=True).values_list("pk", flat=True)
    outbox.post_many(WORK_CHANGED, list(works))
