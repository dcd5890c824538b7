"""Files that the worker makes ahead of time, so that no reader waits for them: parts of feeds, pictures for sharing."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class KeptFile(models.Model):
    """A made file by its kind and number. A new one is stored under a new name, then the row turns to it, then the old one goes.

    `made_of` is a fingerprint of what it shows; `rows` how many things stand in it; a `stale` one waits to be made anew.
    """

    kind = models.CharField(_("kind"), max_length=40)
    number = models.BigIntegerField(_("number"))
    name = models.CharField(_("stored name"), max_length=255, blank=True)
    made_of = models.CharField(_("made of"), max_length=64, blank=True)
    rows = models.PositiveIntegerField(_("rows"), default=0)
    stale = models.BooleanField(_("to be made anew"), default=False)
    made_at = models.DateTimeField(_("made at"))

    class Meta:
        verbose_name = _("kept file")
        verbose_name_plural = _("kept files")
        constraints = [models.UniqueConstraint(fields=["kind", "number"], name="one_kept_file_of_a_kind")]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"
