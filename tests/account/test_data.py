"""What a person may take along, and what is left of them when they go."""

import json

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import models
from django.test import Client

from authenticity.models import Doubt
from marketplace.address.models import UserAddress
from marketplace.basket.kept import keep_work
from marketplace.bookings.models import Booking
from marketplace.checkout.models import Purchase
from marketplace.core.models import Notice, User
from marketplace.core.notices import notify
from marketplace.export.models import Exporter
from marketplace.ledger.models import Posting
from marketplace.order.models import Order
from tests.bookings.visits import booked, session_of
from tests.cast import PASSWORD
from tests.order.sold import arrived

FILE, CLOSE = "/account/data/my-data.json", "/account/data/close/"
STREET = "کوچهٔ نسترن پلاک هفده"


@pytest.fixture
def known(client, buyer, sold, artisan, kerman_province):
    """A buyer of whom the market knows something in many tables."""
    arrived(sold, artisan)
    buyer.first_name, buyer.last_name = "پروانهٔ", "نمونه‌زاده"
    buyer.save()
    client.force_login(buyer)
    address = {"name": "پروانهٔ نمونه‌زاده", "mobile": buyer.mobile, "province": "kerman", "city": "سیرجان"}
    client.post("/account/addresses/new/", {**address, "address": STREET, "postal_code": "7816798765"})
    notify(users=[buyer], kind="news", sentence="%(name)s", params={"name": "پروانهٔ"})
    Doubt.objects.create(code="X", text="?", contact=buyer.email)
    keep_work(user=buyer, work=sold.lines.get().product)
    visited = booked(session_of(sold.seller.maker, days=3), user=buyer, name="پروانهٔ نمونه‌زاده", mobile=buyer.mobile)
    Booking.objects.filter(pk=visited.pk).update(state=Booking.State.ATTENDED)
    return buyer


def texts_holding(*values: str) -> list[str]:
    """Every text column of every table that holds one of the values, as model.column."""
    found = []
    for model in apps.get_models(include_auto_created=True):
        if not model._meta.managed or model._meta.proxy:
            continue
        kinds = (models.CharField, models.TextField, models.JSONField)
        names = [one.name for one in model._meta.concrete_fields if isinstance(one, kinds)]
        for row in model._base_manager.values(*names).iterator() if names else ():
            for name, value in row.items():
                text = json.dumps(value, ensure_ascii=False, default=str)
                found += [f"{model._meta.label}.{name}"] * any(one in text for one in values)
    return sorted(set(found))


def values_of(user: User, contact) -> list[str]:
    return [
        user.email,
        user.mobile,
        "پروانهٔ",
        "نمونه‌زاده",
        STREET,
        "7816798765",
        contact.address,
        contact.mobile,
        contact.postal_code,
    ]


def test_the_file_holds_what_is_kept_and_nobody_elses(client, known, sold, stranger):
    response = client.get(FILE)
    told = json.loads(response.content)
    assert response.headers["Content-Disposition"] == 'attachment; filename="my-data.json"'
    assert (told["core.User"][0]["mobile"], told["address.UserAddress"][0]["line1"]) == (known.mobile, STREET)
    assert (told["bookings.Booking"][0]["mobile"], len(told["bookings.Letter"])) == (known.mobile, 1)
    assert told["order.Order"][0]["number"] == sold.order.number
    client.force_login(stranger)
    assert list(json.loads(client.get(FILE).content)) == ["core.User"]


def test_none_of_a_persons_values_is_left_in_any_table(client, known, contact, sold):
    values = values_of(known, contact)
    before = texts_holding(*values)
    assert {"bookings.Booking.name", "bookings.Booking.mobile"} <= set(before)
    assert {"core.User.email", "checkout.Purchase.address", "address.UserAddress.line1"} <= set(before)
    other_device = Client()
    other_device.force_login(known)
    postings = list(Posting.objects.order_by("pk").values())
    assert client.post(CLOSE, {"password": PASSWORD}).headers["Location"] == "/"
    assert texts_holding(*values) == []
    assert (Order.objects.get().number, list(Posting.objects.order_by("pk").values())) == (sold.order.number, postings)
    assert (client.get("/account/").status_code, other_device.get("/account/").status_code) == (302, 302)
    assert not client.login(username=f"closed-{known.pk}", password=PASSWORD)
    assert [one for one in Session.objects.all() if "_auth_user_id" in one.get_decoded()] == []


def test_a_stranger_keeps_everything(client, known, stranger):
    UserAddress.objects.filter(user=known).update(user=stranger)
    client.post(CLOSE, {"password": PASSWORD})
    stranger.refresh_from_db()
    assert (stranger.is_active, stranger.email, UserAddress.objects.get().line1) == (
        True,
        "stranger@example.org",
        STREET,
    )


def test_a_wrong_password_closes_nothing(client, known):
    assert client.post(CLOSE, {"password": "no"}).status_code == 422
    known.refresh_from_db()
    assert (known.is_active, Notice.objects.filter(user=known).exists()) == (True, True)


def test_an_order_under_way_is_finished_first(client, buyer, sold):
    client.force_login(buyer)
    page = client.post("/en" + CLOSE, {"password": PASSWORD}, follow=True).content.decode()
    buyer.refresh_from_db()
    assert (f"still under way: {sold.order.number}" in page, buyer.is_active) == (True, True)
    assert Purchase.objects.get().mobile != ""


def test_a_maker_writes_to_the_market(client, artisan, kilim):
    client.force_login(artisan)
    page = client.post("/en" + CLOSE, {"password": PASSWORD}, follow=True).content.decode()
    artisan.refresh_from_db()
    assert ("Write to the market" in page, artisan.is_active) == (True, True)


def test_an_exporter_writes_to_the_market(client, buyer):
    exporter = Exporter.objects.create(user=buyer, name_fa="صادرات", name_en="Export", phone="1")
    client.force_login(buyer)
    page = client.post("/en" + CLOSE, {"password": PASSWORD}, follow=True).content.decode()
    buyer.refresh_from_db()
    exporter.refresh_from_db()
    assert ("Write to the market" in page, buyer.is_active, exporter.name_en) == (True, True, "Export")
