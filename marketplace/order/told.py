"""Letters to buyers: written in the transaction of what they tell, mailed and sent to the mobile by the worker after commit."""

import logging
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from marketplace.core import outbox
from marketplace.core.models import OutboxEvent
from marketplace.core.sms import send_sms
from marketplace.order.models import Letter, Order

log = logging.getLogger(__name__)
LETTER = "letter"
#: Failures of one letter after which it is left to its page.
MOST_TRIES = 4


class NotAllSent(Exception):
    """Some letters wait for another try."""


def tell_buyer(order: Order, sentence: Any, params: dict[str, Any] | None = None) -> Letter:
    """A letter in both languages. Params that are callables are asked in each."""
    texts = {language: _in(language, sentence, params or {}) for language in ("fa", "en")}
    letter = Letter.objects.create(order=order, text_fa=texts["fa"], text_en=texts["en"])
    outbox.post(LETTER, letter.pk)
    return letter


def _in(language: str, sentence: Any, params: dict[str, Any]) -> str:
    with override(language):
        return str(sentence) % {name: value() if callable(value) else value for name, value in params.items()}


def send_letters(events: list[OutboxEvent]) -> None:
    """The outbox's reader, outside any transaction. One letter that fails holds up no other; raises NotAllSent to be asked again."""
    waiting = (
        Letter.objects.filter(pk__in=[int(event.key) for event in events], tries__lt=MOST_TRIES)
        .filter(Q(mailed_at__isnull=True) | Q(texted_at__isnull=True))
        .select_related("order__user")
    )
    done = [_sent(letter, "mailed_at", _mail) & _sent(letter, "texted_at", _text) for letter in waiting.order_by("pk")]
    if not all(done):
        raise NotAllSent


def _sent(letter: Letter, field: str, send: Callable[[Letter], None]) -> bool:
    """Whether nothing is left to do by this way. Marked before it is sent, so that two workers do not send it twice."""
    mine = Letter.objects.filter(pk=letter.pk)
    if not mine.filter(**{f"{field}__isnull": True}).update(**{field: timezone.now()}):
        return True
    try:
        with override(letter.order.language):
            send(letter)
    except Exception as error:  # whatever one address or one server does
        mine.update(**{field: None}, tries=F("tries") + 1)
        log.warning("letter %s is not sent: %s", letter.pk, error.__class__.__name__)
        return letter.tries + 1 >= MOST_TRIES
    return True


def _mail(letter: Letter) -> None:
    order = letter.order
    address = order.guest_email or (order.user.email if order.user else "")
    if address:
        subject = _("Your order %(number)s") % {"number": order.number}
        send_mail(subject, f"{letter.text}\n\n{_address(order)}", settings.DEFAULT_FROM_EMAIL, [address])


def _text(letter: Letter) -> None:
    if letter.order.guest_mobile:
        send_sms(letter.order.guest_mobile, f"{letter.text}\n{_address(letter.order)}")


def _address(order: Order) -> str:
    return settings.SITE_URL + reverse("checkout:order", args=[order.number])
