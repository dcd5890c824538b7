"""Words of search that an officer keeps."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.search.rules import require_letters, require_new_term
from marketplace.search.terms import key_of


class SearchTerm(models.Model):
    """What a reader may type, and what it means in this market. It takes the place of what the market came with for the same term."""

    term = models.CharField(_("term"), max_length=80, help_text=_("As readers type it; up to three words."))
    means = models.CharField(
        _("means"),
        max_length=400,
        blank=True,
        help_text=_("Words that stand on works, parted by semicolons. Without any, the term need not stand on a work."),
    )
    is_ignored = models.BooleanField(
        _("has no meaning of its own"),
        default=False,
        help_text=_("Searched for as it is written, whatever the market came with."),
    )
    key = models.CharField(max_length=80, unique=True, editable=False)

    class Meta:
        ordering = ["term"]
        verbose_name = _("search term")
        verbose_name_plural = _("search terms")

    def __str__(self) -> str:
        return self.term

    def save(self, *args, **kwargs) -> None:
        self.key = key_of(self.term)
        super().save(*args, **kwargs)

    def clean(self) -> None:
        self.key = key_of(self.term)
        require_letters(self.key)
        require_new_term(SearchTerm.objects.filter(key=self.key).exclude(pk=self.pk).exists())
