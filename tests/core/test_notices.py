"""Mailing notices: one bad address is nobody else's trouble, each is mailed once, and none is tried for ever."""

import logging
from smtplib import SMTPRecipientsRefused

import pytest
from django.db import connection
from django.utils import timezone

from marketplace.core import notices, outbox
from marketplace.core.models import Notice, OutboxEvent
from marketplace.core.notices import MOST_TRIES, notify

BAD = "nowhere@bad.example"


@pytest.fixture
def post_office(monkeypatch):
    """Whom mail reached, and whether a transaction of the outbox was open; one address is refused."""
    blocks, reached = len(connection.atomic_blocks), []

    def send(_subject, body, _from, to, headers=None):
        if to == [BAD]:
            raise SMTPRecipientsRefused({BAD: (550, b"no such user")})
        reached.append((to[0], body, len(connection.atomic_blocks) > blocks))

    monkeypatch.setattr(notices, "send_mail", send)
    return reached


@pytest.fixture
def told(buyer, artisan, other_artisan):
    """Three people told the same; the address of the second is bad."""
    artisan.email = BAD
    artisan.save()
    return notify(users=[buyer, artisan, other_artisan], kind="test", sentence="Hello")


def drain_again() -> None:
    OutboxEvent.objects.update(not_before=None)
    outbox.drain()


def test_one_bad_address_mails_everybody_else_once(told, post_office, buyer, other_artisan):
    for _nth in range(3):
        drain_again()
    assert [to for to, _body, _open in post_office] == [buyer.email, other_artisan.email]
    assert [notice.mailed_at is not None for notice in Notice.objects.order_by("pk")] == [True, False, True]
    assert Notice.objects.get(user__email=BAD).mail_tries == 3


def test_a_bad_address_is_given_up_after_a_few_tries(told, post_office):
    for _nth in range(MOST_TRIES + 3):
        drain_again()
    assert Notice.objects.get(user__email=BAD).mail_tries == MOST_TRIES
    assert not OutboxEvent.objects.filter(done_at=None, topic="notice").exists()


def test_no_transaction_is_open_while_mail_is_sent(told, post_office):
    drain_again()
    assert {is_open for _to, _body, is_open in post_office} == {False}


def test_what_failed_is_logged_without_whom_it_was_for(told, post_office, caplog):
    with caplog.at_level(logging.WARNING):
        drain_again()
    assert "SMTPRecipientsRefused" in caplog.text
    assert BAD not in caplog.text
    assert "Hello" not in caplog.text


def test_what_another_worker_is_mailing_is_not_mailed_again(told, post_office, monkeypatch, buyer):
    first = Notice.objects.get(user=buyer)
    Notice.objects.filter(pk=first.pk).update(mailed_at=timezone.now())
    assert notices._sent(first, notices.MAIL)  # read before the other marked it
    assert post_office == []


@pytest.mark.parametrize(
    ("made_as", "language", "expected"),
    [
        ("/en/desk/notices/", "fa", "/desk/notices/"),
        ("/desk/notices/", "en", "/en/desk/notices/"),
        ("/en/desk/notices/", "en", "/en/desk/notices/"),
    ],
)
def test_the_link_is_in_the_readers_language(buyer, post_office, settings, made_as, language, expected):
    buyer.language = language
    buyer.save()
    notify(users=[buyer], kind="test", sentence="Hello", link=made_as)
    drain_again()
    assert post_office[0][1].endswith(f"\n\n{settings.SITE_URL}{expected}")
