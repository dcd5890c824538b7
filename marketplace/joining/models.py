"""What a joining keeps beside the maker's own columns, and the history of a maker's states."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.makers.models import Maker, private_storage


class Joining(models.Model):
    """The facts of a joining that are not the maker's own columns.

    The national code itself is kept nowhere: `code_print` is its keyed print, which tells only whether the same code comes
    again, and `code_end` its last three digits, by which an officer knows it beside its paper.
    """

    maker = models.OneToOneField(Maker, on_delete=models.CASCADE, related_name="joining", verbose_name=_("maker"))
    legal_name = models.CharField(_("name as on the national card"), max_length=120, blank=True)
    code_print = models.CharField(_("keyed print of the national code"), max_length=64, unique=True, null=True)
    code_end = models.CharField(_("last digits of the national code"), max_length=3, blank=True)
    portrait = models.FileField(_("portrait"), storage=private_storage, upload_to="joining/%Y/", blank=True)
    workshop = models.FileField(
        _("picture of the workshop"), storage=private_storage, upload_to="joining/%Y/", blank=True
    )
    #: What an officer returned and its maker has not touched since: the reason by step.
    returned = models.JSONField(_("returned steps"), default=dict, blank=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    returned_at = models.DateTimeField(_("returned at"), null=True, blank=True)

    class Meta:
        verbose_name = _("joining of a maker")
        verbose_name_plural = _("joinings of makers")

    def __str__(self) -> str:
        return self.maker.name


class StateStep(models.Model):
    """Who moved a maker from which state to which, when and why. Rows are only added."""

    maker = models.ForeignKey(Maker, on_delete=models.PROTECT, related_name="state_steps", verbose_name=_("maker"))
    verb = models.CharField(_("what was done"), max_length=10)
    before = models.CharField(_("before"), max_length=10, choices=Maker.State.choices, blank=True)
    after = models.CharField(_("after"), max_length=10, choices=Maker.State.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("by")
    )
    reason = models.TextField(_("reason"), blank=True)
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        ordering = ["id"]
        verbose_name = _("step of a maker's state")
        verbose_name_plural = _("steps of makers' states")

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"
