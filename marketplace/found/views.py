"""Files for crawlers. They have no language of their own, and are the same for everybody."""

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_safe

from marketplace.found.addresses import base_of
from marketplace.found.feed_parts import LANGUAGES, packed_feed, plain_feed
from marketplace.found.robots import robots_txt
from marketplace.found.sitemaps import index_xml, part_named, part_xml

#: Seconds for which a crawler may keep what it read.
KEPT = 3_600
_kept = cache_control(public=True, max_age=KEPT)


@require_safe
@_kept
def robots(request: HttpRequest) -> HttpResponse:
    """/robots.txt"""
    return HttpResponse(robots_txt(base_of(request)), content_type="text/plain; charset=utf-8")


@require_safe
@_kept
def sitemap(request: HttpRequest) -> HttpResponse:
    """The list of sitemaps."""
    return HttpResponse("".join(index_xml(base_of(request))), content_type="application/xml")


def _changed(request: HttpRequest, kind: str, number: int) -> datetime | None:
    part = part_named(kind, number)
    return part.changed if part else None


@require_safe
@_kept
@condition(last_modified_func=_changed)
def sitemap_part(request: HttpRequest, kind: str, number: int) -> HttpResponseBase:
    """One sitemap; 404 for one that the list does not name."""
    part = part_named(kind, number)
    if part is None:
        raise Http404
    return StreamingHttpResponse(part_xml(part, base_of(request)), content_type="application/xml")


@require_safe
@_kept
def feed(request: HttpRequest, language: str, packed: str = "") -> HttpResponseBase:
    """The feed of one language, as text or packed; as the worker left it."""
    if language not in LANGUAGES:
        raise Http404
    if packed:
        return StreamingHttpResponse(packed_feed(language), content_type="application/gzip")
    return StreamingHttpResponse(plain_feed(language), content_type="application/rss+xml; charset=utf-8")
