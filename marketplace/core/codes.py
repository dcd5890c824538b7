"""Codes of six digits by SMS or mail.

A code is made by the worker when it is sent, so that it stands nowhere but in its message: neither in the outbox nor in the database,
which keeps a keyed mark of it. The newest code of a purpose is the only one. Asking for one takes the same steps whether there is an
account or not, and says the same. A mobile that may be nobody's stands in the outbox until its message is sent.
"""

import secrets
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import override

from marketplace.core import outbox
from marketplace.core.backends import MobileOrMailBackend, normal_mobile
from marketplace.core.mail import send_mail
from marketplace.core.models import OneTimeCode, OutboxEvent, User
from marketplace.core.persian import to_latin_digits, to_persian_digits
from marketplace.core.rules import MOST_TRIES, not_right, require_few_codes, require_open_code
from marketplace.core.sms import NotSent, send_sms
from marketplace.core.throttle import too_many

ASKED = "one_time_code"
MINUTES = 10
DIGITS = 6
#: Codes that one mobile or address is sent within an hour, whoever asks for them.
MOST_AN_HOUR = 5
_KEPT = timedelta(days=1)


def ask_for_code(*, purpose: str, typed: str) -> None:
    """Let the worker send a code to what was typed, a mobile or a mail address, if an open account has it and had not many this hour."""
    user = MobileOrMailBackend().user_named(typed.strip())
    by_mail = "@" in typed
    is_reached = user is not None and user.is_active and bool(user.email if by_mail else normal_mobile(typed))
    can_be_told = is_reached and not too_many("code", purpose, mark_of(typed), limit=MOST_AN_HOUR, seconds=3600)
    outbox.post(
        ASKED,
        user.pk if user is not None and can_be_told else "",
        purpose=purpose,
        whom=mark_of(typed),
        by_mail=by_mail,
    )


def ask_for_code_by_mobile(*, purpose: str, mobile: str, browser: str, device: str = "", language: str = "fa") -> None:
    """Let the worker send a code to a mobile (E.164), whoever has it or nobody, to be typed in this browser only: what strangers ask for
    with the same number closes no code of its owner. A device that is known is counted apart from them.

    Raises ValidationError `too_many_codes` when the mobile was sent many this hour, which says nothing of an account.
    """
    require_few_codes(too_many("code", purpose, device or mark_of(mobile), limit=MOST_AN_HOUR, seconds=3600))
    outbox.post(
        ASKED, "", purpose=purpose, whom=mark_of(mobile, browser), by_mail=False, mobile=mobile, language=language
    )


def send_codes(events: list[OutboxEvent]) -> None:
    """The outbox's reader, outside any transaction. A message that is not taken is tried again, with another code, as long as somebody
    may wait for it; the others go out meanwhile, once. Raises NotSent when one was not taken."""
    not_sent = None
    for event in events:
        if "purpose" not in event.payload:  # sent before, when another of its batch was not
            continue
        try:
            if event.created_at > timezone.now() - timedelta(minutes=MINUTES):
                _send_one(event)
        except (NotSent, OSError) as error:
            not_sent = error
        else:
            OutboxEvent.objects.filter(pk=event.pk).update(payload={})
    if not_sent is not None:
        raise not_sent


def _send_one(event: OutboxEvent) -> None:
    user = User.objects.filter(pk=event.key, is_active=True).first() if event.key else None
    asked = event.payload
    if user is not None:
        email = user.email if asked["by_mail"] else ""
        _send(user, asked["purpose"], asked["whom"], user.language, email=email, mobile=user.mobile or "")
    elif "mobile" in asked:
        _send(None, asked["purpose"], asked["whom"], asked["language"], mobile=asked["mobile"])


def _send(user: User | None, purpose: str, whom: str, language: str, *, mobile: str, email: str = "") -> None:
    digits = _renewed(user, purpose, whom)
    with override(language):
        told = {"code": digits, "minutes": to_persian_digits(MINUTES) if language == "fa" else MINUTES}
        text = _text_for(purpose) % told
        warning = _("Nobody of Rasteh asks you for it. If you did not want one, do nothing.")
        if email:
            send_mail(_("A code for your account at Rasteh"), f"{text}\n\n{warning}", None, [email])
        elif mobile:
            send_sms(mobile, f"{text}\n{warning}")


def _text_for(purpose: str) -> str:
    if purpose == OneTimeCode.Purpose.SIGN_IN:
        return _("Your code for Rasteh: %(code)s. With it you sign in; it holds for %(minutes)s minutes.")
    return _("Your code for Rasteh: %(code)s. It is for another password, and holds for %(minutes)s minutes.")


@transaction.atomic
def _renewed(user: User | None, purpose: str, whom: str) -> str:
    """The digits of a new code; those before it open nothing any more."""
    digits = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    OneTimeCode.objects.filter(whom=whom, purpose=purpose).delete()
    OneTimeCode.objects.create(
        purpose=purpose,
        whom=whom,
        user=user,
        digest=_digest(purpose, whom, digits),
        until=timezone.now() + timedelta(minutes=MINUTES),
    )
    return digits


def code_of(*, purpose: str, typed: str, digits: str, browser: str = "") -> OneTimeCode:
    """The code that was sent to what was typed, if these are its digits. It stays to be used. Raises ValidationError `code_not_right`."""
    whom = mark_of(typed, browser)
    code = OneTimeCode.objects.filter(whom=whom, purpose=purpose).select_related("user").order_by("-pk").first()
    require_open_code(code, at=timezone.now())
    assert code is not None
    # counted before it is compared: of many guesses at once no more than the rule lets are looked at
    mine = OneTimeCode.objects.filter(pk=code.pk)
    if not mine.filter(tries__lt=MOST_TRIES).update(tries=F("tries") + 1):
        raise not_right()
    if not constant_time_compare(code.digest, _digest(purpose, whom, to_latin_digits(digits).strip())):
        raise not_right()
    mine.update(tries=F("tries") - 1)
    return code


def use(code: OneTimeCode) -> None:
    """Spend a code, once. Raises ValidationError `code_not_right` for who comes second."""
    now = timezone.now()
    if not OneTimeCode.objects.filter(pk=code.pk, used_at=None, until__gt=now).update(used_at=now):
        raise not_right()


def sweep_codes() -> int:
    """Take away codes whose day is over; how many."""
    return OneTimeCode.objects.filter(until__lt=timezone.now() - _KEPT).delete()[0]


def mark_of(typed: str, browser: str = "") -> str:
    """A keyed mark of a mobile or a mail address, the same for all its spellings; with a browser's secret, of it in that browser."""
    plain = normal_mobile(typed) or to_latin_digits(typed).strip().casefold()
    if browser:
        plain = f"{plain}\0{browser}"
    return salted_hmac("marketplace.codes.whom", plain, algorithm="sha256").hexdigest()


def _digest(purpose: str, whom: str, digits: str) -> str:
    return salted_hmac("marketplace.codes.digits", f"{purpose}:{whom}:{digits}", algorithm="sha256").hexdigest()
