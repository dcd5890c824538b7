"""What a reader wants to be told of: a search kept under a name."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from marketplace.shop.address import Address, read_address


class SavedSearch(models.Model):
    """A search as its address says it, whose it is, and how often new works in it are told."""

    class Often(models.TextChoices):
        DAILY = "daily", _("once a day")
        WEEKLY = "weekly", _("once a week")
        NEVER = "never", _("never; I look myself")

    #: A little under a day and a week, so that the hour of the worker's turn does not creep on.
    PERIODS = {Often.DAILY: timedelta(hours=23), Often.WEEKLY: timedelta(days=6, hours=23)}

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_searches", verbose_name=_("user")
    )
    name = models.CharField(_("name"), max_length=80)
    query = models.CharField(_("what the address says"), max_length=1000)
    often = models.CharField(_("tell me of new works"), max_length=8, choices=Often.choices, default=Often.DAILY)
    saved_at = models.DateTimeField(_("saved at"), auto_now_add=True)
    looked_at = models.DateTimeField(_("new works were looked for up to"))

    class Meta:
        verbose_name = _("saved search")
        verbose_name_plural = _("saved searches")
        constraints = [models.UniqueConstraint(fields=["user", "query"], name="one_search_once")]
        indexes = [models.Index(fields=["often", "looked_at"], name="searches_due")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"{reverse('shop:search')}?{self.query}"

    @property
    def address(self) -> Address:
        """The search itself."""
        return read_address(QueryDict(self.query))
