"""Addresses of the read API. Whatever is not one of them is answered by a problem too."""

from django.urls import path, re_path
from django.views.generic import RedirectView

from marketplace.api.problems import not_found
from marketplace.api.views import api

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="api:openapi-json")),
    path("", api.urls),
    re_path(r"^.*$", not_found),
]
