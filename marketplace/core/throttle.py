"""One throttle for every page that can be guessed at or flooded: so many tries a window, by address and by what is tried."""

import hashlib
from collections.abc import Callable
from contextlib import suppress
from functools import wraps

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from marketplace.core.backends import normal_mobile
from marketplace.core.persian import to_latin_digits


def _address(request: HttpRequest) -> str:
    """The caller's address; behind a proxy the server sets REMOTE_ADDR, so no header is trusted here."""
    return request.META.get("REMOTE_ADDR", "")


def too_many(name: str, *parts: str, limit: int, seconds: int) -> bool:
    """Count one try of `name` by these parts; true once there were more than `limit` in the window that its first try began.

    Keys hold no plain text.
    """
    count = getattr(cache, "count", _count)
    return count(_key(name, *parts), seconds) > limit


def give_back(name: str, *parts: str) -> None:
    """Take back one counted try, because it turned out to be nobody's guess. A window that is over has nothing to give back."""
    getattr(cache, "uncount", _uncount)(_key(name, *parts))


def _key(name: str, *parts: str) -> str:
    return "throttle:" + hashlib.sha256("\0".join((name, *parts)).encode()).hexdigest()


def _one_spelling(tried: str) -> str:
    """What is tried, so that other digits, capitals or ways to write a mobile are no new tries."""
    return normal_mobile(tried) or to_latin_digits(tried).strip().casefold()


def _count(key: str, seconds: int) -> int:
    """For caches that renew no key's time when they count."""
    if cache.add(key, 1, seconds):
        return 1
    try:
        return cache.incr(key)
    except ValueError:  # the cache dropped it in between
        cache.add(key, 1, seconds)
        return 1


def _uncount(key: str) -> None:
    with suppress(ValueError):  # gone in between
        cache.decr(key)


def throttle(
    name: str,
    *,
    limit: int,
    seconds: int,
    field: str = "",
    refused_only: bool = False,
    known: Callable[[HttpRequest, str], str | None] | None = None,
):
    """Let a view answer `limit` POSTs in so many seconds from one address (and for one value of `field`), then 429 and a clear page.

    With `refused_only` a POST that led on (a redirect) is given back: a whole office or a mobile network shares one address,
    and people who know their passwords shall not shut each other out. `known` gives, for a caller and what is tried, what the caller is
    counted by alone, or None: what strangers try shuts it out as little as its own tries shut out others.
    """

    def around(view):
        @wraps(view)
        def throttled(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            if request.method != "POST":
                return view(request, *args, **kwargs)
            tried = request.POST.get(field, "") if field else ""
            tries = [("address", _address(request))]
            if tried:
                tries.append(("value", _one_spelling(tried)))
            if known is not None and (alone := known(request, tried)):
                tries = [("known", alone)]
            answers = [too_many(name, *parts, limit=limit, seconds=seconds) for parts in tries]  # every one is counted
            if any(answers):
                response = render(request, "429.html", {"minutes": max(1, seconds // 60)}, status=429)
                response["Retry-After"] = str(seconds)
                return response
            response = view(request, *args, **kwargs)
            if refused_only and 300 <= response.status_code < 400:
                for parts in tries:
                    give_back(name, *parts)
            return response

        return throttled

    return around
