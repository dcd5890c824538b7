"""A person's settings: what needs the password, what another account holds, and the end of other sessions."""

import pytest
from django.test import Client

from tests.cast import PASSWORD

PAGE = "/en/account/settings/"
NEW = "a long shelf of pateh 12"


@pytest.fixture
def typed(client, buyer):
    client.force_login(buyer)
    return {"name": "Mina", "email": buyer.email, "mobile": buyer.mobile, "language": "fa", "currency_unit": "rial"}


@pytest.fixture
def elsewhere(buyer):
    other = Client()
    other.force_login(buyer)
    return other


def stored(user) -> tuple:
    user.refresh_from_db()
    return (user.first_name, user.email, user.mobile, user.language, user.currency_unit)


def test_name_language_and_unit_need_no_password(client, buyer, typed):
    response = client.post(PAGE, typed)
    assert (response.headers["Location"], response.cookies["currency_unit"].value) == ("/account/settings/", "rial")
    assert stored(buyer) == ("Mina", buyer.email, buyer.mobile, "fa", "rial")


def test_a_new_mail_needs_the_password(client, buyer, typed):
    before = stored(buyer)
    asked = {**typed, "email": "new@example.org"}
    assert client.post(PAGE, asked).status_code == 422
    assert stored(buyer) == before
    assert client.post(PAGE, {**asked, "password": PASSWORD}).status_code == 302
    assert stored(buyer)[1] == "new@example.org"


@pytest.mark.parametrize("column", ["email", "mobile"])
def test_what_another_account_has_is_refused(client, buyer, stranger, typed, column):
    before = stored(buyer)
    asked = {**typed, column: getattr(stranger, column), "password": PASSWORD}
    response = client.post(PAGE, asked)
    assert (response.status_code, "Another account has it." in response.content.decode()) == (422, True)
    assert stored(buyer) == before


def test_one_way_to_sign_in_stays(client, buyer, typed):
    before = stored(buyer)
    assert client.post(PAGE, {**typed, "email": "", "mobile": "", "password": PASSWORD}).status_code == 422
    assert stored(buyer) == before


def test_a_new_password_signs_other_devices_out(client, buyer, typed, elsewhere):
    answers = {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW}
    assert client.post(PAGE + "password/", answers).status_code == 302
    assert (client.get(PAGE).status_code, elsewhere.get(PAGE).status_code) == (200, 302)
    buyer.refresh_from_db()
    assert buyer.check_password(NEW)


def test_other_devices_are_signed_out_and_the_password_stays(client, buyer, typed, elsewhere):
    assert client.post(PAGE + "sessions/", {"password": "no"}).status_code == 422
    assert elsewhere.get(PAGE).status_code == 200
    assert client.post(PAGE + "sessions/", {"password": PASSWORD}).status_code == 302
    assert (client.get(PAGE).status_code, elsewhere.get(PAGE).status_code) == (200, 302)
    buyer.refresh_from_db()
    assert buyer.check_password(PASSWORD)
