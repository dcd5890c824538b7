"""Lists of works that a person keeps: Oscar's wish lists. One of them is "kept for later"; each may be shared by a link.

Oscar's `key` has six letters and can be guessed by a machine, and it never changes; the link has a code of its own.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from oscar.apps.wishlists.abstract_models import AbstractLine, AbstractWishList


class WishList(AbstractWishList):
    """`share_code` is the way in for whoever has the link; without one the list is private."""

    is_kept = models.BooleanField(_("the list of what is kept for later"), default=False)
    note = models.CharField(_("note"), max_length=300, blank=True)
    share_code = models.CharField(_("code of the link"), max_length=43, null=True, blank=True, unique=True)

    class Meta(AbstractWishList.Meta):
        constraints = [
            models.UniqueConstraint(fields=["owner"], condition=Q(is_kept=True), name="one_kept_list_a_person"),
            models.CheckConstraint(
                condition=Q(share_code=None, visibility="Private") | Q(share_code__isnull=False, visibility="Shared"),
                name="a_shared_list_has_a_link",
            ),
        ]

    @property
    def shown_name(self) -> str:
        """The kept list has no name of its own: it is called the same as the button on a work's page."""
        return str(_("Kept for later")) if self.is_kept else self.name


class Line(AbstractLine):
    """A work on a list; `quantity` is how many are wished for."""

    note = models.CharField(_("note"), max_length=300, blank=True)


class Gift(models.Model):
    """A basket's line that was put in from somebody's shared list. Once its basket is an order, the pieces count as bought."""

    wish = models.ForeignKey(Line, on_delete=models.CASCADE, related_name="gifts", verbose_name=_("wish"))
    basket_line = models.ForeignKey(
        "basket.Line", on_delete=models.CASCADE, related_name="gifts", verbose_name=_("line of a basket")
    )
    pieces = models.PositiveIntegerField(_("pieces"), default=1)

    class Meta:
        verbose_name = _("gift from a list")
        verbose_name_plural = _("gifts from lists")
        constraints = [models.UniqueConstraint(fields=["wish", "basket_line"], name="a_gift_once_a_line")]


from oscar.apps.wishlists.models import *  # noqa: E402,F403  Oscar's remaining models, after ours
