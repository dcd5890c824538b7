"""Works a reader looked at last, remembered in the reader's own browser and nowhere else."""

import re

from django.http import HttpRequest, HttpResponse

COOKIE, MOST = "seen", 12
_SECONDS = 30 * 24 * 3600
_IDS = re.compile(r"\d{1,12}(\.\d{1,12})*", re.ASCII)
_LONGEST = 200


def seen(request: HttpRequest) -> list[int]:
    """Ids of works, the last first; a cookie that is no list of ids is nothing."""
    kept = request.COOKIES.get(COOKIE, "")
    if len(kept) > _LONGEST or not _IDS.fullmatch(kept):
        return []
    return list(dict.fromkeys(int(pk) for pk in kept.split(".")))[:MOST]


def remember(request: HttpRequest, response: HttpResponse, work: int) -> HttpResponse:
    """Put a work before the others; a page that a browser only fetches ahead was not seen."""
    if request.method != "GET" or "prefetch" in request.headers.get("Sec-Purpose", ""):
        return response
    ids = [work, *(pk for pk in seen(request) if pk != work)][:MOST]
    response.set_cookie(
        COOKIE,
        ".".join(map(str, ids)),
        max_age=_SECONDS,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )
    return response


def forget(response: HttpResponse) -> HttpResponse:
    """Leave no trace of what was looked at."""
    response.delete_cookie(COOKIE, samesite="Lax")
    return response
