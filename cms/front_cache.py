"""Pages of the tree kept ready for readers who have no session and no basket: the same for all of them, in one cache for all processes.

Guarantees
- A kept page is never older than KEEP_SECONDS, whatever is missed: with nothing else, what changed is right within a minute.
- Sooner, as a rule: a page notes what it shows (`depends_on`), and a change of any of it (`changed`) makes the page old at once.
  What counts is when the page began to be drawn, so a change while it is drawn makes it old too.
- A kept page costs no query. Forms in it get the reader's own token.
"""

import re
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token

from marketplace.ui import preferences

KEEP_SECONDS = 55
_TOKEN = re.compile(rb'(name="csrfmiddlewaretoken" value=")[^"]*(")')
_noted: ContextVar[set[str] | None] = ContextVar("what the page that is drawn shows", default=None)


def depends_on(*tags: str) -> None:
    """Note what the page being drawn shows, such as `work:5`; nothing happens where no page is kept."""
    noted = _noted.get()
    if noted is not None:
        noted.update(tags)


def changed(tags: Iterable[str]) -> None:
    """Make every kept page old that shows one of these. Call it after the change is committed."""
    now = time.time()
    caches["pages"].set_many({f"changed:{tag}": now for tag in tags}, 2 * KEEP_SECONDS)


def kept(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view whose answer to an anonymous reader is kept."""

    @wraps(view)
    def answer(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not is_same_for_all(request):
            return view(request, *args, **kwargs)
        key, store = _key(request), caches["pages"]
        page = store.get(key)
        if page is not None and not _is_old(page):
            return _shown(request, page["content"])
        began = time.time()
        with _noting() as noted:
            response = view(request, *args, **kwargs)
            if hasattr(response, "render"):
                response.render()
        if _may_be_kept(response):
            content = _TOKEN.sub(rb"\1\2", response.content)
            store.set(key, {"content": content, "began": began, "tags": sorted(noted)}, KEEP_SECONDS)
        return response

    return answer


def is_same_for_all(request: HttpRequest) -> bool:
    """Whether nothing of the request could change the page but its address, its money unit and its theme."""
    own = (settings.SESSION_COOKIE_NAME, settings.OSCAR_BASKET_COOKIE_OPEN, "messages")
    return (
        request.method in ("GET", "HEAD")
        and not request.META.get("QUERY_STRING")
        and not any(name in request.COOKIES for name in own)
    )


def _key(request: HttpRequest) -> str:
    choices = f"{preferences.chosen_unit(request)}:{preferences.chosen_theme(request)}"
    return f"page:{request.scheme}:{request.get_host()}:{choices}:{request.path}"


def _is_old(page: dict) -> bool:
    times = caches["pages"].get_many([f"changed:{tag}" for tag in page["tags"]])
    return any(when >= page["began"] for when in times.values())


def _may_be_kept(response: HttpResponse) -> bool:
    control = response.headers.get("Cache-Control", "")
    is_page = response.headers.get("Content-Type", "").startswith("text/html") and not response.streaming
    return response.status_code == 200 and is_page and not response.cookies and "private" not in control


def _shown(request: HttpRequest, content: bytes) -> HttpResponse:
    if _TOKEN.search(content):
        content = _TOKEN.sub(rb"\g<1>" + get_token(request).encode() + rb"\2", content)
    return HttpResponse(content)


@contextmanager
def _noting() -> Iterator[set[str]]:
    noted: set[str] = set()
    token = _noted.set(noted)
    try:
        yield noted
    finally:
        _noted.reset(token)
