"""Two and four years after a dossier was published its city reports again (asked of world and national craft cities)."""

from datetime import date

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from marketplace.core.clock import today
from marketplace.core.jalali import jalali
from marketplace.core.notices import notify
from marketplace.secretariats.models import Appointment, Reminder, Report, ReportVersion
from marketplace.secretariats.queries import POSTS

#: How often the worker looks, in seconds. What is due is told by the day, so looking late or twice changes nothing.
SECONDS = 3600
YEARS = (2, 4)


def due_on(version: ReportVersion, years: int) -> date:
    """The same Jalali day so many years later; a leap year's last day becomes the first of the next year."""
    told = jalali(version.published_on)
    try:
        return told.replace(year=told.year + years).togregorian()
    except ValueError:
        return told.replace(year=told.year + years + 1, month=1, day=1).togregorian()


def remind() -> int:
    """Tell secretary and head of each dossier that is due; who was told is not told again. Returns how many notices were left.

    A dossier whose posts are vacant waits until somebody holds one of them.
    """
    day = today()
    newest = ReportVersion.objects.values("report").annotate(last=Max("number"))
    last = {row["report"]: row["last"] for row in newest}
    dossiers = ReportVersion.objects.exclude(report__kind=Report.Kind.YEARLY).select_related(
        "report__secretariat__city"
    )
    told = set(Reminder.objects.values_list("version_id", "years"))
    return sum(
        _tell(version, years, day)
        for version in dossiers
        if version.number == last[version.report_id]
        for years in YEARS
        if (version.pk, years) not in told and due_on(version, years) <= day
    )


@transaction.atomic
def _tell(version: ReportVersion, years: int, day: date) -> int:
    secretariat = version.report.secretariat
    held = Appointment.objects.in_force_on(day).filter(secretariat=secretariat, role__in=POSTS).select_related("user")
    people = [one.user for one in held]
    if not people:
        return 0
    _reminder, is_new = Reminder.objects.get_or_create(version=version, years=years, defaults={"told_on": day})
    if not is_new:
        return 0
    notices = notify(
        users=people,
        kind="report_due",
        sentence=_("%(years)s years have passed since the dossier of %(city)s; a new report is due."),
        params={"years": years, "city": lambda: secretariat.city.name},
        link=reverse("desks:secretariat", args=[secretariat.city.slug]),
    )
    return len(notices)
