"""The market's books: accounts, entries, and their postings in whole rial. What was sealed never changes: a mistake gets a new entry."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from marketplace.bazaars.models import Venue
from marketplace.core.fields import Rial
from marketplace.crafts.models import Craft, CraftGroup
from marketplace.makers.models import Maker
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
        WRAP = "wrap", _("gift wrap")
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


class Dated(models.Model):
    """A share in hundredths of a percent that holds from a day, and until one if it ends."""

    share_bp = models.PositiveIntegerField(_("share, in hundredths of a percent"))
    valid_from = models.DateField(_("from"))
    valid_until = models.DateField(_("until, included"), null=True, blank=True)
    source = models.CharField(_("where it stands"), max_length=200, blank=True)
    is_demo = models.BooleanField(_("demo"), default=False)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(condition=Q(share_bp__lte=10_000), name="%(class)s_at_most_everything"),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="%(class)s_dates_in_order",
            ),
        ]


class CommissionRule(Dated):
    """What the market keeps of a work's price. Rules are read in the order of their position; the first that fits holds."""

    position = models.PositiveIntegerField(_("position"), unique=True)
    maker_kind = models.CharField(_("kind of maker"), max_length=12, choices=Maker.Kind.choices, blank=True)
    craft_group = models.ForeignKey(
        CraftGroup, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("craft group")
    )
    craft = models.ForeignKey(
        Craft, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("craft")
    )
    venue = models.ForeignKey(
        Venue, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("venue")
    )

    class Meta(Dated.Meta):
        ordering = ["position"]
        verbose_name = _("commission rule")
        verbose_name_plural = _("commission rules")

    def __str__(self) -> str:
        return f"{self.position}: {self.share_bp / 100} %"


class CommissionTax(Dated):
    """The tax on the market's commission, from the day a law says so. While none is entered, none is taken."""

    class Meta(Dated.Meta):
        ordering = ["-valid_from"]
        verbose_name = _("tax on the commission")
        verbose_name_plural = _("taxes on the commission")

    def __str__(self) -> str:
        return f"{self.valid_from}: {self.share_bp / 100} %"


class Payout(models.Model):
    """One file for the bank: what was owed to sellers when it was made."""

    number = models.CharField(_("number"), max_length=40, unique=True)
    on = models.DateField(_("day"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(_("made"), auto_now_add=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("payout")
        verbose_name_plural = _("payouts")
        permissions = [("pay_sellers", "Can pay sellers and settle refunds by hand")]

    def __str__(self) -> str:
        return self.number


class PayoutItem(models.Model):
    """One seller's line of the file. Amount, account and holder stay as they were sent."""

    class State(models.TextChoices):
        PREPARED = "prepared", _("in the file")
        PAID = "paid", _("sent by the bank")
        FAILED = "failed", _("not sent, or came back")

    payout = models.ForeignKey(Payout, on_delete=models.PROTECT, related_name="items", verbose_name=_("payout"))
    seller = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="payouts", verbose_name=_("seller"))
    amount_rial = Rial(_("amount (rial)"))
    iban = models.CharField(_("Sheba (IBAN)"), max_length=34)
    iban_owner = models.CharField(_("holder of the account"), max_length=120)
    trace = models.CharField(_("trace number"), max_length=30, unique=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.PREPARED)
    failed_because = models.CharField(_("why it failed"), max_length=200, blank=True)
    changed_on = models.DateField(_("last changed"), null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("line of a payout")
        verbose_name_plural = _("lines of payouts")
        constraints = [
            models.CheckConstraint(condition=Q(amount_rial__gt=0), name="payout_has_an_amount"),
            models.UniqueConstraint(fields=["payout", "seller"], name="one_line_a_seller"),
        ]

    def __str__(self) -> str:
        return self.trace

    @property
    def source(self) -> str:
        """What the books call it."""
        return f"payout:{self.trace}"
