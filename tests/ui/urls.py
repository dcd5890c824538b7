"""One page, so that tags about addresses need no room above ui."""

from django.conf.urls.i18n import i18n_patterns
from django.http import HttpResponse
from django.urls import path

urlpatterns = i18n_patterns(path("search/", lambda _: HttpResponse(), name="search"), prefix_default_language=False)
