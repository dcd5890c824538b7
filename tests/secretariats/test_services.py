"""Who may hold a post: each refusal by its code, and nothing is written."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from marketplace.core.models import LogEntry
from marketplace.secretariats import services
from marketplace.secretariats.eligibility import load_rules, rule_on
from marketplace.secretariats.models import Appointment, Committee, EligibilityRule, Office
from tests.cast import DAY
from tests.secretariats.people import BEGAN, TOMORROW, UNTIL, YESTERDAY, appoint, person


@pytest.fixture
def candidate(day):
    return person("candidate", 110)


@pytest.mark.parametrize("office", [Office.MAYOR, Office.GOVERNOR, Office.COUNCIL_HEAD])
def test_the_three_offices_of_the_directive_may_be_secretary(secretariat, candidate, office):
    assert appoint(secretariat, "secretary", candidate, office=office).runs_on(DAY)
    assert LogEntry.objects.filter(chain="secretariats", kind="appointed").count() == 1


@pytest.mark.parametrize(
    ("role", "wrong", "code"),
    [
        ("secretary", {"office": Office.PRIVATE}, "office_not_eligible"),
        ("secretary", {"proposed_by": Office.MAYOR}, "not_their_proposal"),
        ("secretary", {"decree_by": Office.DIRECTOR_GENERAL}, "not_their_decree"),
        ("secretary", {"decree_number": ""}, "decree_needed"),
        ("secretary", {"decree_on": None}, "decree_needed"),
        ("secretary", {"decree_on": BEGAN + timedelta(days=1)}, "decree_needed"),
        ("secretary", {"decree_on": date(2020, 1, 1)}, "no_rule"),
        ("secretary", {"until": BEGAN - timedelta(days=1)}, "term_dates"),
        ("head", {}, "no_secretary"),
        ("head", {"proposed_by": Office.SECRETARY}, "not_their_proposal"),
        ("head", {"decree_by": Office.DEPUTY_MINISTER}, "not_their_decree"),
        ("committee", {}, "committee_needed"),
    ],
)
def test_an_improper_appointment_is_refused(secretariat, candidate, role, wrong, code):
    with pytest.raises(ValidationError) as refusal:
        appoint(secretariat, role, candidate, **wrong)
    assert refusal.value.code == code
    assert (Appointment.objects.count(), LogEntry.objects.filter(chain="secretariats").count()) == (0, 0)


def test_two_secretaries_at_a_time_are_refused(secretariat, secretary, candidate):
    with pytest.raises(ValidationError) as refusal:
        appoint(secretariat, "secretary", candidate, since=UNTIL, decree_on=UNTIL, until=None)
    assert refusal.value.code == "post_taken"
    assert Appointment.objects.count() == 1


def test_a_secretary_follows_the_day_after_the_last_one(secretariat, secretary, candidate):
    after = UNTIL + timedelta(days=1)
    assert appoint(secretariat, "secretary", candidate, since=after, decree_on=after, until=None).pk


def test_a_secretary_before_a_later_one_needs_an_end_before_it(secretariat, secretary, candidate):
    before = date(2025, 1, 1)
    with pytest.raises(ValidationError) as refusal:
        appoint(secretariat, "secretary", candidate, since=before, decree_on=before, until=None)
    assert refusal.value.code == "post_taken"


def test_the_head_is_appointed_by_the_secretary_in_office(secretariat, secretary, candidate):
    assert appoint(secretariat, "head", candidate).decree_by == Office.SECRETARY


def test_a_committee_of_another_city_is_refused(secretariat, sirjan, candidate):
    other = services.found(city=sirjan)
    committee = Committee.objects.create(secretariat=other, title_fa="آموزش", title_en="Training")
    with pytest.raises(ValidationError) as refusal:
        appoint(secretariat, "committee", candidate, committee=committee)
    assert refusal.value.code == "committee_needed"
    assert Appointment.objects.count() == 0


def test_lifting_the_limit_counts_from_its_day(secretariat, candidate):
    rule = EligibilityRule.objects.get(code="limit-lifted")
    services.switch_on(rule=rule, since=TOMORROW, by=candidate)
    assert (rule_on(DAY).code, rule_on(TOMORROW).code) == ("three-offices", "limit-lifted")
    later = {"office": Office.PRIVATE, "decree_on": TOMORROW, "since": TOMORROW}
    assert appoint(secretariat, "secretary", candidate, **later).pk


@pytest.mark.parametrize(
    ("code", "since", "refused"),
    [("three-offices", TOMORROW, "rule_in_force"), ("limit-lifted", YESTERDAY, "past_day")],
)
def test_a_rule_of_the_past_is_not_changed(eligibility, candidate, code, since, refused):
    rule = EligibilityRule.objects.get(code=code)
    with pytest.raises(ValidationError) as refusal:
        services.switch_on(rule=rule, since=since, by=candidate)
    assert refusal.value.code == refused
    assert EligibilityRule.objects.get(code=code).since == rule.since


def test_loading_again_leaves_the_day_an_officer_set(eligibility, candidate):
    rule = EligibilityRule.objects.get(code="limit-lifted")
    services.switch_on(rule=rule, since=TOMORROW, by=candidate)
    assert load_rules() == 0
    assert EligibilityRule.objects.get(code="limit-lifted").since == TOMORROW


def test_an_ended_term_runs_no_more_from_that_day(secretariat, secretary):
    term = Appointment.objects.get()
    services.end_term(appointment=term, on=DAY, because="Another office", by=None)
    term.refresh_from_db()
    assert (term.runs_on(YESTERDAY), term.runs_on(DAY)) == (True, False)
    assert list(Appointment.objects.in_force_on(DAY)) == []
    assert list(Appointment.objects.in_force_on(YESTERDAY)) == list(Appointment.objects.over_on(DAY)) == [term]


@pytest.mark.parametrize(
    ("end", "because", "code"),
    [(TOMORROW, "why", "end_day"), (BEGAN - timedelta(days=1), "why", "end_day"), (DAY, "  ", "reason_needed")],
)
def test_an_end_without_reason_or_outside_the_term_is_refused(secretariat, secretary, end, because, code):
    with pytest.raises(ValidationError) as refusal:
        services.end_term(appointment=Appointment.objects.get(), on=end, because=because, by=None)
    assert refusal.value.code == code
    assert Appointment.objects.get().ended_on is None


def test_a_term_is_ended_once(secretariat, secretary):
    term = Appointment.objects.get()
    services.end_term(appointment=term, on=DAY, because="why", by=None)
    with pytest.raises(ValidationError) as refusal:
        services.end_term(appointment=term, on=DAY, because="again", by=None)
    assert refusal.value.code == "term_over"
    assert Appointment.objects.get().ended_because == "why"
