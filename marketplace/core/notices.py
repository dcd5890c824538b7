"""Messages of the market to its people: kept on their page, and sent by the worker after commit as each of them chose."""

import logging
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db.models import F
from django.urls import reverse, translate_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from marketplace.core import outbox
from marketplace.core.mail import send_mail
from marketplace.core.models import Notice, OutboxEvent, User
from marketplace.core.notice_groups import MAIL, group_of, unsubscribe_word, ways_of
from marketplace.core.sms import send_sms

log = logging.getLogger(__name__)
NOTICE = "notice"
#: Sendings of one notice that may fail before it is left to its page.
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
    """The outbox's reader: a notice goes by the ways its reader chose, in their language; by none, it is read on the page.

    No transaction is open while it sends. A notice that cannot be sent holds up no other, and is given up after
    `MOST_TRIES`; until then NotMailed is raised at the end, so that the outbox asks again later.
    """
    waiting = Notice.objects.filter(
        pk__in=[int(event.key) for event in events], read_at__isnull=True, mail_tries__lt=MOST_TRIES
    )
    failed = [
        notice
        for notice in waiting.select_related("user").order_by("pk")
        for way in ways_of(notice.user, group_of(notice.kind))
        if not _sent(notice, way)
    ]
    if any(notice.mail_tries + 1 < MOST_TRIES for notice in failed):
        raise NotMailed


def _sent(notice: Notice, way: str) -> bool:
    """Whether nothing is left to do by this way. It is marked before it is sent: two workers do not send it twice."""
    field, address, send = (
        ("mailed_at", notice.user.email, _mail) if way == MAIL else ("texted_at", notice.user.mobile, _text)
    )
    mine = Notice.objects.filter(pk=notice.pk)
    if not address or not mine.filter(**{f"{field}__isnull": True}).update(**{field: timezone.now()}):
        return True
    try:
        with override(notice.user.language):
            send(notice)
    except Exception as error:  # whatever one address or one server does, the others are sent
        mine.update(**{field: None}, mail_tries=F("mail_tries") + 1)
        log.warning("notice %s is not sent: %s", notice.pk, error.__class__.__name__)
        return False
    return True


def _mail(notice: Notice) -> None:
    group = group_of(notice.kind)
    parts, headers = [_with_link(notice)], {}
    if not group.is_always:
        off = settings.SITE_URL + reverse("account:unsubscribe", args=[unsubscribe_word(notice.user, group)])
        headers = {"List-Unsubscribe": f"<{off}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
        parts.append(_("No more such mails: %(link)s") % {"link": off})
    send_mail(_("A message from Rasteh"), "\n\n".join(parts), None, [notice.user.email], headers=headers)


def _text(notice: Notice) -> None:
    send_sms(notice.user.mobile or "", _with_link(notice))


def _with_link(notice: Notice) -> str:
    link = in_language(notice.link, notice.user.language)
    return f"{notice.text}\n\n{settings.SITE_URL}{link}" if link else notice.text


def in_language(link: str, language: str) -> str:
    """A stored link as a reader's language has it; it was made in the language of whoever acted."""
    if not link:
        return ""
    with override("en" if link.startswith("/en/") else "fa"):
        return translate_url(link, language)
