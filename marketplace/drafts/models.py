"""Drafts of works: what a maker has typed so far, exactly as typed, and the pictures sent so far."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalogue.models import Product
from marketplace.core.pictures import StoredPicture
from marketplace.makers.models import Maker


class DraftQuerySet(models.QuerySet):
    def unfinished(self):
        """Drafts that are no work yet, the one written last first."""
        return self.filter(work__isnull=True).order_by("-changed_at", "-pk")


class Draft(models.Model):
    """A work that is being written. Its page names it by `key` before anything is stored; the first keystroke makes the row.

    `typed` maps a field's name to the values sent for it, unread: whatever is wrong with them is told, never refused.
    `version` grows with every change of what was typed; `writer` is the window that made the last one.
    """

    maker = models.ForeignKey(Maker, on_delete=models.CASCADE, related_name="drafts", verbose_name=_("maker"))
    key = models.UUIDField(_("key"))
    typed = models.JSONField(_("what was typed"), default=dict)
    papers = models.JSONField(
        _("papers that were sent"), default=dict, help_text="field → [stored name, what its file was called]"
    )
    version = models.PositiveIntegerField(_("version"), default=0)
    writer = models.UUIDField(_("window that wrote last"), null=True, blank=True)
    made_at = models.DateTimeField(_("begun"), auto_now_add=True)
    changed_at = models.DateTimeField(_("changed"), auto_now=True)
    work = models.OneToOneField(
        Product, null=True, blank=True, on_delete=models.CASCADE, related_name="+", verbose_name=_("what it became")
    )

    objects = DraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("draft of a work")
        verbose_name_plural = _("drafts of works")
        constraints = [models.UniqueConstraint(fields=["maker", "key"], name="draft_key_of_maker")]

    def first(self, name: str) -> str:
        """What was typed into a field of one value, or nothing."""
        return (self.typed.get(name) or [""])[0]

    @property
    def title(self) -> str:
        """Its title so far, in whichever language there is one."""
        return self.first("title_fa").strip() or self.first("title_en").strip()


class DraftPicture(models.Model):
    """A picture of a draft, re-encoded when it came. `key` was made by the window that sent it, so sending it again adds nothing.

    `source` keeps enough pixels to turn and crop it anew; `crop` is in thousandths of the turned picture: left, top, right, bottom.
    """

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="pictures", verbose_name=_("draft"))
    key = models.UUIDField(_("key"))
    position = models.PositiveSmallIntegerField(_("position"))
    source = models.CharField(_("source, in private storage"), max_length=255)
    turn = models.PositiveSmallIntegerField(_("turned by (degrees, clockwise)"), default=0)
    crop = models.JSONField(_("crop"), null=True, blank=True)
    stored = models.JSONField(_("as it is stored"))

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("picture of a draft")
        verbose_name_plural = _("pictures of drafts")
        constraints = [models.UniqueConstraint(fields=["draft", "key"], name="picture_key_of_draft")]

    @property
    def picture(self) -> StoredPicture:
        """The picture as the pipeline stored it."""
        facts: dict[str, Any] = self.stored
        return StoredPicture(**facts | {"colours": tuple(facts["colours"])})

    @property
    def alt_name(self) -> str:
        """The field in which the maker tells what it shows."""
        return f"alt-{self.key}"
