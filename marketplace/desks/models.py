"""Forms that were sent: each is obeyed once, however often its button is pressed."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.makers.models import Maker


class SentForm(models.Model):
    """A form a maker sent. Written in the transaction that obeyed it, so the second press finds what the first made."""

    maker = models.ForeignKey(Maker, on_delete=models.CASCADE, related_name="+", verbose_name=_("maker"))
    token = models.UUIDField(_("token"))
    made_id = models.PositiveBigIntegerField(_("what it made"), default=0)
    at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        verbose_name = _("sent form")
        verbose_name_plural = _("sent forms")
        constraints = [models.UniqueConstraint(fields=["maker", "token"], name="sent_form_once")]
