"""A seal's way: asked for, papers whole, a blind jury, granted or refused, appealed; suspended, reinstated, revoked; all in the log."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile

from authenticity.models import SealApplication, SealGrant, SealScheme
from authenticity.queries import valid_seals
from authenticity.seals import (
    LOG,
    apply_for_seal,
    close_jury,
    months_after,
    reinstate_seal,
    return_papers,
    revoke_seal,
    send_again,
    suspend_seal,
)
from marketplace.core import chain
from marketplace.core.models import LogEntry, OutboxEvent, User
from marketplace.juries.services import hand_in, seat
from marketplace.matters.models import Matter
from marketplace.matters.services import appeal, decide
from tests.cast import DAY

pytestmark = pytest.mark.django_db
CRITERIA = [{"code": "skill", "name_fa": "مهارت", "name_en": "Skill", "highest": 10}]


@pytest.fixture
def scheme(day):
    return SealScheme.objects.create(
        slug="national", name_fa="مهر ملی", name_en="National seal", body_fa="م", body_en="B", criteria=CRITERIA
    )


def papers(names: bool = False):
    return [
        ("عکس کار", ContentFile(b"photo", "work.webp"), names),
        ("پروانه", ContentFile(b"scan", "licence.pdf"), True),
    ]


@pytest.fixture
def application(scheme, licence, kilim_line, kilim, artisan):
    return apply_for_seal(scheme=scheme, line=kilim_line, papers=papers(), by=artisan)


def waiting(kind: str) -> Matter:
    return Matter.objects.waiting().get(kind=kind)


def refused(code: str, act) -> None:
    with pytest.raises(ValidationError) as error:
        act()
    assert error.value.code == code


def score(application, officer, points=(9, 8, 7)) -> SealApplication:
    decide(matter=waiting("seal_papers"), decision="whole", reason="", by=officer)
    application.refresh_from_db()
    for number, given in enumerate(points):
        juror = User.objects.create_user(f"juror-{number}")
        seat(panel=application.panel, juror=juror)
        hand_in(panel=application.panel, juror=juror, points={"skill": given})
    return close_jury(application=application)[0]


def logged() -> list[str]:
    return list(LogEntry.objects.filter(chain=LOG).order_by("number").values_list("kind", flat=True))


def test_from_application_to_the_seal_on_the_work(application, officer, kilim):
    score(application, officer)
    assert waiting("seal_decision").facts == {"by_criterion": {"skill": 8}, "percent": 80.0, "jurors": 3}
    decide(matter=waiting("seal_decision"), decision="grant", reason="", by=officer)
    grant = SealGrant.objects.get()
    assert (grant.valid_from, grant.valid_until) == (DAY, date(2029, 11, 21))
    assert valid_seals([kilim], DAY) == {kilim.pk: [grant]}
    assert valid_seals([kilim], date(2029, 11, 22)) == {}
    assert logged() == ["applied", "before the jury", "scored", "granted"]
    assert chain.first_broken(LOG) is None


def test_jurors_see_neither_maker_nor_city(application, officer):
    decide(matter=waiting("seal_papers"), decision="whole", reason="", by=officer)
    application.refresh_from_db()
    told = str(application.panel.dossier)
    for name in ("weaver", "کارگاه گلیم", "Kilim workshop", "سیرجان", "Sirjan", "artisan"):
        assert name not in told
    shown = application.panel.dossier["papers"]
    assert [document.title for document in application.documents.filter(pk__in=shown)] == ["عکس کار"]


def test_the_makers_owner_cannot_sit_on_the_jury(application, officer, artisan):
    decide(matter=waiting("seal_papers"), decision="whole", reason="", by=officer)
    application.refresh_from_db()
    refused("interested", lambda: seat(panel=application.panel, juror=artisan))


def test_missing_papers_come_back_and_go_again(application, officer):
    decide(matter=waiting("seal_papers"), decision="missing", reason="no scan of the back", by=officer)
    application.refresh_from_db()
    assert application.state == "returned"
    refused("wrong_step", lambda: return_papers(application=application, because="again"))
    send_again(application=application, papers=[("پشت کار", ContentFile(b"x", "back.webp"), False)])
    application.refresh_from_db()
    assert (application.state, application.documents.count()) == ("sent", 3)
    assert waiting("seal_papers").subject_id == application.pk


def test_refused_with_reasons_and_won_on_appeal(application, officer, other_officer, artisan, kilim):
    score(application, officer, points=(2, 3, 1))
    first = decide(matter=waiting("seal_decision"), decision="refuse", reason="loose ends", by=officer)
    application.refresh_from_db()
    assert (application.state, SealGrant.objects.count()) == ("refused", 0)
    again = appeal(matter=first, by=artisan, text="look at the second photo")
    refused("same_officer", lambda: decide(matter=again, decision="overturned", reason="seen", by=officer))
    decide(matter=again, decision="overturned", reason="seen", by=other_officer)
    assert valid_seals([kilim], DAY)[kilim.pk][0].scheme.slug == "national"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"last_year": 2012}, "scheme_closed"),
        ({"first_year": 2030}, "scheme_closed"),
        ({"given_to": "place"}, "scheme_closed"),
    ],
)
def test_a_body_gives_its_award_in_its_years_and_to_lines(scheme, licence, kilim_line, change, code):
    for name, value in change.items():
        setattr(scheme, name, value)
    refused(code, lambda: apply_for_seal(scheme=scheme, line=kilim_line, papers=papers()))
    assert SealApplication.objects.count() == 0


def test_a_licence_and_a_paper_are_needed(scheme, kilim_line, licence):
    refused("no_papers", lambda: apply_for_seal(scheme=scheme, line=kilim_line, papers=[]))
    licence.delete()
    refused("no_licence", lambda: apply_for_seal(scheme=scheme, line=kilim_line, papers=papers()))
    assert (SealApplication.objects.count(), logged()) == (0, [])


def test_suspended_reinstated_revoked(application, officer, kilim):
    score(application, officer)
    decide(matter=waiting("seal_decision"), decision="grant", reason="", by=officer)
    grant = SealGrant.objects.get()
    OutboxEvent.objects.all().delete()
    suspend_seal(grant=grant, because="a question")
    assert valid_seals([kilim], DAY) == {}
    assert OutboxEvent.objects.filter(topic="work_changed", key=str(kilim.pk)).exists()
    reinstate_seal(grant=grant, because="cleared")
    assert kilim.pk in valid_seals([kilim], DAY)
    revoke_seal(grant=grant, because="sold machine work")
    assert valid_seals([kilim], DAY) == {}
    refused("seal_revoked", lambda: reinstate_seal(grant=grant, because="please"))
    assert logged()[-3:] == ["suspended", "reinstated", "revoked"]


@pytest.mark.parametrize(
    ("day", "months", "last"),
    [
        (date(2026, 11, 22), 36, date(2029, 11, 21)),
        (date(2026, 1, 31), 1, date(2026, 2, 27)),
        (date(2024, 2, 29), 12, date(2025, 2, 27)),
        (date(2026, 12, 1), 1, date(2026, 12, 31)),
    ],
)
def test_months_of_validity(day, months, last):
    assert months_after(day, months) == last
    assert last + timedelta(days=1) > day
