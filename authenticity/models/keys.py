"""The keys the market signs credentials with: one current, the rest retired, every public half kept for ever."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class IssuerKey(models.Model):
    """The secret half is kept locked, and erased when the key retires: what is not there cannot be stolen.

    `lost_at` is when it may have left our hands: what it signed from then on does not count. A distrusted key counts for nothing,
    also not for what it seems to have signed before.
    """

    class Kind(models.TextChoices):
        ED25519 = "Ed25519", "Ed25519"

    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.ED25519, editable=False)
    public = models.CharField(_("public key"), max_length=64, unique=True)
    locked_secret = models.TextField(blank=True, editable=False)
    created_at = models.DateTimeField(_("made at"))
    retired_at = models.DateTimeField(_("retired at"), null=True, blank=True)
    lost_at = models.DateTimeField(_("lost at"), null=True, blank=True)
    distrusted_at = models.DateTimeField(_("distrusted at"), null=True, blank=True)

    class Meta:
        verbose_name = _("issuer key")
        verbose_name_plural = _("issuer keys")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["kind"], condition=Q(retired_at=None), name="one_current_issuer_key"),
            models.CheckConstraint(
                condition=Q(retired_at=None) | Q(locked_secret=""), name="retired_issuer_key_has_no_secret"
            ),
            models.CheckConstraint(
                condition=Q(distrusted_at=None, lost_at=None) | Q(retired_at__isnull=False),
                name="lost_issuer_key_is_retired",
            ),
        ]

    def __str__(self) -> str:
        return self.public
