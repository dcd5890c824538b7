"""A photo that another maker published first: noticed in the background, asked about once, judged by a person."""

import pytest
from django.template.loader import render_to_string
from PIL import ImageOps

from catalogue.models import Product
from catalogue.pictures import add_picture
from marketplace.core import outbox
from marketplace.core.models import OutboxEvent
from marketplace.demo import art
from marketplace.listing.services import add_variant, create_work
from marketplace.matters.models import Matter
from marketplace.matters.services import decide
from marketplace.suspicion import findings
from marketplace.suspicion.inquiry import inquire
from marketplace.suspicion.matter import facts_of
from marketplace.suspicion.models import PhotoFinding
from marketplace.suspicion.services import PRINT_PHOTO


@pytest.fixture(autouse=True)
def _time_enough(monkeypatch):
    monkeypatch.setattr(findings, "SECONDS", 600)


@pytest.fixture(scope="module")
def photo():
    """A drawn kilim, as large as a phone's picture is stored."""
    return art.draw("Kilim (gelim) weaving", "flatweave", 11, size=640)


def other_photo():
    return art.draw("Coppersmithing", "metal", 3, size=640)


def test_a_copy_opens_a_matter_that_shows_both_pictures(kilim, unproven_tray, photo):
    first = add_picture(work=kilim, image=photo)
    copy = add_picture(work=unproven_tray, image=ImageOps.mirror(photo).crop((20, 20, 620, 620)))
    [matter] = inquire([kilim.pk, unproven_tray.pk])
    assert matter.subject_id == unproven_tray.pk
    [fact] = matter.facts["signals"]
    assert (fact["kind"], fact["mark"], fact["image"], fact["other_image"]) == (
        "photo", f"photo:{first.pk}", copy.pk, first.pk,
    )  # fmt: skip
    assert fact["weight"] == matter.weight >= 25
    assert fact["sentence_en"].startswith("Kilim workshop published the same photo first, on ")
    mine, theirs = facts_of(matter)["signals"][0].sides
    assert (mine.maker, theirs.maker) == ("کارگاه مس", "کارگاه گلیم")
    page = render_to_string("desks/officer/facts_suspicion.html", facts_of(matter))
    assert mine.picture["src"] in page
    assert theirs.picture["src"] in page
    assert set(Product.objects.values_list("is_public", flat=True)) == {True}


def test_who_published_first_is_not_suspected(kilim, unproven_tray, photo):
    add_picture(work=kilim, image=photo)
    add_picture(work=unproven_tray, image=photo)
    assert inquire([kilim.pk]) == []


def test_one_s_own_photo_on_two_works_is_no_sign(kilim, weaver, kilim_craft, photo):
    add_picture(work=kilim, image=photo)
    again = create_work(maker=weaver, craft=kilim_craft, title_fa="گلیم دیگر")
    add_picture(work=again, image=photo)
    assert inquire([kilim.pk, again.pk]) == []


def test_another_photo_is_no_sign(kilim, unproven_tray, photo):
    add_picture(work=kilim, image=photo)
    add_picture(work=unproven_tray, image=other_photo())
    assert inquire([unproven_tray.pk]) == []


def test_each_photo_is_asked_about_once(kilim, unproven_tray, photo, monkeypatch):
    add_picture(work=kilim, image=photo)
    add_picture(work=unproven_tray, image=other_photo())
    inquire([kilim.pk, unproven_tray.pk])
    assert PhotoFinding.objects.filter(first=None).count() == 2
    monkeypatch.setattr(findings, "find_first_published", None)
    assert inquire([kilim.pk, unproven_tray.pk]) == []


def test_a_judged_match_is_not_raised_again_but_another_photo_is(kilim, unproven_tray, photo, officer):
    add_picture(work=kilim, image=photo)
    add_picture(work=unproven_tray, image=photo)
    [matter] = inquire([unproven_tray.pk])
    decide(matter=matter, decision="unfounded", reason="", by=officer)
    add_picture(work=unproven_tray, image=photo)
    assert inquire([unproven_tray.pk]) == []
    other = add_picture(work=kilim, image=other_photo())
    add_picture(work=unproven_tray, image=other_photo())
    [again] = inquire([unproven_tray.pk])
    assert [fact["other_image"] for fact in again.facts["signals"]] == [other.pk]


def test_the_worker_asks_after_a_picture_was_added(kilim, unproven_tray, photo):
    outbox.drain()
    add_picture(work=kilim, image=photo)
    add_picture(work=unproven_tray, image=photo)
    outbox.drain()
    assert Matter.objects.get(kind="suspicion").subject_id == unproven_tray.pk


def test_a_photo_printed_later_is_asked_about_then(kilim, unproven_tray, photo, monkeypatch):
    add_picture(work=kilim, image=photo)
    with monkeypatch.context() as storage_down:

        def fail(image):
            raise OSError

        storage_down.setattr("marketplace.suspicion.services.print_photo", fail)
        add_picture(work=unproven_tray, image=photo)
    assert OutboxEvent.objects.filter(topic=PRINT_PHOTO).exists()
    while outbox.drain():
        pass
    assert Matter.objects.get(kind="suspicion").subject_id == unproven_tray.pk


def test_what_the_demo_drew_is_not_asked_about(kilim, unproven_tray, photo):
    outbox.drain()
    add_picture(work=kilim, image=photo, is_demo=True)
    add_picture(work=unproven_tray, image=photo, is_demo=True)
    assert not OutboxEvent.objects.filter(topic="inquire", done_at=None).exists()
    assert inquire([unproven_tray.pk]) == []


def test_a_variant_s_photo_counts_for_its_work(kilim, coppersmith, copper_craft, photo):
    add_picture(work=kilim, image=photo)
    work = create_work(maker=coppersmith, craft=copper_craft, title_fa="سینی")
    variant = add_variant(work=work, title_fa="کوچک", price_rial=1_000_000, pieces=1)
    add_picture(work=variant, image=photo)
    [matter] = inquire([work.pk])
    assert matter.subject_id == work.pk


def test_a_storage_that_does_not_answer_is_asked_again_later(kilim, unproven_tray, photo, monkeypatch):
    add_picture(work=kilim, image=photo)
    add_picture(work=unproven_tray, image=photo)
    with monkeypatch.context() as storage_down:

        def fail(print_):
            raise OSError

        storage_down.setattr(findings, "find_first_published", fail)
        outbox.drain()
    assert not Matter.objects.exists()
    assert not PhotoFinding.objects.exists()
    assert OutboxEvent.objects.filter(topic="inquire", done_at=None, last_error="OSError").exists()
    OutboxEvent.objects.update(not_before=None)
    outbox.drain()
    assert Matter.objects.get(kind="suspicion").subject_id == unproven_tray.pk


def test_many_photos_leave_the_worker_time_for_others(kilim, unproven_tray, photo, monkeypatch):
    monkeypatch.setattr(findings, "SECONDS", 0)
    add_picture(work=kilim, image=photo)
    for _turn in range(3):
        add_picture(work=unproven_tray, image=photo)
    outbox.drain()
    assert PhotoFinding.objects.count() == 1
    turns = 1
    while outbox.drain():
        turns += 1
    assert (PhotoFinding.objects.count(), turns) == (4, 4)
    assert Matter.objects.get(kind="suspicion").weight == 45
