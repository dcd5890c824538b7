"""The desks of secretariats: an officer's with vacancies and decrees, a secretary's with reports; each closed to others."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from marketplace.secretariats.indicators import ASKED
from marketplace.secretariats.models import Appointment, EligibilityRule, ReportVersion, Secretariat
from tests.core.test_pictures import own_media  # noqa: F401
from tests.secretariats.people import (  # noqa: F401
    TOMORROW,
    editor,
    eligibility,
    person,
    ravar,
    secretariat,
    secretary,
)

OFFICERS = "/en/desk/officer/secretariats/"


@pytest.fixture(autouse=True)
def one_factor(settings):
    """How a second factor is asked for is tested at its own door."""
    settings.SECOND_FACTOR_REQUIRED = False


@pytest.fixture
def at_officers_desk(client, officer):
    client.force_login(officer)
    return client


def decree(**other) -> dict:
    told = {"role": "secretary", "person": "new-one@example.org", "office": "mayor", "proposed_by": "director_general"}
    told |= {"decree_by": "deputy_minister", "decree_number": "D-7", "decree_on": "۱۴۰۵/۸/۱", "since": "۱۴۰۵/۸/۱"}
    return told | other


def test_an_officer_sees_what_is_vacant_and_records_a_decree(at_officers_desk, secretariat):  # noqa: F811
    new = person("new-one", 140)
    assert at_officers_desk.get(OFFICERS).content.decode().count(">vacant<") == 2
    scan = SimpleUploadedFile("decree.pdf", b"%PDF-1.4 decree %%EOF", "application/pdf")
    answer = at_officers_desk.post(f"{OFFICERS}ravar/", decree(scan=scan))
    assert answer.status_code == 302
    held = Appointment.objects.get()
    assert (held.user, held.since, held.decree_number) == (new, date(2026, 10, 23), "D-7")
    assert held.decree_scan.name.startswith("decrees/")
    assert at_officers_desk.get(OFFICERS).content.decode().count(">vacant<") == 1


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"office": "private"}, "only these may be secretary"),
        ({"person": "nobody@example.org"}, "Nobody has an account"),
        ({"decree_number": ""}, "This post needs a decree"),
    ],
)
def test_an_improper_decree_is_not_recorded(at_officers_desk, secretariat, wrong, said):  # noqa: F811
    person("new-one", 140)
    answer = at_officers_desk.post(f"{OFFICERS}ravar/", decree(**wrong))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert Appointment.objects.count() == 0


def test_an_officer_ends_a_term_with_a_reason(at_officers_desk, secretariat, secretary):  # noqa: F811
    held = Appointment.objects.get()
    for because, status in (("", 422), ("Another office", 302)):
        answer = at_officers_desk.post(f"{OFFICERS}ravar/", {"end": held.pk, "on": "2026-11-22", "because": because})
        assert answer.status_code == status
    held.refresh_from_db()
    assert (held.ended_on, held.ended_because) == (date(2026, 11, 22), "Another office")


def test_an_officer_switches_the_wider_rule_on(at_officers_desk, officer, eligibility):  # noqa: F811
    answer = at_officers_desk.post(OFFICERS, {"rule": "limit-lifted", "since": TOMORROW.isoformat()})
    assert answer.status_code == 302
    rule = EligibilityRule.objects.get(code="limit-lifted")
    assert (rule.since, rule.set_by) == (TOMORROW, officer)


def test_an_officer_records_the_secretariat_of_a_city(at_officers_desk, sirjan):
    at_officers_desk.post(OFFICERS, {"city": "sirjan"})
    assert Secretariat.objects.get().city == sirjan


@pytest.mark.parametrize("address", [OFFICERS, f"{OFFICERS}ravar/"])
def test_nobody_else_stands_at_the_officers_desk(client, secretary, address):  # noqa: F811
    client.force_login(secretary)
    assert client.get(address).status_code == 403
    assert client.post(address, decree()).status_code == 403
    assert Appointment.objects.count() == 1


def test_a_secretary_begins_fills_in_and_publishes_a_report(client, secretariat, secretary, own_media):  # noqa: F811
    client.force_login(secretary)
    desk = client.get("/en/desk/secretariat/", follow=True)
    assert desk.redirect_chain == [("/en/desk/secretariat/ravar/", 302)]
    begun = client.post("/en/desk/secretariat/ravar/", {"kind": "yearly", "year": "۱۴۰۵"})
    form = {"summary_fa": "سال قالی", "summary_en": "A year of carpets", "publish": "1"}
    answer = client.post(begun.url, form)
    assert answer.status_code == 422
    assert "These numbers are still missing" in answer.content.decode()
    for one in ASKED:
        form |= {f"{one.code}-value": "۱۲", f"{one.code}-source_fa": "نامهٔ ۳", f"{one.code}-source_day": "2026-05-01"}
    published = client.post(begun.url, form)
    assert published.url == "/en/city/ravar/reports/yearly/1405/1/"
    assert "A year of carpets" in client.get(published.url).content.decode()
    assert ReportVersion.objects.get().published_by == secretary


def test_a_number_without_its_source_is_not_stored(client, secretariat, secretary):  # noqa: F811
    client.force_login(secretary)
    begun = client.post("/en/desk/secretariat/ravar/", {"kind": "yearly", "year": "1405"})
    assert client.post(begun.url, {"exports-value": "5"}).status_code == 422
    assert secretariat.reports.get().figures.count() == 0


def test_the_desk_of_a_secretariat_is_there_for_its_secretary_only(client, secretariat, secretary, editor):  # noqa: F811
    for user, status in ((editor, 404), (secretary, 200)):
        client.force_login(user)
        assert client.get("/en/desk/secretariat/ravar/").status_code == status


def test_the_desk_stands_behind_the_second_factor(client, secretariat, secretary, settings):  # noqa: F811
    settings.SECOND_FACTOR_REQUIRED = True
    client.force_login(secretary)
    assert client.get("/en/desk/secretariat/ravar/").status_code == 302
