"""The demo's secretariat of Ravar: a secretary, an editor, and a report that says of itself that it is made up."""

from datetime import date

from marketplace.demo.accounts import RAVAR_EDITOR, RAVAR_SECRETARY, user_of
from marketplace.places.models import City
from marketplace.secretariats import reports, services
from marketplace.secretariats.eligibility import load_rules
from marketplace.secretariats.indicators import ASKED
from marketplace.secretariats.models import Appointment, Office, Report, Secretariat

CITY = "ravar"
BEGAN = date(2026, 3, 21)
YEAR = 1405
NUMBER = "نمونه-۱"
SUMMARIES = {
    "fa": "این گزارش نمونه است تا شکل گزارش سالانهٔ یک دبیرخانه دیده شود. عددهای پرسیده‌شدهٔ آن ساختگی است.",
    "en": "This report is a sample, to show what a secretariat's yearly report looks like. The numbers asked for are made up.",
}


def make_secretariats() -> int:
    """Add what is missing; returns how many rows were added."""
    load_rules()
    city = City.objects.filter(slug=CITY).first()
    if city is None:
        return 0
    before = Appointment.objects.count() + Report.objects.count()
    secretariat = services.found(city=city, is_demo=True)
    if secretariat.is_demo:
        _appoint(secretariat, RAVAR_SECRETARY, Appointment.Role.SECRETARY)
        _appoint(secretariat, RAVAR_EDITOR, Appointment.Role.EDITOR)
        _report(secretariat)
    return Appointment.objects.count() + Report.objects.count() - before


def _appoint(secretariat: Secretariat, account, role: str) -> None:
    user = user_of(account)
    if Appointment.objects.filter(secretariat=secretariat, user=user).exists():
        return
    is_secretary = role == Appointment.Role.SECRETARY
    services.appoint(
        secretariat=secretariat,
        by=None,
        role=role,
        user=user,
        office=Office.MAYOR if is_secretary else Office.OTHER,
        proposed_by=Office.DIRECTOR_GENERAL if is_secretary else Office.SECRETARY,
        decree_by=Office.DEPUTY_MINISTER if is_secretary else Office.SECRETARY,
        decree_number=NUMBER,
        decree_on=BEGAN,
        since=BEGAN,
        is_demo=True,
    )


def _report(secretariat: Secretariat) -> None:
    """A published sample."""
    if Report.objects.filter(secretariat=secretariat).exists():
        return
    by = user_of(RAVAR_SECRETARY)
    report = reports.begin(secretariat=secretariat, kind=Report.Kind.YEARLY, year=YEAR, by=by, is_demo=True)
    sample = {"source_fa": "عدد نمونه", "source_en": "Sample number", "source_day": BEGAN}
    figures = {one.code: {"value": (place + 1) * 10, **sample} for place, one in enumerate(ASKED)}
    reports.fill_in(report=report, summaries=SUMMARIES, figures=figures, by=by)
    reports.publish(report=report, by=by)
