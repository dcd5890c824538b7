"""Messages of the market to its people: kept on their page, and sent by mail by the worker after commit."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.utils.translation import gettext as _
from django.utils.translation import override

from marketplace.core import outbox
from marketplace.core.models import Notice, OutboxEvent, User

NOTICE = "notice"


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
    """The outbox's reader: one mail a notice, in its reader's language; who gave no address reads it on the page."""
    waiting = Notice.objects.filter(pk__in=[int(event.key) for event in events], read_at__isnull=True)
    for notice in waiting.select_related("user").exclude(user__email=""):
        with override(notice.user.language):
            link = f"\n\n{settings.SITE_URL}{notice.link}" if notice.link else ""
            send_mail(_("A message from Rasteh"), notice.text + link, None, [notice.user.email])
