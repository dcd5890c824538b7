"""What day it is. Rules, QuerySets, search and the database's triggers all ask here, so a test can move them together."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from marketplace.core.models import Clock

TEHRAN = ZoneInfo("Asia/Tehran")

#: The day as SQL, for triggers and the `sqlite3` and `psql` shells; Iran has had no summer time since 1401.
TODAY_SQL = {
    "sqlite": "COALESCE((SELECT today FROM core_clock WHERE id = 1), date('now', '+3 hours', '+30 minutes'))",
    "postgresql": "COALESCE((SELECT today FROM core_clock WHERE id = 1), (now() AT TIME ZONE 'Asia/Tehran')::date)",
}

_set_day: date | None = None


def today() -> date:
    """The day in Tehran, or the day `set_today` chose in this process."""
    return _set_day or timezone.now().astimezone(TEHRAN).date()


def now() -> datetime:
    """This moment, on the day that `today` says."""
    here = timezone.now().astimezone(TEHRAN)
    return datetime.combine(today(), here.timetz()) if _set_day else here


def set_today(day: date | None) -> None:
    """For tests and rehearsals: every rule, here and in the database, believes it is this day. None gives time back."""
    global _set_day
    _set_day = day
    Clock.objects.update_or_create(pk=1, defaults={"today": day})


def days_ahead(days: int) -> date:
    """The day so many days from today."""
    return today() + timedelta(days=days)
