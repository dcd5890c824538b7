"""In by a code to one's mobile: who has an account, who opens one, who may not; nothing tells who has one before the code is right."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice

from marketplace.core import codes, known_devices, outbox, sms
from marketplace.core.models import OneTimeCode, OutboxEvent, User
from marketplace.core.rules import require_iranian_mobile
from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db
ASK, ENTER, JOIN = "/en/sign-in/code/", "/en/sign-in/code/enter/", "/en/sign-in/code/join/"
BUYERS, NOBODYS = "09131110002", "09123456789"
GOOD = {"name": "Mina", "language": "en", "terms": "on"}
NOT_RIGHT = "This code is not right"


@pytest.fixture(autouse=True)
def _fresh_cache():
    cache.clear()


def digits_sent(texted) -> str:
    outbox.drain()
    return re.search(r"\d{6}", texted[-1][1]).group()


def code_for(client, texted, mobile: str, **more) -> str:
    answer = client.post(ASK, {"mobile": mobile, **more})
    assert (answer.status_code, answer["Location"]) == (302, ENTER)
    return digits_sent(texted)


def is_in(client) -> str | None:
    return client.session.get("_auth_user_id")


def refused(client, code: str) -> bool:
    page = client.post(ENTER, {"code": code})
    return page.status_code == 422 and NOT_RIGHT in page.content.decode() and is_in(client) is None


def test_a_code_signs_in_who_has_an_account_and_confirms_the_mobile(client, buyer, texted):
    code = code_for(client, texted, BUYERS)
    assert texted[-1][0] == buyer.mobile
    answer = client.post(ENTER, {"code": code})
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert is_in(client) == str(buyer.pk)
    buyer.refresh_from_db()
    assert abs(timezone.now() - buyer.mobile_verified_at) < timedelta(minutes=1)


def test_persian_digits_are_read(client, buyer, texted):
    code = code_for(client, texted, "۰۹۱۳۱۱۱۰۰۰۲").translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))
    assert client.post(ENTER, {"code": f" {code} "}).status_code == 302
    assert is_in(client) == str(buyer.pk)


def test_who_is_new_opens_an_account_with_the_mobile_confirmed(client, texted):
    code = code_for(client, texted, NOBODYS, next="/desk/become/")
    assert client.post(ENTER, {"code": code})["Location"] == JOIN
    assert (is_in(client), User.objects.count()) == (None, 0)
    answer = client.post(JOIN, GOOD)
    assert (answer.status_code, answer["Location"]) == (302, "/desk/become/")
    user = User.objects.get()
    assert (user.mobile, user.first_name, user.language) == ("+989123456789", "Mina", "en")
    assert (user.has_usable_password(), user.mobile_verified_at is None) == (False, False)
    assert is_in(client) == str(user.pk)


@pytest.mark.parametrize("lack", ["name", "terms"])
def test_an_account_is_not_opened_without_a_name_or_the_terms(client, texted, lack):
    client.post(ENTER, {"code": code_for(client, texted, NOBODYS)})
    page = client.post(JOIN, {key: value for key, value in GOOD.items() if key != lack})
    assert page.status_code == 422
    assert lack == "name" or 'value="Mina"' in page.content.decode()
    assert (User.objects.count(), is_in(client)) == (0, None)


def test_an_account_is_not_opened_with_a_mobile_that_was_not_proved(client, texted):
    assert client.post(JOIN, GOOD)["Location"] == ASK
    code_for(client, texted, NOBODYS)
    assert client.post(JOIN, GOOD)["Location"] == ASK
    assert User.objects.count() == 0


def test_a_proof_waits_half_an_hour_for_its_name(client, texted, monkeypatch):
    client.post(ENTER, {"code": code_for(client, texted, NOBODYS)})
    kept = client.session
    kept["sign_in_code"] = kept["sign_in_code"] | {"proved_at": kept["sign_in_code"]["proved_at"] - 1801}
    kept.save()
    assert client.post(JOIN, GOOD)["Location"] == ASK
    assert User.objects.count() == 0


def test_another_mobile_asked_for_after_the_proof_opens_nothing(client, texted):
    client.post(ENTER, {"code": code_for(client, texted, NOBODYS)})
    client.post(ASK, {"mobile": "09121112233"})
    assert client.post(JOIN, GOOD)["Location"] == ASK
    assert User.objects.count() == 0


def test_who_comes_second_with_a_mobile_opens_no_second_account(client, texted):
    client.post(ENTER, {"code": code_for(client, texted, NOBODYS)})
    User.objects.create_user("first", mobile="+989123456789")
    page = client.post(JOIN, GOOD)
    assert (page.status_code, "There is an account" in page.content.decode()) == (422, True)
    assert (User.objects.count(), is_in(client)) == (1, None)


def test_the_answer_and_the_steps_are_the_same_whether_there_is_an_account_or_not(client, buyer, texted):
    told = []
    for mobile in (BUYERS, NOBODYS):
        someone = Client()
        with CaptureQueriesContext(connection) as asked:
            answer = someone.post(ASK, {"mobile": mobile})
        looks = [one for one in asked.captured_queries if User._meta.db_table in one["sql"]]
        told.append((answer.status_code, answer["Location"], len(looks), len(asked.captured_queries)))
        page = someone.get(ENTER).content.decode()
        assert "A code of six digits is on its way" in page
    assert told[0] == told[1]
    assert told[0][:3] == (302, ENTER, 0)
    outbox.drain()
    assert [mobile for mobile, _text in texted] == ["+989131110002", "+989123456789"]


def test_a_wrong_code_says_the_same_with_an_account_and_without(client, buyer, texted):
    pages = []
    for mobile in (BUYERS, NOBODYS):
        right = code_for(client, texted, mobile)
        page = client.post(ENTER, {"code": "111111" if right != "111111" else "222222"})
        plain = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"|nonce="[^"]+"', "", page.content.decode())
        pages.append(plain.replace(codes.normal_mobile(mobile), "M"))
    assert pages[0] == pages[1]


def test_neither_the_digits_nor_a_mobile_that_was_sent_to_stand_in_the_database(client, texted):
    code = code_for(client, texted, NOBODYS)
    kept = OneTimeCode.objects.values("whom", "digest", "user").get()
    assert not any(part in str(kept) for part in (code, "9123456789"))
    assert OutboxEvent.objects.get(topic=codes.ASKED).payload == {}


def test_a_code_opens_once(client, buyer, texted):
    code = code_for(client, texted, BUYERS)
    kept = client.session["sign_in_code"]
    client.post(ENTER, {"code": code})
    client.logout()
    again = client.session
    again["sign_in_code"] = kept
    again.save()
    assert refused(client, code)


def test_five_wrong_tries_close_a_code(client, buyer, texted):
    code = code_for(client, texted, BUYERS)
    wrong = "111111" if code != "111111" else "222222"
    assert all(refused(client, wrong) for _nth in range(5))
    assert refused(client, code)


def test_a_code_is_over_after_ten_minutes(client, buyer, texted):
    code = code_for(client, texted, BUYERS)
    OneTimeCode.objects.update(until=timezone.now() - timedelta(seconds=1))
    assert refused(client, code)


def test_a_code_opens_in_the_browser_that_asked_for_it_only(client, buyer, texted):
    mine = code_for(client, texted, BUYERS)
    stranger = Client()
    theirs = code_for(stranger, texted, BUYERS)
    assert mine == theirs or refused(stranger, mine)
    for _nth in range(5):
        refused(stranger, "111111" if mine != "111111" else "222222")
    assert client.post(ENTER, {"code": mine}).status_code == 302
    assert is_in(client) == str(buyer.pk)


def test_a_code_to_sign_in_gives_no_other_password_and_the_other_way_round(client, buyer, texted):
    to_sign_in = code_for(client, texted, BUYERS)
    client.post("/en/sign-in/forgotten/", {"contact": BUYERS})
    for_a_password = digits_sent(texted)
    if to_sign_in != for_a_password:
        page = client.post("/en/sign-in/new-password/", {"code": to_sign_in, "password": "a carpet of many knots"})
        assert (page.status_code, NOT_RIGHT in page.content.decode()) == (422, True)
        assert refused(client, for_a_password)
    assert User.objects.get(pk=buyer.pk).check_password(PASSWORD)
    assert client.post(ENTER, {"code": to_sign_in}).status_code == 302


def test_staff_come_in_by_no_code_alone(client, officer, texted):
    code = code_for(client, texted, officer.mobile)
    page = client.post(ENTER, {"code": code})
    assert (page.status_code, "does not open by a code alone" in page.content.decode()) == (422, True)
    assert is_in(client) is None
    assert refused(client, code)


def test_who_has_a_second_factor_comes_in_by_no_code_alone(client, buyer, texted):
    TOTPDevice.objects.create(user=buyer, name="default")
    page = client.post(ENTER, {"code": code_for(client, texted, BUYERS)})
    assert (page.status_code, "does not open by a code alone" in page.content.decode()) == (422, True)
    assert is_in(client) is None


def test_a_closed_account_stays_closed(client, buyer, texted):
    User.objects.filter(pk=buyer.pk).update(is_active=False)
    page = client.post(ENTER, {"code": code_for(client, texted, BUYERS)})
    assert (page.status_code, "This account is closed" in page.content.decode()) == (422, True)
    assert (is_in(client), User.objects.count()) == (None, 1)


def test_a_maker_comes_in_by_a_code(client, artisan, texted):
    client.post(ENTER, {"code": code_for(client, texted, artisan.mobile)})
    assert is_in(client) == str(artisan.pk)


@pytest.mark.parametrize("typed", ["", "kilim", "12", "buyer@example.org", "+14155552671", "02188887777"])
def test_what_is_no_mobile_of_iran_is_said_and_kept(client, typed):
    page = client.post(ASK, {"mobile": typed})
    assert (page.status_code, OutboxEvent.objects.count()) == (422, 0)
    assert f'value="{typed}"' in page.content.decode() or not typed


@pytest.mark.parametrize("mobile", [None, "+14155552671", "+982188887777"])
def test_a_number_that_is_no_mobile_of_iran_is_refused(mobile):
    with pytest.raises(codes.not_right().__class__) as refusal:
        require_iranian_mobile(mobile)
    assert refusal.value.code == "iranian_mobile"


@pytest.mark.parametrize(
    ("asked", "leads_to"),
    [("/desk/become/", "/desk/become/"), ("https://elsewhere.example/", "/"), ("//elsewhere.example", "/"), ("", "/")],
)
def test_next_is_kept_within_the_market(client, buyer, texted, asked, leads_to):
    client.post(ENTER, {"code": code_for(client, texted, BUYERS, next=asked)})
    client.logout()
    code = code_for(client, texted, BUYERS, next=asked)
    assert client.post(ENTER, {"code": code})["Location"] == leads_to


def test_who_is_sent_to_sign_in_finds_the_way_back_at_every_door(client, buyer, texted):
    sent = client.get("/en/account/")["Location"]
    page = client.get(sent).content.decode()
    for door in ("code", "forgotten"):
        assert f'href="/en/sign-in/{door}/?next=%2Fen%2Faccount%2F"' in page
    client.post("/en/sign-in/forgotten/", {"contact": BUYERS, "next": "/en/account/"})
    answer = client.post(
        "/en/sign-in/new-password/", {"code": digits_sent(texted), "password": "a carpet of many knots"}
    )
    assert answer["Location"] == "/en/sign-in/?next=%2Fen%2Faccount%2F"


def test_who_is_in_already_is_led_on(client, buyer):
    client.force_login(buyer)
    assert client.get(f"{ASK}?next=/basket/")["Location"] == "/basket/"


def test_a_device_is_known_after_a_code_and_is_not_held_up_by_what_strangers_ask(client, buyer, texted):
    client.post(ENTER, {"code": code_for(client, texted, BUYERS)})
    assert client.cookies[known_devices.COOKIE]["httponly"]
    client.post("/sign-out/")
    answers = [Client().post(ASK, {"mobile": BUYERS}, REMOTE_ADDR=f"10.0.0.{nth}").status_code for nth in range(6)]
    assert answers == [302] * 4 + [422] * 2
    code = code_for(client, texted, BUYERS)
    assert client.post(ENTER, {"code": code}).status_code == 302


def test_a_mobile_is_sent_five_codes_an_hour(client, buyer, texted):
    answers = [Client().post(ASK, {"mobile": NOBODYS}, REMOTE_ADDR=f"10.0.0.{nth}") for nth in range(6)]
    assert [one.status_code for one in answers] == [302] * 5 + [422]
    assert "was sent many codes" in answers[5].content.decode()
    outbox.drain()
    assert len(texted) == 5


def test_asking_for_many_mobiles_is_slowed_down(client, db):
    answers = [client.post(ASK, {"mobile": f"091234567{nth:02}"}).status_code for nth in range(21)]
    assert answers == [302] * 20 + [429]


def test_guesses_at_codes_are_slowed_down(client, buyer, texted):
    code = code_for(client, texted, BUYERS)
    wrong = "111111" if code != "111111" else "222222"
    assert [client.post(ENTER, {"code": wrong}).status_code for _nth in range(21)] == [422] * 20 + [429]


def test_the_digits_are_asked_of_nobody_who_asked_for_no_code(client, db):
    assert client.get(ENTER)["Location"] == ASK
    assert client.post(ENTER, {"code": "123456"})["Location"] == ASK


def test_the_first_code_warns_that_somebody_else_may_have_set_the_password(client, buyer, texted):
    for times in (1, 0):
        client.post(ENTER, {"code": code_for(client, texted, BUYERS, next="/en/")})
        page = client.get("/en/").content.decode()
        assert page.count("If it was not you who set this account") == times
        client.post("/sign-out/")


def test_another_mobile_in_the_settings_is_not_confirmed(client, buyer):
    User.objects.filter(pk=buyer.pk).update(mobile_verified_at=timezone.now())
    client.force_login(buyer)
    typed = {"name": "Mina", "email": buyer.email, "mobile": buyer.mobile, "language": "fa", "currency_unit": "rial"}
    client.post("/en/account/settings/", typed)
    buyer.refresh_from_db()
    assert buyer.mobile_verified_at is not None
    client.post("/en/account/settings/", typed | {"mobile": NOBODYS, "password": PASSWORD})
    buyer.refresh_from_db()
    assert (buyer.mobile, buyer.mobile_verified_at) == ("+989123456789", None)


def test_a_number_that_takes_no_message_holds_up_nobody_else_and_is_given_up(client, buyer, texted, monkeypatch):
    sent = []

    def choosy(mobile: str, text: str) -> None:
        if mobile == "+989123456789":
            raise sms.NotSent("no such number")
        sent.append(mobile)

    monkeypatch.setattr(codes, "send_sms", choosy)
    for mobile in (NOBODYS, BUYERS):
        client.post(ASK, {"mobile": mobile})
    outbox.drain()
    OutboxEvent.objects.update(not_before=None)
    outbox.drain()
    assert sent == [buyer.mobile]
    OutboxEvent.objects.filter(topic=codes.ASKED).update(
        not_before=None, created_at=timezone.now() - timedelta(minutes=11)
    )
    outbox.drain()
    asked = OutboxEvent.objects.filter(topic=codes.ASKED)
    assert [(one.payload, one.done_at is None) for one in asked] == [({}, False)] * 2
