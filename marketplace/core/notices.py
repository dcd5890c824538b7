"""Messages of the market to its people: kept on their page, and sent by mail by the worker after commit."""

import logging
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.db.models import F
from django.urls import translate_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from marketplace.core import outbox
from marketplace.core.models import Notice, OutboxEvent, User

log = logging.getLogger(__name__)
NOTICE = "notice"
#: Mailings of one notice that may fail before it is left to its page.
MOST_TRIES = 4


class NotMailed(Exception):
    """Some notices wait for another try."""


def notify(
    *, users: Iterable[User | None], kind: str, sentence: Any, params: dict[str, Any] | None = None, link: str = ""
) -> list[Notice]:
    """Leave a message for people, in the transaction of what it tells. Params that are callables are asked in each language."""
    people = {user.pk: user for user in users if user is not None}
    texts = {language: _told(sentence, params or {}, language) for language in ("fa", "en")}
    notices = [
        Notice.objects.create(user=user, kind=kind, text_fa=texts["fa"], text_en=texts["en"], link=link)
        for user in people.values()
    ]
    outbox.post_many(NOTICE, [notice.pk for notice in notices])
    return notices


def _told(sentence: Any, params: dict[str, Any], language: str) -> str:
    with override(language):
        return str(sentence) % {name: value() if callable(value) else value for name, value in params.items()}


def mail_notices(events: list[OutboxEvent]) -> None:
    """The outbox's reader: one mail a notice, in its reader's language; who gave no address reads it on the page.

    No transaction is open while it mails. A notice that cannot be mailed holds up no other, and is given up after
    `MOST_TRIES`; until then NotMailed is raised at the end, so that the outbox asks again later.
    """
    waiting = Notice.objects.filter(
        pk__in=[int(event.key) for event in events],
        read_at__isnull=True,
        mailed_at__isnull=True,
        mail_tries__lt=MOST_TRIES,
    )
    failed = [
        notice
        for notice in waiting.select_related("user").exclude(user__email="").order_by("pk")
        if not _mailed(notice)
    ]
    if any(notice.mail_tries + 1 < MOST_TRIES for notice in failed):
        raise NotMailed


def _mailed(notice: Notice) -> bool:
    """Whether nothing is left to do. It is marked before it is sent: two workers do not mail it twice."""
    mine = Notice.objects.filter(pk=notice.pk)
    if not mine.filter(mailed_at__isnull=True).update(mailed_at=timezone.now()):
        return True
    try:
        _mail(notice)
    except Exception as error:  # whatever one address or one server does, the others are mailed
        mine.update(mailed_at=None, mail_tries=F("mail_tries") + 1)
        log.warning("notice %s is not mailed: %s", notice.pk, error.__class__.__name__)
        return False
    return True


def _mail(notice: Notice) -> None:
    language = notice.user.language
    with override(language):
        link = f"\n\n{settings.SITE_URL}{in_language(notice.link, language)}" if notice.link else ""
        send_mail(_("A message from Rasteh"), notice.text + link, None, [notice.user.email])


def in_language(link: str, language: str) -> str:
    """A stored link as a reader's language has it; it was made in the language of whoever acted."""
    if not link:
        return ""
    with override("en" if link.startswith("/en/") else "fa"):
        return translate_url(link, language)
