"""Letters to visitors: written in the transaction of what they tell, mailed and sent to the mobile by the worker after commit."""

import logging
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from marketplace.bookings.models import Booking, Letter, Session
from marketplace.bookings.words import shown
from marketplace.core import outbox
from marketplace.core.clock import TEHRAN
from marketplace.core.jalali import jalali_short
from marketplace.core.mail import send_mail
from marketplace.core.models import OutboxEvent
from marketplace.core.notices import notify
from marketplace.core.persian import to_persian_digits
from marketplace.core.sms import send_sms

log = logging.getLogger(__name__)
LETTER = "booking_letter"
#: Failures of one letter after which it is left to its page.
MOST_TRIES = 4


class NotAllSent(Exception):
    """Some letters wait for another try."""


def when(session: Session) -> str:
    """Day and hour in Tehran, in the active language."""
    start = session.starts_at.astimezone(TEHRAN)
    if (get_language() or "fa").startswith("en"):
        return f"{start:%Y-%m-%d %H:%M}"
    return f"{jalali_short(start.date())} {to_persian_digits(f'{start:%H:%M}')}"


def tell_visitor(booking: Booking, sentence: Any, params: dict[str, Any] | None = None) -> Letter:
    """A letter in both languages; the sentence may name `%(title)s`, `%(when)s`, `%(number)s` and its own params."""
    letter = Letter.objects.create(
        booking=booking,
        text_fa=_in("fa", booking, sentence, params or {}),
        text_en=_in("en", booking, sentence, params or {}),
    )
    outbox.post(LETTER, letter.pk)
    return letter


def _in(language: str, booking: Booking, sentence: Any, params: dict[str, Any]) -> str:
    with override(language):
        facts = {"title": booking.session.title, "when": when(booking.session), "number": booking.number}
        return str(sentence) % (facts | params)


def tell_host(booking: Booking, sentence: Any) -> None:
    """The owner of the host's account, if there is one, in the transaction of what is told."""
    session = booking.session
    if session.maker is None:
        return
    notify(
        users=[session.maker.owner],
        kind="booking",
        sentence=sentence,
        params={"title": lambda: session.title, "when": lambda: when(session), "people": lambda: shown(booking.party)},
        link=f"/desk/visits/{session.pk}/",
    )


def send_letters(events: list[OutboxEvent]) -> None:
    """The outbox's reader, outside any transaction. One letter that fails holds up no other; raises NotAllSent to be asked again."""
    waiting = (
        Letter.objects.filter(pk__in=[int(event.key) for event in events], tries__lt=MOST_TRIES)
        .filter(Q(mailed_at__isnull=True) | Q(texted_at__isnull=True))
        .select_related("booking")
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
        with override(letter.booking.language):
            send(letter)
    except Exception as error:  # whatever one address or one server does
        mine.update(**{field: None}, tries=F("tries") + 1)
        log.warning("letter %s of a booking is not sent: %s", letter.pk, error.__class__.__name__)
        return letter.tries + 1 >= MOST_TRIES
    return True


def _mail(letter: Letter) -> None:
    booking = letter.booking
    if booking.email:
        subject = _("Your booking %(number)s") % {"number": booking.number}
        send_mail(subject, f"{_text_of(letter)}\n\n{_address(booking)}", None, [booking.email])


def _text(letter: Letter) -> None:
    if letter.booking.mobile:
        send_sms(letter.booking.mobile, f"{_text_of(letter)}\n{_address(letter.booking)}")


def _text_of(letter: Letter) -> str:
    return letter.text_en if letter.booking.language == "en" else letter.text_fa


def _address(booking: Booking) -> str:
    return settings.SITE_URL + booking.get_absolute_url()
