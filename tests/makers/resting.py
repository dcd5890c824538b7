"""Breaks of the weaver around the day of the cast."""

from datetime import date, timedelta

from marketplace.listing.holidays import tell_holiday
from marketplace.makers.models import Holiday, Maker
from tests.cast import DAY

WORDS = "به سفر رفته‌ایم."


def rest(maker: Maker, *, days: int = 10, begins_in: int = 0, way: str = "closed", in_venues: bool = False) -> Holiday:
    """A break of so many days; `maker` knows of it afterwards."""
    first: date = DAY + timedelta(days=begins_in)
    last = first + timedelta(days=days - 1)
    holiday = tell_holiday(maker, first=first, last=last, way=way, words_fa=WORDS, in_venues=in_venues)
    maker.refresh_from_db()
    return holiday
