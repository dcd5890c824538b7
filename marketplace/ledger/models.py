"""The market's books: accounts, entries, and their postings in whole rial. What was sealed never changes: a mistake gets a new entry."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from marketplace.core.fields import Rial
from marketplace.partner.models import Partner


class Account(models.Model):
    """One account. A seller's payable in debit is what the seller owes the market."""

    class Kind(models.TextChoices):
        ASSET = "asset", _("asset")
        LIABILITY = "liability", _("liability")
        INCOME = "income", _("income")
        EXPENSE = "expense", _("expense")

    code = models.CharField(_("code"), max_length=40, unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    seller = models.OneToOneField(
        Partner, null=True, blank=True, on_delete=models.PROTECT, related_name="payable", verbose_name=_("seller")
    )

    class Meta:
        ordering = ["code"]
        verbose_name = _("account")
        verbose_name_plural = _("accounts")

    def __str__(self) -> str:
        return self.code


class Entry(models.Model):
    """Something that happened once to a thing outside the books (`source`): its postings sum to zero when it is sealed."""

    source = models.CharField(_("what it is about"), max_length=80)
    event = models.CharField(_("what happened"), max_length=60)
    on = models.DateField(_("day"))
    reference = models.CharField(_("number people know"), max_length=60, blank=True)
    made_at = models.DateTimeField(_("made"), auto_now_add=True)
    sealed_at = models.DateTimeField(_("sealed"), null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("entry in the books")
        verbose_name_plural = _("entries in the books")
        constraints = [models.UniqueConstraint(fields=["source", "event"], name="one_entry_an_event")]

    def __str__(self) -> str:
        return f"{self.source} {self.event}"

    @property
    def word(self) -> str:
        """The event without the number that tells two of a kind apart: `given:REF-…` is `given`."""
        return self.event.partition(":")[0]


class Posting(models.Model):
    """One leg of an entry: a debit is positive, a credit negative. `what` says what a leg on a seller's account is for."""

    class What(models.TextChoices):
        GOODS = "goods", _("goods")
        DELIVERY = "delivery", _("delivery")
        COMMISSION = "commission", _("commission")
        TAX = "tax", _("tax on the commission")
        PAID = "paid", _("paid")

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="postings", verbose_name=_("entry"))
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="postings", verbose_name=_("account"))
    what = models.CharField(_("what for"), max_length=10, choices=What.choices, blank=True)
    amount_rial = Rial(_("amount (rial), credit below zero"))

    class Meta:
        ordering = ["pk"]
        verbose_name = _("posting")
        verbose_name_plural = _("postings")
        constraints = [
            models.CheckConstraint(condition=~Q(amount_rial=0), name="posting_moves_something"),
            models.UniqueConstraint(fields=["entry", "account", "what"], name="one_posting_a_leg"),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.amount_rial}"
