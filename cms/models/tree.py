"""The trunk: a home page a language, and the place below which cities stand. Readers see neither."""

from typing import ClassVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from wagtail.models import Page


class HomePage(Page):
    """The top of the tree in one language. Readers never see it: the market's own home page stands at its address."""

    parent_page_types: ClassVar = ["wagtailcore.Page"]
    subpage_types: ClassVar = ["cms.CityIndex", "cms.CraftPage", "cms.BazaarPage", "cms.PlainPage", "cms.FormPage"]
    max_count = len(settings.LANGUAGES)
    preview_modes: ClassVar = []

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def serve(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        with override(self.locale.language_code):
            return redirect(reverse("shop:home"))


class CityIndex(Page):
    """The parent of all cities of a language: it gives them their address `/city/<slug>/`. Its own leads to the list of cities."""

    SLUG = "city"

    parent_page_types: ClassVar = ["cms.HomePage"]
    subpage_types: ClassVar = ["cms.CityPage"]
    max_count_per_parent = 1
    preview_modes: ClassVar = []

    class Meta:
        verbose_name = _("list of cities")
        verbose_name_plural = _("lists of cities")

    def serve(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        with override(self.locale.language_code):
            return redirect(reverse("shop:cities"))
