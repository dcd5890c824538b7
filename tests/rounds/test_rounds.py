"""A round is kept as one goes: answers over earlier ones, photos without the camera's data, and an inspection that was due is closed."""

import io
from datetime import datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from PIL import Image

from marketplace.bazaars.models import Inspection
from marketplace.core.clock import TEHRAN
from marketplace.makers.models import Maker
from marketplace.rounds.checklist import load_questions
from marketplace.rounds.models import Answer, Photo, Question, Round, Visit
from marketplace.rounds.visits import begin_round, end_round, keep_visit
from marketplace.stalls.services import put_stall
from tests.cast import DAY
from tests.rounds.ladder import after
from tests.stalls.floor import stall_at


@pytest.fixture
def questions(day):
    load_questions()
    return list(Question.objects.asked_on(DAY))


@pytest.fixture
def walk(bazaar, manager):
    return begin_round(venue=bazaar, by=manager)


def camera_photo(taken: str | None = "2026:11:20 09:15:00", name: str = "stall.jpg") -> SimpleUploadedFile:
    """A phone's photo, with the time and the place that it wrote into it."""
    image, out = Image.new("RGB", (900, 600), (40, 90, 120)), io.BytesIO()
    exif = Image.Exif()
    if taken:
        exif.get_ifd(0x8769)[0x9003] = taken
    exif.get_ifd(0x8825)[1] = "N"
    exif[0x010F] = "Phone of the manager"
    image.save(out, "JPEG", exif=exif)
    return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")


def kept(walk, stall, by, questions=(), **more) -> Visit:
    return keep_visit(round_=walk, stall=stall, by=by, answers=dict.fromkeys(questions, ("yes", "")), **more)


def test_the_first_checklist_is_loaded_once(questions):
    assert [question.about for question in questions][:2] == ["foreign", "trade"]
    assert (len(questions), load_questions()) == (8, 0)


def test_a_question_is_asked_on_its_days(questions):
    Question.objects.filter(pk=questions[0].pk).update(asked_until=DAY)
    Question.objects.filter(pk=questions[1].pk).update(asked_from=DAY + timedelta(days=1))
    assert [Question.objects.asked_on(DAY + timedelta(days=n)).count() for n in (0, 1)] == [7, 7]


def test_a_round_that_is_open_is_gone_on_with(walk, bazaar, manager):
    assert begin_round(venue=bazaar, by=manager) == walk
    end_round(round_=walk, by=manager)
    assert begin_round(venue=bazaar, by=manager) != walk


def test_only_the_venues_manager_begins_a_round(bazaar, buyer):
    with pytest.raises(ValidationError) as refused:
        begin_round(venue=bazaar, by=buyer)
    assert (refused.value.code, Round.objects.count()) == ("not_your_venue", 0)


def test_answers_are_kept_as_one_goes_in_the_words_they_were_asked(walk, stall, lease, manager, questions):
    kept(walk, stall, manager, questions[:2])
    Question.objects.filter(pk=questions[0].pk).update(text_en="Changed?")
    visit = keep_visit(round_=walk, stall=stall, by=manager, answers={questions[0]: ("no", " سه تا ")}, note="شلوغ")
    assert list(visit.answers.order_by("question__position").values_list("given", "note", "asked_en")) == [
        ("no", "سه تا", "Are all goods at the stall made in Iran?"),
        ("yes", "", "Are all goods of the trade that the lease registers?"),
    ]
    assert (visit.lease, visit.note, visit.done_at) == (lease, "شلوغ", None)


def test_a_visit_is_done_when_every_question_is_answered(walk, stall, lease, manager, questions):
    with pytest.raises(ValidationError) as refused:
        kept(walk, stall, manager, questions[:-1], done=True)
    assert (refused.value.code, Visit.objects.count(), Answer.objects.count()) == ("unanswered", 0, 0)
    assert kept(walk, stall, manager, questions, done=True).done_at is not None


def test_a_visit_that_is_done_closes_the_inspection_that_was_due(walk, stall, lease, manager, questions, bazaar):
    due = Inspection.objects.create(venue=bazaar, maker=lease.tenant, because="refusals", opened_on=DAY)
    kept(walk, stall, manager, questions[:1])
    due.refresh_from_db()
    assert due.closed_on is None
    kept(walk, stall, manager, questions, done=True, note="چیزی نبود")
    due.refresh_from_db()
    assert (due.closed_on, due.note) == (DAY, "چیزی نبود")


@pytest.mark.parametrize(
    ("what", "code"),
    [
        ("ended", "round_ended"),
        ("another manager", "not_your_round"),
        ("another venue", "other_venue"),
        ("free stall", "nobody_there"),
        ("own stall", "own_cause"),
    ],
)
def test_what_a_round_does_not_take_is_refused(
    what, code, walk, stall, next_stall, lease, manager, other_artisan, bazaar, free_shop
):
    by, at = manager, stall
    if what == "ended":
        end_round(round_=walk, by=manager)
    elif what == "another manager":
        by = other_artisan
        bazaar.managers.add(by)
    elif what == "another venue":
        at = put_stall(stall_at(free_shop, "1"))
    elif what == "free stall":
        at = next_stall
    else:
        Maker.objects.filter(pk=lease.tenant_id).update(owner=manager)
    with pytest.raises(ValidationError) as refused:
        kept(walk, at, by, note="x")
    assert (refused.value.code, Visit.objects.count()) == (code, 0)


def test_a_photo_keeps_its_time_and_loses_the_cameras_data(walk, stall, lease, manager):
    visit = kept(walk, stall, manager, photos=[camera_photo()])
    photo = visit.photos.get()
    assert photo.taken_at == datetime(2026, 11, 20, 9, 15, tzinfo=TEHRAN)
    with storages["private"].open(photo.file.name) as file:
        content = file.read()
    assert (b"Phone of the manager" in content, dict(Image.open(io.BytesIO(content)).getexif())) == (False, {})


@pytest.mark.parametrize("said", [None, "nonsense", "1907:01:01 00:00:00", "2099:01:01 00:00:00"])
def test_a_time_that_cannot_be_meant_is_left_out(said, walk, stall, lease, manager):
    assert kept(walk, stall, manager, photos=[camera_photo(said)]).photos.get().taken_at is None


def test_a_file_that_is_no_photo_keeps_nothing(walk, stall, lease, manager, questions):
    with pytest.raises(ValidationError) as refused:
        kept(walk, stall, manager, questions, photos=[camera_photo(), SimpleUploadedFile("x.jpg", b"<svg>")])
    assert refused.value.code == "picture_kind"
    assert (Visit.objects.count(), Photo.objects.count(), Answer.objects.count()) == (0, 0, 0)


def test_the_database_takes_no_photo_back(walk, stall, lease, manager):
    kept(walk, stall, manager, photos=[camera_photo()])
    with pytest.raises(DatabaseError, match="measures_grow_only"), transaction.atomic():
        Photo.objects.update(taken_at=None)
    assert Photo.objects.get().taken_at is not None


def test_a_lease_that_is_over_is_not_visited(walk, stall, lease, manager):
    after(400)
    with pytest.raises(ValidationError) as refused:
        kept(walk, stall, manager, note="x")
    assert refused.value.code == "nobody_there"
