"""Pictures of the pages. The image models are ours from the first migration on."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition, Image


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
