"""A report: asked for, filled in, published once and for ever; each number with its source."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.utils.translation import override

from marketplace.core import clock
from marketplace.core.models import Notice
from marketplace.order.sums import sold_by_makers_of
from marketplace.secretariats import reports, services
from marketplace.secretariats.indicators import ASKED, counted
from marketplace.secretariats.models import Appointment, Reminder, Report, ReportVersion
from marketplace.secretariats.reminders import due_on, remind
from tests.cast import DAY
from tests.core.test_pictures import own_media  # noqa: F401
from tests.order.conftest import contact, sold, workshop_offer  # noqa: F401
from tests.secretariats.people import UNTIL

SUMMARIES = {"fa": "سال قالی راور", "en": "A year of Ravar’s carpets"}


def figure(value: int) -> dict:
    return {"value": value, "source_fa": "نامهٔ ۱۲", "source_en": "Letter 12", "source_day": date(2026, 5, 1)}


@pytest.fixture
def report(secretariat, secretary):
    return reports.begin(secretariat=secretariat, kind="national", year=1405, by=secretary)


@pytest.fixture
def whole(report, secretary):
    told = {one.code: figure(number) for number, one in enumerate(ASKED, start=3)}
    return reports.fill_in(report=report, summaries=SUMMARIES, figures=told, by=secretary)


@pytest.fixture
def version(whole, secretary, own_media):  # noqa: F811
    return reports.publish(report=whole, by=secretary)


def test_a_published_report_holds_every_number_with_its_source(version):
    rows = {row["code"]: (row["value"], row["source"]) for row in version.content["en"]["rows"]}
    assert rows["exports"] == ("3 US dollars", "Letter 12, 1 May 2026")
    assert rows["workshops"] == ("0", "Counted in this market, 21 March 2026 to 22 November 2026")
    assert "۱۴۰۵" in version.content["fa"]["title"]
    for paper in (version.pdf_fa, version.pdf_en):
        with paper.open() as file:
            text = file.read()
        assert text.startswith(b"%PDF-")
        assert b"pdfuaid" in text


def test_a_version_stays_while_the_draft_goes_on(version, whole, secretary):
    reports.fill_in(
        report=whole, summaries=SUMMARIES | {"en": "Another word"}, figures={"events": figure(99)}, by=secretary
    )
    again = reports.publish(report=whole, by=secretary)
    kept = ReportVersion.objects.get(pk=version.pk)
    assert (kept.content["en"]["summary"], again.content["en"]["summary"]) == (SUMMARIES["en"], "Another word")
    assert (kept.number, again.number) == (1, 2)


@pytest.mark.parametrize("change", [{"published_on": date(2020, 1, 1)}, {"content": {}}])
def test_the_database_itself_refuses_to_change_a_version(version, change):
    with pytest.raises(DatabaseError), transaction.atomic():
        ReportVersion.objects.filter(pk=version.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        ReportVersion.objects.filter(pk=version.pk).delete()
    assert ReportVersion.objects.get().content == version.content


@pytest.mark.parametrize(("missing", "code"), [("summary", "summary_needed"), ("figure", "figures_needed")])
def test_half_a_report_is_not_published(report, secretary, missing, code):
    told = {one.code: figure(1) for one in ASKED[1 if missing == "figure" else 0 :]}
    words = SUMMARIES if missing == "figure" else SUMMARIES | {"en": " "}
    reports.fill_in(report=report, summaries=words, figures=told, by=secretary)
    with pytest.raises(ValidationError) as refusal:
        reports.publish(report=report, by=secretary)
    assert refusal.value.code == code
    assert ReportVersion.objects.count() == 0


def test_a_number_without_source_is_refused(report, secretary):
    for wrong in ({"source_fa": " "}, {"source_day": date(2027, 1, 1)}):
        with pytest.raises(ValidationError) as refusal:
            reports.fill_in(report=report, summaries={}, figures={"exports": figure(5) | wrong}, by=secretary)
        assert refusal.value.code == "source_needed"
    assert report.figures.count() == 0


def test_who_is_not_secretary_publishes_nothing(whole, editor):
    with pytest.raises(ValidationError) as refusal:
        reports.publish(report=whole, by=editor)
    assert refusal.value.code == "not_secretary"
    assert ReportVersion.objects.count() == 0


def test_a_secretary_whose_term_ended_writes_and_publishes_nothing(whole, secretary):
    services.end_term(appointment=Appointment.objects.get(user=secretary), on=DAY, because="moved", by=None)
    with pytest.raises(ValidationError) as refusal:
        reports.publish(report=whole, by=secretary)
    assert refusal.value.code == "not_secretary"
    with pytest.raises(ValidationError) as refusal:
        reports.fill_in(report=whole, summaries={"en": "after"}, figures={}, by=secretary)
    assert refusal.value.code == "not_their_secretariat"
    assert (ReportVersion.objects.count(), Report.objects.get().summary_en) == (0, SUMMARIES["en"])


@pytest.mark.parametrize("year", [1406, 1389])
def test_a_year_that_has_not_begun_is_refused(secretariat, secretary, year):
    with pytest.raises(ValidationError) as refusal:
        reports.begin(secretariat=secretariat, kind="yearly", year=year, by=secretary)
    assert (refusal.value.code, Report.objects.count()) == ("year", 0)


def test_sales_of_a_citys_makers_are_counted_by_the_day(sold, sirjan, kerman):  # noqa: F811
    here = sold.order.date_placed.astimezone(clock.TEHRAN).date()
    assert sold_by_makers_of(sirjan, since=here, until=here) == 540_000_000
    assert sold_by_makers_of(kerman, since=here, until=here) == 0
    sold.lines.update(returned=1)
    assert sold_by_makers_of(sirjan, since=here, until=here) == 360_000_000
    sold.state = "cancelled"
    sold.save(update_fields=["state"])
    assert sold_by_makers_of(sirjan, since=here, until=here) == 0


def test_what_the_market_knows_is_counted(weaver, licence, sirjan, django_assert_num_queries):
    with django_assert_num_queries(4):
        found = {one.indicator.code: one.value for one in counted(sirjan, 1405, on=DAY)}
    assert found == {"workshops": 1, "licences": 1, "outlets": 0, "sales": 0}


def test_two_and_four_years_later_the_secretary_is_told_once(version, secretary):
    assert (due_on(version, 2), due_on(version, 4)) == (date(2028, 11, 21), date(2030, 11, 22))  # 1 Azar
    assert remind() == 0
    Appointment.objects.filter(user=secretary).update(until=None)
    clock.set_today(date(2028, 11, 20))
    assert remind() == 0
    clock.set_today(date(2028, 11, 21))
    assert (remind(), remind()) == (1, 0)
    clock.set_today(date(2030, 11, 22))
    assert (remind(), remind()) == (1, 0)
    assert list(Notice.objects.filter(user=secretary, kind="report_due").values_list("link", flat=True)) == [
        "/desk/secretariat/ravar/",
        "/desk/secretariat/ravar/",
    ]


def test_a_reminder_waits_while_the_posts_are_vacant(version):
    clock.set_today(date(2028, 11, 22))
    assert date(2028, 11, 22) > UNTIL
    assert (remind(), Reminder.objects.count()) == (0, 0)


def test_the_public_page_is_there_in_both_languages(version, client):
    for prefix, word in (("", SUMMARIES["fa"]), ("/en", SUMMARIES["en"])):
        page = client.get(f"{prefix}/city/ravar/reports/national/1405/1/")
        assert page.status_code == 200
        assert word in page.content.decode()
    assert client.get("/en/city/ravar/reports/national/1405/2/").status_code == 404
    with override("en"):
        assert version.get_absolute_url() == "/en/city/ravar/reports/national/1405/1/"
