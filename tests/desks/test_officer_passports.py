"""The officer and a piece's label: found by what stands on it, suspended, reinstated, revoked; told to its maker and to who looks it up."""

import pytest
from django.core.cache import cache

from authenticity.models import Passport
from authenticity.passports import make_labels
from marketplace.core.models import LogEntry, Notice

pytestmark = pytest.mark.django_db
EVERY = "/en/desk/officer/passports/"


@pytest.fixture(autouse=True)
def _fresh_throttle():
    cache.clear()


@pytest.fixture
def passport(licence, kilim):
    licence.pieces_a_year = 9
    licence.save()
    return make_labels(work=kilim, count=1)[1][0].passport


def page_of(passport) -> str:
    return f"{EVERY}{passport.pk}/"


def found(response) -> list[Passport]:
    return [row.passport for row in response.context["rows"]]


def test_a_label_is_found_by_its_code_its_address_or_its_number(at_officers_desk, passport):
    for typed in (passport.code.lower(), f"https://x.example/v/{passport.code}", passport.serial, "۱۴۰۵-۰۰۰۰۰۱"):
        assert found(at_officers_desk.get(EVERY, {"label": typed})) == [passport]
    for typed in ("7" * 26, "1405-000002"):
        answer = at_officers_desk.get(EVERY, {"label": typed})
        assert found(answer) == []
        assert "No label with this code or number." in answer.content.decode()


def test_labels_of_a_maker_are_listed_and_without_a_question_none_is(at_officers_desk, passport, weaver, coppersmith):
    assert found(at_officers_desk.get(EVERY, {"maker": weaver.slug})) == [passport]
    assert found(at_officers_desk.get(EVERY, {"maker": coppersmith.slug})) == []
    assert found(at_officers_desk.get(EVERY)) == []


def test_the_makers_page_leads_to_seals_and_labels(at_officers_desk, passport, seal, weaver):
    html = at_officers_desk.get(f"/en/desk/officer/makers/{weaver.slug}/").content.decode()
    assert f'href="/en/desk/officer/grants/{seal.pk}/"' in html
    assert f'href="{EVERY}?maker={weaver.slug}"' in html


def test_a_revocation_is_said_on_the_labels_page_and_to_the_maker(at_officers_desk, passport, artisan, officer, client):
    answer = at_officers_desk.post(page_of(passport), {"act": "revoke", "reason": "Label found on another piece"})
    assert answer.status_code == 302
    passport.refresh_from_db()
    assert passport.revoked_on is not None
    notice = Notice.objects.get(kind="passport_changed")
    assert (notice.user, "Label found on another piece" in notice.text_en) == (artisan, True)
    assert list(LogEntry.objects.filter(chain="passport-officers").values_list("kind", "body__by")) == [
        ("revoke", officer.pk)
    ]
    html = client.get(f"/en/v/{passport.code}").content.decode()
    assert "Revoked</h1>" in html
    assert "Label found on another piece" in html
    assert "<form" not in at_officers_desk.get(page_of(passport)).content.decode().split("<h1")[1].split("<footer")[0]


def test_a_suspension_ends_and_stands_in_the_public_log_without_the_officer(at_officers_desk, passport, officer):
    for act in ("suspend", "reinstate"):
        assert at_officers_desk.post(page_of(passport), {"act": act, "reason": "A question"}).status_code == 302
    passport.refresh_from_db()
    assert passport.suspended_on is None
    public = LogEntry.objects.filter(chain="passports", body__serial=passport.serial).order_by("number")
    assert [line.kind for line in public] == ["suspended", "reinstated"]
    assert not any("by" in line.body for line in public)


def test_without_a_reason_or_with_an_act_that_does_not_fit_nothing_changes(at_officers_desk, passport):
    for sent in ({"act": "revoke", "reason": ""}, {"act": "reinstate", "reason": "x"}, {}):
        assert at_officers_desk.post(page_of(passport), sent).status_code == 422
    passport.refresh_from_db()
    assert (passport.revoked_on, passport.suspended_on) == (None, None)
    assert not Notice.objects.filter(kind="passport_changed").exists()


def test_an_officer_does_nothing_in_their_own_cause(at_officers_desk, passport, weaver, officer):
    weaver.owner = officer
    weaver.save()
    answer = at_officers_desk.post(page_of(passport), {"act": "revoke", "reason": "x"})
    assert (answer.status_code, answer.context["form"].non_field_errors().as_data()[0].code) == (422, "own_cause")
    passport.refresh_from_db()
    assert passport.revoked_on is None
    assert not LogEntry.objects.filter(chain="passport-officers").exists()


def test_makers_and_guests_have_no_such_page(client, at_desk, passport, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    for address in (EVERY, page_of(passport)):
        assert at_desk.get(address).status_code == 403
    client.logout()
    assert client.get(EVERY).status_code == 302
