"""The maker's side of a matter: its steps without officers' notes, an answer, one appeal within thirty days."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from marketplace.matters.models import Matter, MatterStep
from marketplace.matters.services import ask_maker, assign, decide, note
from tests.desks.papers import scan


@pytest.fixture
def matter(at_copper_desk, unproven_tray):
    """The coppersmith's question about a tray."""
    sent = {"token": str(uuid.uuid4()), "text": "خودم ساختم.", "title_1": "عکس", "document_1": scan()}
    at_copper_desk.post(f"/desk/works/{unproven_tray.pk}/origin/", sent)
    return Matter.objects.get()


def path(matter, act: str = "") -> str:
    return f"/en/desk/matters/{matter.pk}/{act}"


def test_the_maker_reads_what_is_asked_and_no_notes_of_officers(at_copper_desk, matter, officer):
    assign(matter=matter, to=officer, by=officer)
    note(matter=matter, by=officer, text="ظن به واردات")
    ask_maker(matter=matter, by=officer, text="رسید مس کجاست؟")
    response = at_copper_desk.get(path(matter))
    page = response.content.decode()
    assert [(step.kind, step.mine) for step in response.context["steps"]] == [("opened", True), ("asked", False)]
    assert ("خودم ساختم." in page, "رسید مس کجاست؟" in page, "ظن به واردات" in page) == (True, True, False)
    assert (officer.email in page, response.context["state"]) == (False, "With an officer")


def test_an_answer_is_a_step(at_copper_desk, matter, other_artisan):
    assert at_copper_desk.post(path(matter, "answer/"), {"text": "فردا می‌فرستم."}).headers["Location"] == path(matter)
    step = MatterStep.objects.last()
    assert (step.kind, step.by, step.text) == ("answered", other_artisan, "فردا می‌فرستم.")


def test_an_empty_answer_is_told_and_no_step(at_copper_desk, matter):
    assert at_copper_desk.post(path(matter, "answer/"), {"text": " "}).status_code == 422
    assert MatterStep.objects.count() == 1


def test_a_decision_is_told_with_the_days_to_appeal(at_copper_desk, matter, officer):
    decide(matter=matter, decision="unproven", reason="سند کافی نیست", by=officer)
    response = at_copper_desk.get(path(matter))
    page = response.content.decode()
    assert (response.context["state"], response.context["days"]) == ("Not accepted", 30)
    assert response.context["until"] == timezone.localdate() + timedelta(days=30)
    assert ("سند کافی نیست" in page, "within 30 days" in page) == (True, True)
    late = at_copper_desk.post(path(matter, "answer/"), {"text": "صبر کنید"})
    assert (late.status_code, "صبر کنید" in late.content.decode()) == (422, True)
    assert MatterStep.objects.filter(kind="answered").count() == 0


def test_an_appeal_goes_to_other_eyes_once(at_copper_desk, matter, officer, coppersmith):
    decide(matter=matter, decision="unproven", reason="سند کافی نیست", by=officer)
    response = at_copper_desk.post(path(matter, "appeal/"), {"text": "رسید را ندیدید"})
    again = Matter.objects.get(appeal_of=matter)
    assert (response.headers["Location"], again.maker, again.kind) == (path(again), coppersmith, "appeal")
    assert path(again) in at_copper_desk.get(path(matter)).content.decode()
    assert at_copper_desk.post(path(matter, "appeal/"), {"text": "باز هم"}).status_code == 422
    assert Matter.objects.filter(kind="appeal").count() == 1


def test_after_thirty_days_no_appeal(at_copper_desk, matter, officer):
    decide(matter=matter, decision="unproven", reason="سند کافی نیست", by=officer)
    Matter.objects.update(decided_at=timezone.now() - timedelta(days=31))
    assert at_copper_desk.get(path(matter)).context["until"] is None
    assert at_copper_desk.post(path(matter, "appeal/"), {"text": "دیر شد"}).status_code == 422
    assert Matter.objects.filter(kind="appeal").count() == 0


def test_another_makers_matter_does_not_exist_here(matter, client, artisan, weaver):
    client.force_login(artisan)
    answers = [
        client.get(path(matter)),
        *(client.post(path(matter, act), {"text": "x"}) for act in ("answer/", "appeal/")),
    ]
    assert [response.status_code for response in answers] == [404, 404, 404]
    assert (MatterStep.objects.count(), Matter.objects.count()) == (1, 1)
    assert matter.title_en not in client.get("/en/desk/matters/").content.decode()


def test_own_matters_stand_on_the_desk_with_their_state(at_copper_desk, matter, officer):
    assert [row.state_class for row in at_copper_desk.get("/en/desk/").context["matters"]] == ["wait"]
    decide(matter=matter, decision="verified", reason="دیدیم", by=officer)
    for page in ("/en/desk/", "/en/desk/matters/"):
        assert [row.state for row in at_copper_desk.get(page).context["matters"]] == ["Accepted"]


def test_queries_do_not_grow_with_matters(at_copper_desk, matter, coppersmith, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    at_copper_desk.get("/desk/matters/")
    with CaptureQueriesContext(connection) as one:
        at_copper_desk.get("/desk/matters/")
    for number in range(10):
        Matter.objects.create(
            kind="origin", subject=f"catalogue.product:{900 + number}", maker=coppersmith, due_on=matter.due_on
        )
    with django_assert_num_queries(len(one)):
        at_copper_desk.get("/desk/matters/")
