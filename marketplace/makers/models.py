"""Makers, their production licences (پروانه تولید) and their breaks."""

from datetime import date

from django.conf import settings
from django.core.files.storage import storages
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from marketplace.core.clock import today
from marketplace.core.fields import Rial
from marketplace.crafts.models import Craft, CraftGroup, Named
from marketplace.makers.holidays import ONE_DAY, Break, Way, breaks_of
from marketplace.places.models import City


def private_storage():
    """Scans are read through signed addresses only."""
    return storages["private"]


class MakerQuerySet(models.QuerySet):
    def active(self):
        """Makers whose joining was approved and who are neither suspended nor closed: whom public lists show."""
        return self.filter(state=Maker.State.ACTIVE)


class Maker(Named):
    """A person, workshop or cooperative whose hands make works. `marketplace.joining` moves the state."""

    class State(models.TextChoices):
        STARTED = "started", _("joining, not sent yet")
        WAITING = "waiting", _("joining waits for an officer")
        RETURNED = "returned", _("joining returned")
        ACTIVE = "active", _("active")
        SUSPENDED = "suspended", _("suspended")
        CLOSED = "closed", _("closed")

    class Kind(models.TextChoices):
        PERSON = "person", _("Artisan")
        HOME = "home", _("Home workshop")
        GROUP = "group", _("Group workshop")
        LARGE = "large", _("Large workshop")
        COOPERATIVE = "cooperative", _("Cooperative")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.PERSON)
    is_master = models.BooleanField(_("master (pishkesvat)"), default=False)
    city = models.ForeignKey(City, on_delete=models.PROTECT, related_name="makers", verbose_name=_("city"))
    crafts = models.ManyToManyField(Craft, related_name="makers", verbose_name=_("crafts"), blank=True)
    owner = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="maker"
    )
    story_fa = models.TextField(_("story, Persian"), blank=True)
    story_en = models.TextField(_("story, English"), blank=True)
    gift_wrap_rial = Rial(
        _("gift wrap, a piece (rial)"),
        null=True,
        blank=True,
        help_text=_("Empty: this maker wraps no gifts. 0: at no charge."),
    )
    #: The breaks that were not over when `listing.holidays` last wrote them: a copy of Holiday for whoever sells.
    breaks = models.JSONField(default=list, blank=True, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.ACTIVE, editable=False)
    state_because = models.CharField(_("why, as its maker reads it"), max_length=1000, blank=True, editable=False)
    is_demo = models.BooleanField(_("demo"), default=False)
    joined_at = models.DateTimeField(_("joined"), auto_now_add=True)

    objects = MakerQuerySet.as_manager()

    class Meta:
        ordering = ["slug"]
        verbose_name = _("maker")
        verbose_name_plural = _("makers")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(gift_wrap_rial__isnull=True) | models.Q(gift_wrap_rial__gte=0),
                name="gift_wrap_costs_nothing_or_more",
            )
        ]

    def get_absolute_url(self) -> str:
        return reverse("shop:maker", args=[self.slug])

    @property
    def has_joined(self) -> bool:
        """Whether an officer approved the joining at some time; what came after is another question."""
        return self.state in (self.State.ACTIVE, self.State.SUSPENDED, self.State.CLOSED)

    def break_on(self, day: date, *, in_venue: bool = False) -> Break | None:
        """The break in which an offer of this maker rests on a day, or None."""
        return next((each for each in breaks_of(self.breaks) if each.touches(day, in_venue=in_venue)), None)

    @property
    def break_today(self) -> Break | None:
        """The break that lasts today, or None."""
        return self.break_on(today())

    def back_at_work(self, on: date, *, in_venue: bool = False) -> date:
        """The day from which lead days count for what is bought on a day: that day, or the day after the break."""
        while rest := self.break_on(on, in_venue=in_venue):
            on = rest.last + ONE_DAY
        return on


class Holiday(models.Model):
    """A break that a maker told in advance, both its days included. `listing.holidays` writes it, and its copy on the maker."""

    maker = models.ForeignKey(Maker, on_delete=models.CASCADE, related_name="holidays", verbose_name=_("maker"))
    first = models.DateField(_("first day"))
    last = models.DateField(_("last day"))
    way = models.CharField(_("orders meanwhile"), max_length=8, choices=Way.choices, default=Way.CLOSED)
    in_venues = models.BooleanField(_("venues too"), default=False)
    words_fa = models.CharField(_("words for buyers, Persian"), max_length=200)
    words_en = models.CharField(_("words for buyers, English"), max_length=200, blank=True)

    class Meta:
        ordering = ["first"]
        verbose_name = _("break of a maker")
        verbose_name_plural = _("breaks of makers")
        constraints = [
            models.CheckConstraint(condition=models.Q(last__gte=models.F("first")), name="holiday_days_in_order"),
            models.UniqueConstraint(fields=["maker", "first"], name="holiday_first_day_once"),
        ]

    def __str__(self) -> str:
        return f"{self.first} – {self.last}"

    @property
    def rest(self) -> Break:
        """As rules and pages read it."""
        return Break(self.first, self.last, self.way, self.in_venues, self.words_fa, self.words_en)


class LicenceQuerySet(models.QuerySet):
    def valid_on(self, day: date):
        """Licences in force on a day."""
        return self.filter(issued_on__lte=day, expires_on__gte=day, revoked_on__isnull=True)


class ProductionLicence(models.Model):
    """A maker's licence for one craft group, with dates. The number's format is not published: free text and a scan."""

    class Kind(models.TextChoices):
        INDIVIDUAL = "individual", _("Individual production licence")
        WORKSHOP = "workshop", _("Workshop production licence")
        CARD = "card", _("Identity card (older)")

    maker = models.ForeignKey(Maker, on_delete=models.CASCADE, related_name="licences")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.INDIVIDUAL)
    craft_group = models.ForeignKey(CraftGroup, on_delete=models.PROTECT, verbose_name=_("craft group"))
    number = models.CharField(_("number"), max_length=60)
    issued_on = models.DateField(_("issued on"))
    expires_on = models.DateField(_("expires on"))
    revoked_on = models.DateField(_("revoked on"), null=True, blank=True)
    pieces_a_year = models.PositiveIntegerField(_("licensed capacity, pieces a year"), null=True, blank=True)
    scan = models.FileField(_("scan"), storage=private_storage, upload_to="licences/%Y/", blank=True)
    is_demo = models.BooleanField(_("demo"), default=False)

    objects = LicenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("production licence")
        verbose_name_plural = _("production licences")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(expires_on__gte=models.F("issued_on")), name="production_licence_dates_in_order"
            ),
            models.UniqueConstraint(fields=["maker", "craft_group", "number"], name="production_licence_once"),
        ]

    def __str__(self) -> str:
        return self.number


class LicenceClaim(models.Model):
    """A production licence as its maker sent it in. It counts for nothing until an officer has compared it with the paper."""

    maker = models.ForeignKey(Maker, on_delete=models.CASCADE, related_name="licence_claims", verbose_name=_("maker"))
    kind = models.CharField(_("kind"), max_length=12, choices=ProductionLicence.Kind.choices)
    craft_group = models.ForeignKey(CraftGroup, on_delete=models.PROTECT, verbose_name=_("craft group"))
    number = models.CharField(_("number"), max_length=60)
    issued_on = models.DateField(_("issued on"))
    expires_on = models.DateField(_("expires on"))
    pieces_a_year = models.PositiveIntegerField(_("licensed capacity, pieces a year"), null=True, blank=True)
    scan = models.FileField(_("scan"), storage=private_storage, upload_to="licences/%Y/")
    sent_at = models.DateTimeField(_("sent at"), auto_now_add=True)

    class Meta:
        verbose_name = _("production licence sent in")
        verbose_name_plural = _("production licences sent in")

    def __str__(self) -> str:
        return self.number
