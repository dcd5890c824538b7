"""Working days of Iran: Fridays and official holidays are none. Lunar holidays of coming years are reckoned, and may move by a day."""

from datetime import date
from functools import lru_cache

import holidays


@lru_cache(maxsize=1)
def _iran() -> holidays.HolidayBase:
    return holidays.country_holidays("IR")


def working_days_after(day: date, count: int) -> date:
    """The `count`-th working day after a day, which itself does not count."""
    return _iran().get_nth_working_day(day, count)


def is_working_day(day: date) -> bool:
    return _iran().is_working_day(day)
