"""What a buyer says of a work that arrived, its maker's one answer, and why it was hidden if it was."""

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from catalogue.models import Product
from marketplace.order.models import Line


class Review(models.Model):
    """`photos` are names in public storage. `place` is the city the piece was sent to; it is shown only when that was chosen."""

    class ShownAs(models.TextChoices):
        BUYER = "buyer", _("a buyer")
        PLACE = "place", _("a buyer from my city")
        NAME = "name", _("the name I write here")

    line = models.OneToOneField(Line, on_delete=models.PROTECT, related_name="review", verbose_name=_("order line"))
    work = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="buyer_reviews", verbose_name=_("work"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="buyer_reviews",
        verbose_name=_("by"),
    )
    stars = models.PositiveSmallIntegerField(_("stars"))
    text = models.TextField(_("text"), blank=True)
    shown_as = models.CharField(_("shown as"), max_length=8, choices=ShownAs.choices, default=ShownAs.BUYER)
    name = models.CharField(_("name"), max_length=60, blank=True)
    place = models.CharField(_("city"), max_length=80, blank=True)
    photos = models.JSONField(_("photos"), default=list, blank=True)
    at = models.DateTimeField(_("written at"), auto_now_add=True)
    changed_at = models.DateTimeField(_("changed at"), null=True, blank=True)
    answer = models.TextField(_("maker's answer"), blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    hidden_at = models.DateTimeField(_("hidden at"), null=True, blank=True)
    hidden_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("hidden by"),
    )
    hidden_because = models.CharField(_("why it was hidden"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        ordering = ["-pk"]
        constraints = [models.CheckConstraint(condition=Q(stars__gte=1, stars__lte=5), name="one_to_five_stars")]
        indexes = [models.Index(fields=["work", "hidden_at"], name="reviews_of_work")]

    @property
    def shown_name(self) -> str:
        """Who wrote it, as they chose: never a mail, and a name only when they wrote one."""
        if self.shown_as == self.ShownAs.NAME and self.name:
            return self.name
        if self.shown_as == self.ShownAs.PLACE and self.place:
            return _now("a buyer from %(city)s") % {"city": self.place}
        return _now("a buyer")

    @property
    def photo_addresses(self) -> list[str]:
        return [default_storage.url(name) for name in self.photos]
