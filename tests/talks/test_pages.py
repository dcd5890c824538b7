"""Buyer and maker write about an order; nobody else reads it, an officer only while a dispute is open."""

import io

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from marketplace.checkout.memory import NUMBERS
from marketplace.core.models import Notice
from marketplace.order.disputes import ask_officer
from marketplace.order.models import Letter, Order, Return
from marketplace.order.returns import ask_return, close_return, refuse_return
from marketplace.talks import rules
from marketplace.talks.models import Message, MessagePhoto
from marketplace.talks.services import write
from tests.order.sold import arrived, line_of, paid


def buyers_page(part) -> str:
    return reverse("account:talk", args=[part.order.number, part.pk])


def makers_page(part) -> str:
    return reverse("desks:order-talk", args=[part.number])


def officers_page(part) -> str:
    return reverse("desks:officer-talk", args=[part.number])


def photo(name: str = "a.png") -> SimpleUploadedFile:
    """A PNG that carries a note of its camera."""
    out = io.BytesIO()
    image = Image.new("RGB", (40, 30), "navy")
    exif = Image.Exif()
    exif[0x010E] = "taken at home"
    image.save(out, "PNG", exif=exif)
    return SimpleUploadedFile(name, out.getvalue(), content_type="image/png")


@pytest.fixture
def disputed(sold, artisan, buyer):
    """The buyer asked to give back, the maker refused, the buyer asked an officer."""
    arrived(sold, artisan)
    given = ask_return(part=sold, pieces={line_of(sold).pk: 1}, reason=Return.Reason.OTHER, text="another colour")
    refuse_return(given=given, by=artisan, answer="it is the colour of the picture")
    ask_officer(given=given, by=buyer)
    return given


def test_the_two_write_and_each_is_told_once_until_they_read(client, sold, buyer, artisan):
    client.force_login(buyer)
    for words in ("is the fringe wool?", "and how long?"):
        assert client.post(buyers_page(sold), {"text": words}).headers["Location"] == buyers_page(sold)
    assert Notice.objects.filter(user=artisan, kind="message").count() == 1
    client.force_login(artisan)
    page = client.get(makers_page(sold)).content.decode()
    assert ("is the fringe wool?" in page, "and how long?" in page) == (True, True)
    assert Message.objects.filter(read_at=None).count() == 0
    client.post(makers_page(sold), {"text": "all of it is wool"})
    told = Notice.objects.get(user=buyer, kind="message")
    client.force_login(buyer)
    assert "all of it is wool" in client.get(told.link).content.decode()
    assert list(Message.objects.values_list("from_buyer", "by")) == [
        (True, buyer.pk),
        (True, buyer.pk),
        (False, artisan.pk),
    ]


def test_photos_are_encoded_anew_and_stored_privately(client, sold, buyer):
    client.force_login(buyer)
    client.post(buyers_page(sold), {"text": "", "photo_1": photo(), "photo_3": photo("b.png")})
    first, second = MessagePhoto.objects.all()
    stored = first.file.read()
    assert (stored[:4], stored[8:12], b"taken at home" in stored) == (b"RIFF", b"WEBP", False)
    assert default_storage.exists(first.file.name) is False  # the public one
    assert (first.message, second.message) == (Message.objects.get(), first.message)


@pytest.mark.parametrize(
    "typed",
    [{"text": "  "}, {"text": "x" * 2001}, {"text": "look", "photo_1": SimpleUploadedFile("a.svg", b"<svg/>")}],
    ids=["empty", "too long", "no photograph"],
)
def test_what_cannot_be_sent_is_said_and_nothing_is_written(client, sold, buyer, typed):
    client.force_login(buyer)
    assert client.post(buyers_page(sold), typed).status_code == 422
    assert (Message.objects.count(), Notice.objects.filter(kind="message").count()) == (0, 0)


def test_photos_that_came_with_a_refused_message_are_to_be_chosen_again(client, sold, buyer):
    client.force_login(buyer)
    pages = [
        client.post("/en" + buyers_page(sold), {"text": "x" * 2001, **more}).content.decode()
        for more in ({"photo_1": photo()}, {})
    ]
    assert ["choose your photos again" in page for page in pages] == [True, False]


def test_too_many_in_a_day_are_refused(client, sold, buyer, monkeypatch):
    monkeypatch.setattr(rules, "MOST_A_DAY", 1)
    client.force_login(buyer)
    client.post(buyers_page(sold), {"text": "one"})
    assert client.post(buyers_page(sold), {"text": "two"}).status_code == 422
    assert Message.objects.get().text == "one"


@pytest.mark.parametrize("who", ["stranger", "other_artisan", "officer", "manager"])
def test_nobody_else_reads_or_writes(client, request, sold, coppersmith, who):
    write(part=sold, from_buyer=True, by=sold.order.user, text="between us")
    client.force_login(request.getfixturevalue(who))
    answers = [
        client.get(buyers_page(sold)).status_code,
        client.post(buyers_page(sold), {"text": "hello"}).status_code,
        client.get(makers_page(sold)).status_code,
        client.post(makers_page(sold), {"text": "hello"}).status_code,
        client.get(officers_page(sold)).status_code,
    ]
    assert set(answers) <= {302, 403, 404}
    assert answers[:2] == [404, 404]
    assert (Message.objects.count(), Message.objects.filter(read_at=None).count()) == (1, 1)


def test_a_part_of_another_order_is_not_found_under_ones_own_number(client, sold, buyer, stranger, workshop_offer):
    client.force_login(buyer)
    address = reverse("account:talk", args=[sold.order.number, sold.pk + 1000])
    assert client.get(address).status_code == 404


def test_an_officer_reads_while_the_dispute_is_open_and_never_writes(client, officer, disputed, buyer, settings):
    part = disputed.seller_order
    settings.SECOND_FACTOR_REQUIRED = False
    write(part=part, from_buyer=True, by=buyer, text="look at the photo")
    client.force_login(officer)
    page = client.get(officers_page(part))
    assert (page.status_code, "look at the photo" in page.content.decode()) == (200, True)
    assert client.post(officers_page(part), {"text": "hello"}).status_code == 405
    assert Message.objects.get().read_at is None
    close_return(given=disputed, by=officer)
    assert client.get(officers_page(part)).status_code == 404


def test_a_guest_writes_from_the_order_and_is_told_by_letter(client, workshop_offer, contact, artisan):
    part = paid(workshop_offer, contact).seller_orders.get()
    assert client.get(buyers_page(part)).status_code == 404
    session = client.session
    session[NUMBERS] = [part.order.number]
    session.save()
    assert client.post(buyers_page(part), {"text": "I am a guest"}).status_code == 302
    assert (Message.objects.get().by, Notice.objects.get(kind="message").user) == (None, artisan)
    letters = Letter.objects.count()
    write(part=part, from_buyer=False, by=artisan, text="welcome")
    assert (Letter.objects.count(), Order.objects.get().user) == (letters + 1, None)


def test_the_room_lists_ones_own_conversations_in_as_many_queries_for_two_as_for_one(
    client, buyer, stranger, workshop_offer, contact, artisan, django_assert_num_queries
):
    sold = paid(workshop_offer, contact, 1, user=buyer).seller_orders.get()
    there = buyers_page(sold)
    write(part=sold, from_buyer=False, by=artisan, text="it is ready")
    client.force_login(buyer)
    client.get("/en/account/messages/")
    with CaptureQueriesContext(connection) as one:
        page = client.get("/en/account/messages/").content.decode()
    assert (there in page, "1 unread" in page) == (True, True)
    paid(workshop_offer, contact, 1, user=buyer)
    with django_assert_num_queries(len(one)):
        client.get("/en/account/messages/")
    client.force_login(stranger)
    assert there not in client.get("/en/account/messages/").content.decode()
    assert len(one) <= 12
