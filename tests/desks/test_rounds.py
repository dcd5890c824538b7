"""A manager's round on the desk: stalls by risk, a checklist kept as one goes, photos and letters for whom they are alone."""

import pytest

from marketplace.rounds.checklist import load_questions
from marketplace.rounds.models import Answer, Finding, Letter, Photo, Question, Round, Visit
from marketplace.rounds.services import note_finding, warn
from marketplace.rounds.visits import begin_round, keep_visit
from marketplace.stalls.models import Lease
from marketplace.stalls.services import put_stall
from tests.cast import DAY
from tests.desks.test_measures import _counted, other_manager  # noqa: F401
from tests.rounds.ladder import closure, finding, grave, warning  # noqa: F401
from tests.rounds.test_rounds import camera_photo
from tests.stalls.floor import FIRST, LAST, lease, next_stall, stall, stall_at  # noqa: F401

ROUNDS = "/en/desk/venues/qaleh-mahmoud/rounds/"


@pytest.fixture
def questions(day):
    load_questions()
    return list(Question.objects.asked_on(DAY))


@pytest.fixture
def at_desk(client, manager, bazaar):
    client.force_login(manager)
    return client


@pytest.fixture
def walk(bazaar, manager):
    return begin_round(venue=bazaar, by=manager)


@pytest.fixture
def visit(walk, stall, lease, manager, questions):  # noqa: F811
    """Begun, with one photo."""
    return keep_visit(
        round_=walk, stall=stall, by=manager, answers={questions[0]: ("no", "x")}, photos=[camera_photo()]
    )


def page_of(stall) -> str:  # noqa: F811
    return f"{ROUNDS}stalls/{stall.pk}/"


def test_an_empty_floor_says_what_to_do(at_desk):
    assert "No stall is let yet" in at_desk.get(ROUNDS).content.decode()


def test_a_round_is_begun_walked_and_ended(at_desk, stall, lease, questions, manager):  # noqa: F811
    html = at_desk.get(ROUNDS).content.decode()
    assert ("Begin a round" in html, "Not visited yet" in html, page_of(stall) in html) == (True, True, False)
    assert at_desk.post(f"{ROUNDS}begin/").status_code == 302
    assert page_of(stall) in at_desk.get(ROUNDS).content.decode()
    all_yes = {f"given_{one.pk}": "yes" for one in questions}
    answer = at_desk.post(page_of(stall), all_yes | {"note": "خوب", "done": "1"})
    assert (answer.status_code, answer["Location"]) == (302, ROUNDS)
    assert "1 of 1 stalls done" in at_desk.get(ROUNDS).content.decode()
    at_desk.post(f"{ROUNDS}end/")
    assert "stalls: 1, findings: 0" in at_desk.get(ROUNDS).content.decode()
    assert Round.objects.get().ended_at is not None


def test_a_checklist_is_kept_and_gone_on_with(at_desk, stall, lease, questions, walk):  # noqa: F811
    first = questions[0].pk
    told = {
        f"given_{first}": "no",
        f"note_{first}": "سه قالیچه",
        "photos": [camera_photo(), camera_photo(name="b.jpg")],
    }
    answer = at_desk.post(page_of(stall), told | {"keep": "1"})
    assert answer["Location"] == page_of(stall)
    html = at_desk.get(page_of(stall)).content.decode()
    assert ("سه قالیچه" in html, html.count("by the camera&#x27;s clock") + html.count("by the camera's clock")) == (
        True,
        2,
    )
    assert f'value="no" id="id_given_{first}_1" checked' in html or "checked" in html
    assert (Visit.objects.get().done_at, Photo.objects.count()) == (None, 2)


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({}, "Nothing was answered yet."),
        ({"done": "1", "note": "نیمه‌کاره"}, "Answer every question of the checklist first."),
        ({"keep": "1", "note": "نیمه‌کاره", "photos": "broken"}, "not a photograph"),
    ],
)
def test_what_is_sent_wrong_keeps_what_was_typed_and_stores_nothing(
    told,
    sentence,
    at_desk,
    stall,  # noqa: F811
    lease,  # noqa: F811
    questions,
    walk,
):
    if told.get("photos"):
        broken = camera_photo()
        broken.file.seek(0)
        broken.file.write(b"<svg>")
        broken.file.truncate()
        broken.seek(0)
        told = told | {"photos": broken}
    answer = at_desk.post(page_of(stall), told)
    html = answer.content.decode()
    assert (answer.status_code, sentence in html) == (422, True)
    assert told.get("note", "") in html
    assert (Visit.objects.count(), Answer.objects.count(), Photo.objects.count()) == (0, 0, 0)


def test_a_finding_of_a_visit_carries_its_photos(at_desk, visit, stall, client, artisan):  # noqa: F811
    photo = visit.photos.get()
    address = f"{page_of(stall)}found/"
    wrong = at_desk.post(address, {"about": "", "text": "دو قالیچه"})
    assert (wrong.status_code, "دو قالیچه" in wrong.content.decode(), Finding.objects.count()) == (422, True, 0)
    at_desk.post(address, {"about": "foreign", "text": "دو قالیچه", "photos": [photo.pk]})
    found = Finding.objects.get()
    assert (list(found.photos.all()), found.visit) == ([photo], visit)
    answer = at_desk.get(f"/desk/round-photos/{photo.pk}/")
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("image/jpeg", "private, max-age=300")
    assert b"".join(answer.streaming_content).startswith(b"\xff\xd8\xff")  # type: ignore[attr-defined]
    client.force_login(artisan)
    assert client.get(f"/desk/round-photos/{photo.pk}/").status_code == 404
    warn(finding=found, must_mend="x", days=7, by=visit.round.by)
    answer = client.get(f"/desk/round-photos/{photo.pk}/")
    assert (answer.status_code, len(b"".join(answer.streaming_content)) > 0) == (200, True)  # type: ignore[attr-defined]


def test_a_photo_of_another_visit_is_not_taken_into_a_finding(at_desk, visit, stall, next_stall, coppersmith, walk):  # noqa: F811
    Lease.objects.create(
        stall=next_stall, tenant=coppersmith, starts_on=FIRST, agreed_until=LAST, last_on=LAST, rent_rial=0
    )
    other = keep_visit(round_=walk, stall=next_stall, by=walk.by, answers={}, photos=[camera_photo()])
    told = {"about": "foreign", "text": "x", "photos": [other.photos.get().pk]}
    assert at_desk.post(f"{page_of(stall)}found/", told).status_code == 422
    assert Finding.objects.count() == 0


def test_a_letter_opens_for_manager_and_tenant_alone(at_desk, client, warning, artisan, buyer, other_manager, officer):  # noqa: F811
    letter = Letter.objects.get(language="en")
    html = at_desk.get(f"/en/desk/measures/{warning.pk}/").content.decode()
    assert f"/en/desk/letters/{letter.pk}/" in html
    for reader in (at_desk, None):
        if reader is None:
            client.force_login(artisan)
        answer = client.get(f"/desk/letters/{letter.pk}/")
        assert answer.status_code == 302
        assert letter.file.name not in answer["Location"].replace(letter.file.name + ":", "")
    for stranger in (buyer, other_manager, officer):
        client.force_login(stranger)
        assert client.get(f"/desk/letters/{letter.pk}/").status_code == 404


@pytest.mark.parametrize("who", ["other_manager", "artisan", "buyer"])
def test_another_venues_round_does_not_exist(who, client, visit, stall, lease, other_manager, request):  # noqa: F811
    client.force_login(request.getfixturevalue(who))
    told = {"note": "x", "done": "1", "about": "foreign", "text": "x", "round": visit.round_id, "by": visit.round.by_id}
    models = (Round, Visit, Answer, Photo, Finding)
    before = [list(model.objects.order_by("pk").values()) for model in models]
    for page in ("", "begin/", "end/", f"stalls/{stall.pk}/", f"stalls/{stall.pk}/found/"):
        assert client.get(f"/desk/venues/qaleh-mahmoud/rounds/{page}").status_code in (404, 405), page
        assert client.post(f"/desk/venues/qaleh-mahmoud/rounds/{page}", told).status_code in (404, 405), page
    assert client.get(f"/desk/round-photos/{visit.photos.get().pk}/").status_code == 404
    assert [list(model.objects.order_by("pk").values()) for model in models] == before


def test_another_managers_round_of_the_venue_is_not_written_into(
    client,
    visit,
    stall,  # noqa: F811
    bazaar,
    other_artisan,
    questions,
):
    bazaar.managers.add(other_artisan)
    client.force_login(other_artisan)
    assert client.post(page_of(stall), {"note": "x"})["Location"] == ROUNDS
    assert client.post(f"{page_of(stall)}found/", {"about": "foreign", "text": "x"}).status_code == 404
    assert (Visit.objects.count(), Finding.objects.count()) == (1, 0)


def test_a_stall_of_another_venue_is_not_found_here(at_desk, walk, free_shop):
    there = put_stall(stall_at(free_shop, "9"))
    assert at_desk.get(page_of(there)).status_code == 404
    assert at_desk.post(page_of(there), {"note": "x"}).status_code == 404


def test_the_pages_cost_the_same_for_few_and_for_many(at_desk, visit, stall, lease, bazaar, coppersmith, manager):  # noqa: F811
    note_finding(lease=lease, visit=visit, about="clean", text="x", by=manager)
    pages = (ROUNDS, page_of(stall))
    few = []
    for page in pages:
        at_desk.get(page)
        with _counted() as cost:
            at_desk.get(page)
        few.append(cost.total)
    for number in range(8):
        there = put_stall(stall_at(bazaar, str(10 + number), right=300 * number, front=400))
        Lease.objects.create(
            stall=there, tenant=coppersmith, starts_on=FIRST, agreed_until=LAST, last_on=LAST, rent_rial=0
        )
        keep_visit(round_=visit.round, stall=there, by=manager, answers={}, note="x")
        note_finding(lease=lease, visit=visit, about="clean", text="x", by=manager)
        keep_visit(round_=visit.round, stall=stall, by=manager, answers={}, note="x", photos=[camera_photo()])
    for page, cost in zip(pages, few, strict=True):
        with _counted() as many:
            at_desk.get(page)
        assert many.total == cost <= 20, page
