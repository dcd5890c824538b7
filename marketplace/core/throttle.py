"""One throttle for every page that can be guessed at or flooded: so many tries a window, by address and by what is tried."""

import hashlib
from functools import wraps

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def _address(request: HttpRequest) -> str:
    """The caller's address; behind a proxy the server sets REMOTE_ADDR, so no header is trusted here."""
    return request.META.get("REMOTE_ADDR", "")


def too_many(name: str, *parts: str, limit: int, seconds: int) -> bool:
    """Count one try of `name` by these parts; true once there were more than `limit` in the window that its first try began.

    Keys hold no plain text.
    """
    key = "throttle:" + hashlib.sha256("\0".join((name, *parts)).encode()).hexdigest()
    count = getattr(cache, "count", _count)
    return count(key, seconds) > limit


def _count(key: str, seconds: int) -> int:
    """For caches that renew no key's time when they count."""
    if cache.add(key, 1, seconds):
        return 1
    try:
        return cache.incr(key)
    except ValueError:  # the cache dropped it in between
        cache.add(key, 1, seconds)
        return 1


def throttle(name: str, *, limit: int, seconds: int, field: str = ""):
    """Let a view answer `limit` POSTs in so many seconds from one address (and for one value of `field`), then 429 and a clear page."""

    def around(view):
        @wraps(view)
        def throttled(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            if request.method != "POST":
                return view(request, *args, **kwargs)
            over = too_many(name, "address", _address(request), limit=limit, seconds=seconds)
            if field and request.POST.get(field):
                tried = request.POST[field].strip().casefold()
                over = too_many(name, field, tried, limit=limit, seconds=seconds) or over
            if over:
                response = render(request, "429.html", {"minutes": max(1, seconds // 60)}, status=429)
                response["Retry-After"] = str(seconds)
                return response
            return view(request, *args, **kwargs)

        return throttled

    return around
