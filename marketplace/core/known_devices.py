"""Devices from which an account's password was typed rightly before (OWASP's device cookie).

Guesses at a password are counted by the name that is tried, so that a stranger who tries a name from a thousand addresses is stopped; but
then a stranger could keep its owner out. A device that knows the way in has a cookie for it: its tries are counted apart, by the
device. The cookie names nobody: it holds a random number and, for each account, a mark that only we can make. Another password makes
another mark, so a changed password forgets every device.
"""

import secrets

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare, salted_hmac

from marketplace.core.backends import MobileOrMailBackend
from marketplace.core.models import User

COOKIE = "known_device"
SECONDS = 180 * 24 * 3600
#: Accounts that one device is remembered for: a family at one computer.
MOST_ACCOUNTS = 5
_SALT = "marketplace.known-devices"


def device_for(request: HttpRequest, name: str) -> str | None:
    """The number of the caller's device, if the account of the name that is tried was opened from it before; else None."""
    device, marks = _read(request)
    if not device or not name:
        return None
    user = MobileOrMailBackend().user_named(name.strip())
    if user is None:
        return None
    mine = _mark(user, device)
    return device if any(constant_time_compare(mark, mine) for mark in marks) else None


def remember(request: HttpRequest, response: HttpResponse, user: User) -> None:
    """Write on the response that this device opened the user's account."""
    device, marks = _read(request)
    device = device or secrets.token_hex(8)
    mine = _mark(user, device)
    kept = [mine, *(mark for mark in marks if mark != mine)][:MOST_ACCOUNTS]
    response.set_cookie(
        COOKIE,
        signing.dumps([device, *kept], salt=_SALT),
        max_age=SECONDS,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def _mark(user: User, device: str) -> str:
    return salted_hmac(_SALT, f"{user.pk}:{user.password}:{device}", algorithm="sha256").hexdigest()[:32]


def _read(request: HttpRequest) -> tuple[str, list[str]]:
    """The number and the marks of the caller's cookie; nothing of one that is not ours or is too old."""
    try:
        device, *marks = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=SECONDS)
    except (signing.BadSignature, ValueError, TypeError):
        return "", []
    return str(device), [str(mark) for mark in marks]
