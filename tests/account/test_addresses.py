"""The addresses a buyer keeps, and where the checkout offers them."""

import pytest

from marketplace.address.models import UserAddress
from marketplace.address.saved import saved_addresses

LIST = "/account/addresses/"
TYPED = {"name": "مینا", "mobile": "۰۹۱۲ ۳۴۵ ۶۷۸۹", "province": "kerman", "city": "سیرجان", "address": "کوچهٔ یک"}


@pytest.fixture
def two(client, buyer, kerman_province):
    client.force_login(buyer)
    for street in ("کوچهٔ یک", "کوچهٔ دو"):
        client.post(LIST + "new/", {**TYPED, "address": street, "postal_code": "7816712345"})
    return list(UserAddress.objects.filter(user=buyer).order_by("pk"))


def test_the_first_is_the_default_and_digits_are_latin(client, buyer, two):
    first, second = two
    assert (first.is_default_for_shipping, second.is_default_for_shipping) == (True, False)
    assert (first.phone_number.as_e164, first.postcode, first.state) == ("+989123456789", "7816712345", "kerman")
    assert "کوچهٔ دو" in client.get(LIST).content.decode()


def test_a_strange_postal_code_is_said_and_kept(client, buyer, kerman_province):
    client.force_login(buyer)
    page = client.post("/en" + LIST + "new/", {**TYPED, "postal_code": "۱۲۳"}, follow=True).content.decode()
    assert ("does not have ten digits" in page, UserAddress.objects.get().postcode) == (True, "123")


def test_a_wrong_mobile_is_refused_and_nothing_is_kept(client, buyer, kerman_province):
    client.force_login(buyer)
    assert client.post(LIST + "new/", {**TYPED, "mobile": "12"}).status_code == 422
    assert UserAddress.objects.count() == 0


def test_change_keeps_the_default(client, buyer, two):
    first, _second = two
    assert "کوچهٔ یک" in client.get(f"{LIST}{first.pk}/").content.decode()
    client.post(f"{LIST}{first.pk}/", {**TYPED, "city": "کرمان"})
    first.refresh_from_db()
    assert (first.line4, first.is_default_for_shipping, UserAddress.objects.count()) == ("کرمان", True, 2)


def test_another_default_and_its_removal(client, buyer, two):
    first, second = two
    client.post(f"{LIST}{second.pk}/default/")
    assert [one.pk for one in saved_addresses(buyer).filter(is_default_for_shipping=True)] == [second.pk]
    client.post(f"{LIST}{second.pk}/remove/")
    assert [(one.pk, one.is_default_for_shipping) for one in saved_addresses(buyer)] == [(first.pk, True)]


def test_anothers_address_is_not_found_and_stays(client, stranger, two):
    before = list(UserAddress.objects.order_by("pk").values())
    client.force_login(stranger)
    pk = two[1].pk
    answers = [
        client.get(f"{LIST}{pk}/").status_code,
        client.post(f"{LIST}{pk}/", TYPED).status_code,
        client.post(f"{LIST}{pk}/default/").status_code,
        client.post(f"{LIST}{pk}/remove/").status_code,
    ]
    assert answers == [404, 404, 404, 404]
    assert list(UserAddress.objects.order_by("pk").values()) == before


def test_the_checkout_offers_them_and_fills_in_the_chosen(client, buyer, two, workshop_offer):
    client.post("/basket/add/", {"offer": workshop_offer.pk, "quantity": "1"})
    page = client.get("/checkout/").content.decode()
    assert (f"?saved={two[1].pk}" in page, 'rows="3"' in page) == (True, True)
    assert client.get("/checkout/").context["form"].initial["address"] == "کوچهٔ یک"
    assert client.get(f"/checkout/?saved={two[1].pk}").context["form"].initial["address"] == "کوچهٔ دو"


def test_the_checkout_fills_in_nobody_elses(client, stranger, two, workshop_offer):
    client.force_login(stranger)
    client.post("/basket/add/", {"offer": workshop_offer.pk, "quantity": "1"})
    assert "address" not in client.get(f"/checkout/?saved={two[1].pk}").context["form"].initial
