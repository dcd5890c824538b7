"""A maker's application for a seal: sent with papers, found whole, scored by a jury, decided."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from authenticity.models.seals import SealGrant, SealScheme
from catalogue.models import ProductLine
from marketplace.juries.models import Panel
from marketplace.makers.models import Maker, private_storage


class SealApplication(models.Model):
    """One product line asks for one seal in one round."""

    class State(models.TextChoices):
        SENT = "sent", _("sent; its papers are looked at")
        RETURNED = "returned", _("returned: something is missing")
        JURY = "jury", _("before the jury")
        GRANTED = "granted", _("granted")
        REFUSED = "refused", _("refused")

    scheme = models.ForeignKey(
        SealScheme, on_delete=models.PROTECT, related_name="applications", verbose_name=_("scheme")
    )
    product_line = models.ForeignKey(
        ProductLine, on_delete=models.PROTECT, related_name="applications", verbose_name=_("product line")
    )
    maker = models.ForeignKey(Maker, on_delete=models.PROTECT, related_name="applications", verbose_name=_("maker"))
    round = models.CharField(_("round"), max_length=20)
    text = models.TextField(_("what the maker says"), blank=True)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.SENT)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, verbose_name=_("sent by")
    )
    sent_at = models.DateTimeField(_("sent at"), auto_now_add=True)
    panel = models.OneToOneField(
        Panel, null=True, blank=True, on_delete=models.PROTECT, related_name="application", verbose_name=_("jury")
    )
    result = models.JSONField(_("what the jury found"), default=dict, blank=True)
    grant = models.OneToOneField(
        SealGrant, null=True, blank=True, on_delete=models.PROTECT, related_name="application", verbose_name=_("grant")
    )
    is_demo = models.BooleanField(_("demo"), default=False)

    class Meta:
        verbose_name = _("application for a seal")
        verbose_name_plural = _("applications for seals")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "product_line", "round"],
                condition=~Q(state="refused"),
                name="one_application_a_round",
            )
        ]

    def __str__(self) -> str:
        return f"{self.scheme} · {self.product_line}"


class SealDocument(models.Model):
    """A paper or photo of an application. Private; jurors see those that name nobody."""

    application = models.ForeignKey(
        SealApplication, on_delete=models.CASCADE, related_name="documents", verbose_name=_("application")
    )
    title = models.CharField(_("what it is"), max_length=160)
    file = models.FileField(_("file"), storage=private_storage, upload_to="seals/%Y/")
    names_the_maker = models.BooleanField(_("names the maker, so jurors do not see it"), default=True)

    class Meta:
        verbose_name = _("paper of an application")
        verbose_name_plural = _("papers of applications")
        ordering = ["id"]
