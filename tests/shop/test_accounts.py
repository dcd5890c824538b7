"""The doors: in by mobile or mail, open an account, out by POST."""

import pytest
from django.core.cache import cache

from marketplace.core.models import User
from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db

GOOD = {"name": "مینا", "contact": "۰۹۱۲ ۳۴۵ ۶۷۸۹", "password": "گلیم-سیرجان-نود", "language": "fa"}


@pytest.fixture(autouse=True)
def fresh_throttle():
    cache.clear()


def signed_in(client) -> bool:
    return "_auth_user_id" in client.session


@pytest.mark.parametrize(
    "name", ["buyer@example.org", "BUYER@example.org", "09131110002", "+98 913 111 0002", "۰۹۱۳۱۱۱۰۰۰۲"]
)
def test_sign_in_by_mobile_or_mail(client, buyer, name):
    answer = client.post("/en/sign-in/", {"username": name, "password": PASSWORD})
    assert (answer.status_code, answer["Location"]) == (302, "/en/")
    assert signed_in(client)


def test_a_wrong_password_keeps_what_was_typed_and_signs_nobody_in(client, buyer):
    page = client.post("/en/sign-in/", {"username": "buyer@example.org", "password": "wrong"})
    html = page.content.decode()
    assert page.status_code == 200
    assert "The mobile number, the mail address or the password is not right." in html
    assert 'value="buyer@example.org"' in html
    assert not signed_in(client)


def test_sign_in_leads_on_within_the_market_only(client, buyer):
    form = {"username": "buyer@example.org", "password": PASSWORD}
    assert client.post("/sign-in/", form | {"next": "/basket/"})["Location"] == "/basket/"
    client.logout()
    assert client.post("/sign-in/", form | {"next": "https://elsewhere.example/"})["Location"] == "/"


def test_guessing_is_slowed_down(client, buyer):
    answers = [
        client.post("/sign-in/", {"username": "buyer@example.org", "password": "x"}).status_code for _ in range(21)
    ]
    assert answers == [200] * 20 + [429]


def test_people_who_know_their_passwords_do_not_shut_each_other_out(client, buyer):
    wrong = {"username": "buyer@example.org", "password": "x"}
    right = wrong | {"password": PASSWORD}
    assert [client.post("/sign-in/", wrong).status_code for _ in range(19)] == [200] * 19
    assert [client.post("/sign-in/", right).status_code for _ in range(5)] == [302] * 5
    client.logout()
    assert [client.post("/sign-in/", wrong).status_code for _ in range(2)] == [200, 429]
    assert client.post("/sign-in/", right).status_code == 429  # a guess that hits among too many learns nothing
    assert not signed_in(client)


def test_sign_up_by_mobile(client, db):
    answer = client.post("/sign-up/", GOOD)
    user = User.objects.get(mobile="+989123456789")
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert (user.first_name, user.email, user.language) == ("مینا", "", "fa")
    assert user.check_password(GOOD["password"])
    assert signed_in(client)


def test_sign_up_by_mail_speaks_the_language_chosen(client, db):
    answer = client.post("/sign-up/", GOOD | {"contact": "mina@Example.org", "language": "en"})
    user = User.objects.get(email="mina@example.org")
    assert answer["Location"] == "/en/"
    assert (user.mobile, user.language) == (None, "en")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"contact": "12345"}, "contact"),
        ({"contact": "mina@"}, "contact"),
        ({"contact": ""}, "contact"),
        ({"contact": "09131110002"}, "contact"),
        ({"contact": "Buyer@Example.org"}, "contact"),
        ({"password": "short"}, "password"),
        ({"password": "123456789"}, "password"),
        ({"password": "password123"}, "password"),
        ({"name": ""}, "name"),
        ({"language": "de"}, "language"),
    ],
)
def test_a_refused_form_keeps_what_was_typed_and_opens_nothing(client, buyer, change, field):
    page = client.post("/sign-up/", GOOD | change)
    assert page.status_code == 200
    assert list(page.context["form"].errors) == [field]
    assert User.objects.count() == 1
    assert not signed_in(client)
    if "name" not in change:
        assert 'value="مینا"' in page.content.decode()


def test_two_forms_at_once_open_one_account(client, buyer, monkeypatch):
    from marketplace.shop.forms import SignUpForm

    monkeypatch.setattr(SignUpForm, "clean_contact", lambda self: {"mobile": buyer.mobile})
    page = client.post("/sign-up/", GOOD)
    assert list(page.context["form"].errors) == ["contact"]
    assert User.objects.count() == 1


def test_who_is_signed_in_is_led_home(client, buyer):
    client.force_login(buyer)
    assert client.get("/sign-up/")["Location"] == "/"
    assert client.get("/sign-in/")["Location"] == "/"


def test_sign_out_is_a_post(client, buyer):
    client.force_login(buyer)
    assert client.get("/sign-out/").status_code == 405
    assert signed_in(client)
    assert client.post("/sign-out/")["Location"] == "/"
    assert not signed_in(client)
