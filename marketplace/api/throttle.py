"""So many calls a minute from one address."""

import time

from django.http import HttpRequest
from ninja.throttling import BaseThrottle

from marketplace.core.throttle import too_many

CALLS, SECONDS = 120, 60


class PerAddress(BaseThrottle):
    """Counts by minute of the clock; the minute is part of what is counted, so a caller that waits is always let in again."""

    def allow_request(self, request: HttpRequest) -> bool:
        minute = str(int(time.time()) // SECONDS)
        # no header is trusted: behind a proxy the server sets REMOTE_ADDR
        return not too_many("api", request.META.get("REMOTE_ADDR", ""), minute, limit=CALLS, seconds=2 * SECONDS)

    def wait(self) -> float:
        return SECONDS - time.time() % SECONDS
