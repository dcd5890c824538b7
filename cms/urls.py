"""The tree's own addresses: Wagtail's, with its pages kept for readers who are nobody yet."""

from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.views import serve

from cms.front_cache import kept

urlpatterns = [
    path("", include("cms.events.urls")),
    *(address for address in wagtail_urls.urlpatterns if address.name != "wagtail_serve"),
    re_path(wagtail_urls.serve_pattern, kept(serve), name="wagtail_serve"),
]
