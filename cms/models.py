"""Wagtail's pages. The image models are ours from the first migration on."""

from typing import ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.images.models import AbstractImage, AbstractRendition, Image
from wagtail.models import Page
from wagtail.search import index

from cms.blocks import StoryBlock
from cms.stories import story_of
from marketplace.places.models import City


class CmsImage(AbstractImage):
    """A picture of the city pages, with what it shows in both languages and where it comes from."""

    alt_fa = models.CharField(_("what it shows, Persian"), max_length=255, blank=True)
    alt_en = models.CharField(_("what it shows, English"), max_length=255, blank=True)
    credit = models.CharField(_("credit"), max_length=255, blank=True)
    is_demo = models.BooleanField(_("drawn by computer for the demo"), default=False)

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    admin_form_fields = (*Image.admin_form_fields, "alt_fa", "alt_en", "credit")


class CmsRendition(AbstractRendition):
    image = models.ForeignKey(CmsImage, on_delete=models.CASCADE, related_name="renditions", verbose_name=_("picture"))

    class Meta:
        verbose_name = _("size of a picture")
        verbose_name_plural = _("sizes of pictures")
        unique_together = (("image", "filter_spec", "focal_point_key"),)


class HomePage(Page):
    """The top of the tree in one language. Readers never see it: the market's own home page stands at its address."""

    parent_page_types: ClassVar = ["wagtailcore.Page"]
    subpage_types: ClassVar = ["cms.CityPage"]
    max_count = len(settings.LANGUAGES)
    preview_modes: ClassVar = []

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def serve(self, request, *args, **kwargs):
        with override(self.locale.language_code):
            return redirect(reverse("shop:home"))


class CityPage(Page):
    """A city's story in one language. It is read on the city's page in the market; its own address leads there."""

    city = models.ForeignKey(City, on_delete=models.PROTECT, related_name="stories", verbose_name=_("city"))
    lead = models.TextField(_("lead"), max_length=500, help_text=_("One or two sentences that stand first."))
    picture = models.ForeignKey(
        CmsImage, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("picture")
    )
    body = StreamField(StoryBlock(), blank=True, verbose_name=_("story"))

    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("city"),
        FieldPanel("lead"),
        FieldPanel("picture"),
        FieldPanel("body"),
    ]
    search_fields: ClassVar = [*Page.search_fields, index.SearchField("lead"), index.SearchField("body")]
    parent_page_types: ClassVar = ["cms.HomePage"]
    subpage_types: ClassVar = []

    class Meta:
        verbose_name = _("city page")
        verbose_name_plural = _("city pages")

    def clean(self) -> None:
        super().clean()
        if self.city_id is None or self.locale_id is None:
            return
        others = CityPage.objects.filter(city=self.city_id, locale=self.locale_id).exclude(pk=self.pk)
        if others.exists():
            raise ValidationError(
                {"city": ValidationError(_("This city has a story in this language already."), code="story_exists")}
            )

    def serve(self, request, *args, **kwargs):
        with override(self.locale.language_code):
            return redirect(self.city.get_absolute_url())

    def serve_preview(self, request, mode_name):
        with override(self.locale.language_code):
            return render(request, "cms/city_preview.html", {"city": self.city, "story": story_of(self)})
