"""A forgotten password: a code to the mobile or the mail address, typed once within minutes; nothing tells who has an account."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from marketplace.core import codes, forgotten, outbox, sms
from marketplace.core.models import OneTimeCode, OutboxEvent, User
from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db
ASK, RENEW = "/en/sign-in/forgotten/", "/en/sign-in/new-password/"
NEW = "a carpet of many knots"


@pytest.fixture(autouse=True)
def _fresh_cache():
    cache.clear()


def digits_in(text: str) -> str:
    return re.search(r"\d{6}", text).group()


def code_to_mobile(client, texted, mobile: str = "09131110002") -> str:
    assert client.post(ASK, {"contact": mobile}).status_code == 302
    outbox.drain()
    return digits_in(texted[-1][1])


def knows(user: User, password: str) -> bool:
    return User.objects.get(pk=user.pk).check_password(password)


def test_a_code_by_sms_opens_another_password_and_the_owner_is_told(client, buyer, texted):
    code = code_to_mobile(client, texted)
    assert texted == [(buyer.mobile, texted[0][1])]
    answer = client.post(RENEW, {"code": code, "password": NEW})
    assert (answer.status_code, answer["Location"]) == (302, "/en/sign-in/")
    assert knows(buyer, NEW)
    outbox.drain()
    assert [mobile for mobile, _text in texted] == [buyer.mobile] * 2
    assert [one.to for one in mail.outbox] == [[buyer.email]]
    assert "_auth_user_id" not in client.session


def test_a_code_by_mail_in_persian_digits(client, buyer, texted):
    client.post(ASK, {"contact": "BUYER@example.org"})
    outbox.drain()
    (letter,) = mail.outbox
    assert (letter.to, texted) == ([buyer.email], [])
    code = digits_in(letter.body).translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))
    assert client.post(RENEW, {"code": f" {code} ", "password": NEW}).status_code == 302
    assert knows(buyer, NEW)


@pytest.mark.parametrize("contact", ["09131110002", "nobody@example.org", "09120000000"])
def test_the_answer_and_the_steps_are_the_same_whether_there_is_an_account_or_not(client, buyer, texted, contact):
    client.get(ASK)
    with CaptureQueriesContext(connection) as asked:
        answer = client.post(ASK, {"contact": contact})
    looks = [one for one in asked.captured_queries if User._meta.db_table in one["sql"]]
    assert len(looks) == 1
    assert (answer.status_code, answer["Location"]) == (302, RENEW)
    assert OutboxEvent.objects.filter(topic=codes.ASKED).count() == 1
    page = client.get(RENEW).content.decode()
    assert "If there is an account with" in page


@pytest.mark.parametrize("contact", ["nobody@example.org", "09120000000"])
def test_nothing_is_sent_where_there_is_no_account(client, buyer, texted, contact):
    client.post(ASK, {"contact": contact})
    outbox.drain()
    assert (texted, mail.outbox, OneTimeCode.objects.count()) == ([], [], 0)


def test_a_closed_account_is_sent_nothing(client, buyer, texted):
    User.objects.filter(pk=buyer.pk).update(is_active=False)
    client.post(ASK, {"contact": buyer.email})
    outbox.drain()
    assert (texted, mail.outbox, OneTimeCode.objects.count()) == ([], [], 0)


def test_neither_the_digits_nor_the_mobile_stand_in_the_database(client, buyer, texted):
    code = code_to_mobile(client, texted)
    kept = OneTimeCode.objects.values("whom", "digest", "purpose").get()
    assert not any(part in str(kept) for part in (code, buyer.mobile, buyer.mobile[3:]))
    event = OutboxEvent.objects.get(topic=codes.ASKED)
    assert not any(part in str(event.payload) for part in (code, buyer.mobile, buyer.mobile[3:]))


def refused(client, code: str) -> bool:
    page = client.post(RENEW, {"code": code, "password": NEW})
    return page.status_code == 422 and "This code is not right" in page.content.decode()


def test_a_code_opens_once(client, buyer, texted):
    code = code_to_mobile(client, texted)
    client.post(RENEW, {"code": code, "password": NEW})
    client.post(ASK, {"contact": "09131110002"})  # the session forgot who it was
    assert refused(client, code)
    assert knows(buyer, NEW)


def test_five_wrong_tries_close_a_code_that_is_right_the_sixth_time(client, buyer, texted):
    code = code_to_mobile(client, texted)
    wrong = "111111" if code != "111111" else "222222"
    assert all(refused(client, wrong) for _nth in range(5))
    assert refused(client, code)
    assert knows(buyer, PASSWORD)


def test_a_code_is_over_after_ten_minutes(client, buyer, texted):
    code = code_to_mobile(client, texted)
    OneTimeCode.objects.update(until=timezone.now() - timedelta(seconds=1))
    assert refused(client, code)
    assert knows(buyer, PASSWORD)


def test_the_newest_code_is_the_only_one(client, buyer, texted):
    first, second = code_to_mobile(client, texted), code_to_mobile(client, texted)
    if first != second:
        assert refused(client, first)
    assert client.post(RENEW, {"code": second, "password": NEW}).status_code == 302


def test_a_code_for_one_account_opens_no_other(client, buyer, artisan, texted):
    code = code_to_mobile(client, texted)
    client.post(ASK, {"contact": artisan.email})
    assert refused(client, code)
    assert (knows(artisan, PASSWORD), knows(buyer, PASSWORD)) == (True, True)


def test_a_weak_password_leaves_the_code_to_be_used(client, buyer, texted):
    code = code_to_mobile(client, texted)
    for _nth in range(6):
        page = client.post(RENEW, {"code": code, "password": "1234"})
        assert page.status_code == 422
        assert f'value="{code}"' in page.content.decode()
    assert knows(buyer, PASSWORD)
    assert client.post(RENEW, {"code": code, "password": NEW}).status_code == 302


def test_every_session_of_the_account_ends(client, buyer, texted):
    elsewhere = Client()
    elsewhere.post("/en/sign-in/", {"username": buyer.username, "password": PASSWORD})
    code = code_to_mobile(client, texted)
    client.post(RENEW, {"code": code, "password": NEW})
    assert elsewhere.get("/en/account/").status_code == 302


def test_two_who_send_the_same_code_at_once_change_the_password_once(client, buyer, texted):
    code_to_mobile(client, texted)
    code = OneTimeCode.objects.get()
    forgotten.set_password(code=code, password=NEW)
    with pytest.raises(codes.not_right().__class__) as refusal:
        forgotten.set_password(code=code, password="the password of a stranger")
    assert refusal.value.code == "code_not_right"
    assert knows(buyer, NEW)


def test_a_mobile_is_sent_five_codes_an_hour_and_the_page_says_the_same(client, buyer, texted):
    for _nth in range(7):
        assert client.post(ASK, {"contact": "09131110002"})["Location"] == RENEW
    outbox.drain()
    assert len(texted) == 5


def test_asking_is_slowed_down(client, buyer):
    answers = [client.post(ASK, {"contact": f"a{nth}@example.org"}).status_code for nth in range(21)]
    assert answers == [302] * 20 + [429]


@pytest.mark.parametrize("contact", ["", "kilim", "12", "a@b"])
def test_what_is_neither_mobile_nor_address_is_said_and_kept(client, contact):
    page = client.post(ASK, {"contact": contact})
    assert page.status_code == 422
    assert OutboxEvent.objects.count() == 0
    assert f'value="{contact}"' in page.content.decode() if contact else True


def test_the_second_page_leads_back_to_who_has_asked_for_nothing(client):
    assert client.get(RENEW)["Location"] == ASK
    assert client.post(RENEW, {"code": "123456", "password": NEW})["Location"] == ASK


def test_a_message_that_is_not_taken_is_sent_again_with_another_code(client, buyer, texted, monkeypatch):
    def down(*_args) -> None:
        raise sms.NotSent("down")

    monkeypatch.setattr(codes, "send_sms", down)
    client.post(ASK, {"contact": "09131110002"})
    outbox.drain()
    assert OutboxEvent.objects.get(topic=codes.ASKED).done_at is None
    monkeypatch.undo()
    monkeypatch.setattr(codes, "send_sms", lambda mobile, text: texted.append((mobile, text)))
    OutboxEvent.objects.update(not_before=None)
    outbox.drain()
    assert client.post(RENEW, {"code": digits_in(texted[-1][1]), "password": NEW}).status_code == 302


def test_old_codes_are_swept(client, buyer, texted):
    code_to_mobile(client, texted)
    assert codes.sweep_codes() == 0
    OneTimeCode.objects.update(until=timezone.now() - timedelta(days=2))
    assert (codes.sweep_codes(), OneTimeCode.objects.count()) == (1, 0)


def test_wagtails_own_way_is_closed(client):
    assert client.get("/cms/password_reset/").status_code == 404
