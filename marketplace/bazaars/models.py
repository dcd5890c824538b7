"""Venues and their licences. A licence's events move three dates on the venue; rules, triggers and search compare those dates."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from marketplace.crafts.models import Named
from marketplace.makers.models import Maker, private_storage
from marketplace.places.models import City


class VenueQuerySet(models.QuerySet):
    def bound_on(self, day: date):
        """Venues in which only Iranian works may be sold on a day."""
        return self.filter(Q(bound_since__lte=day) & (Q(bound_until__isnull=True) | Q(bound_until__gt=day)))

    def open_on(self, day: date):
        """Venues in which anything may be sold on a day."""
        return self.filter(Q(is_planned=False) & (Q(open_until__isnull=True) | Q(open_until__gte=day)))


class Venue(Named):
    """A bazaar, shop, tourism centre, craft house or fair.

    `bound_since` to `bound_until` (the end not included): the foreign-goods rule binds it. `open_until` (included): sale is
    possible; empty means no licence limits it.
    """

    class Kind(models.TextChoices):
        BAZAAR = "bazaar", _("Handicraft bazaar")
        SHOP = "shop", _("Handicraft shop")
        TOURISM_CENTRE = "tourism_centre", _("Tourism centre")
        CRAFT_HOUSE = "craft_house", _("Craft house")
        FAIR = "fair", _("Fair")

    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices)
    city = models.ForeignKey(City, on_delete=models.PROTECT, related_name="venues", verbose_name=_("city"))
    address_fa = models.CharField(_("address, Persian"), max_length=255, blank=True)
    address_en = models.CharField(_("address, English"), max_length=255, blank=True)
    managers = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="venues", verbose_name=_("managers")
    )
    is_planned = models.BooleanField(_("planned only"), default=False)
    bound_since = models.DateField(_("bound by the foreign-goods rule since"), null=True, blank=True)
    bound_until = models.DateField(_("free of the rule from"), null=True, blank=True)
    open_until = models.DateField(_("open for sale until"), null=True, blank=True)
    note_fa = models.TextField(_("what the source says, Persian"), blank=True)
    note_en = models.TextField(_("what the source says, English"), blank=True)
    source = models.CharField(_("source"), max_length=200, blank=True)
    is_demo = models.BooleanField(_("demo"), default=False)

    objects = VenueQuerySet.as_manager()

    class Meta:
        ordering = ["slug"]
        verbose_name = _("venue")
        verbose_name_plural = _("venues")
        constraints = [
            models.CheckConstraint(
                condition=Q(bound_until__isnull=True)
                | Q(bound_since__isnull=False, bound_until__gte=models.F("bound_since")),
                name="venue_bound_dates_in_order",
            )
        ]

    def get_absolute_url(self) -> str:
        return reverse("shop:venue", args=[self.slug])

    def is_bound_on(self, day: date) -> bool:
        """Whether the foreign-goods rule binds this venue on a day."""
        if self.bound_since is None or self.bound_since > day:
            return False
        return self.bound_until is None or day < self.bound_until

    def is_open_on(self, day: date) -> bool:
        """Whether anything may be sold here on a day."""
        return not self.is_planned and (self.open_until is None or self.open_until >= day)


class VenueLicence(models.Model):
    """A licence by Cultural Heritage to a venue."""

    class Kind(models.TextChoices):
        BAZAAR = "bazaar", _("Licence of a handicraft bazaar")
        SHOP = "shop", _("Licence of a handicraft shop")
        TOURISM = "tourism", _("Licence of a tourism centre")
        FAIR = "fair", _("Licence of a fair")

    venue = models.ForeignKey(Venue, on_delete=models.PROTECT, related_name="licences", verbose_name=_("venue"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.SHOP)
    number = models.CharField(_("number"), max_length=60)
    issuer_fa = models.CharField(_("issuing directorate, Persian"), max_length=160)
    issuer_en = models.CharField(_("issuing directorate, English"), max_length=160, blank=True)
    issued_on = models.DateField(_("issued on"))
    expires_on = models.DateField(_("expires on"))
    scan = models.FileField(_("scan"), storage=private_storage, upload_to="venues/%Y/", blank=True)
    is_demo = models.BooleanField(_("demo"), default=False)

    class Meta:
        verbose_name = _("venue licence")
        verbose_name_plural = _("venue licences")
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_on__gte=models.F("issued_on")), name="venue_licence_dates_in_order"
            )
        ]

    def __str__(self) -> str:
        return self.number


class VenueLicenceClaim(models.Model):
    """A venue's licence, or its renewal, as the manager sent it in; an officer compares it with the paper."""

    venue = models.ForeignKey(Venue, on_delete=models.CASCADE, related_name="licence_claims", verbose_name=_("venue"))
    renews = models.ForeignKey(
        VenueLicence, null=True, blank=True, on_delete=models.CASCADE, related_name="+", verbose_name=_("renews")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=VenueLicence.Kind.choices, default=VenueLicence.Kind.SHOP)
    number = models.CharField(_("number"), max_length=60)
    issuer_fa = models.CharField(_("issuing directorate, Persian"), max_length=160)
    issued_on = models.DateField(_("issued on"))
    expires_on = models.DateField(_("expires on"))
    scan = models.FileField(_("scan"), storage=private_storage, upload_to="venues/%Y/")
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, verbose_name=_("sent by")
    )
    sent_at = models.DateTimeField(_("sent at"), auto_now_add=True)

    class Meta:
        verbose_name = _("venue licence sent in")
        verbose_name_plural = _("venue licences sent in")

    def __str__(self) -> str:
        return self.number


class LicenceEvent(models.Model):
    """What happened to a licence, and when."""

    class Kind(models.TextChoices):
        GRANTED = "granted", _("granted")
        RENEWED = "renewed", _("renewed")
        SUSPENDED = "suspended", _("suspended")
        REINSTATED = "reinstated", _("reinstated")
        REVOKED = "revoked", _("revoked")
        SURRENDERED = "surrendered", _("surrendered")

    licence = models.ForeignKey(
        VenueLicence, on_delete=models.PROTECT, related_name="events", verbose_name=_("licence")
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    on = models.DateField(_("on"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, verbose_name=_("recorded by")
    )
    recorded_at = models.DateTimeField(_("recorded at"), auto_now_add=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        ordering = ["on", "id"]
        verbose_name = _("licence event")
        verbose_name_plural = _("licence events")


class Inspection(models.Model):
    """A visit that is due in a venue, and to whom. Opened by refusals or by a person; its findings come with the manager's rounds."""

    class Because(models.TextChoices):
        REFUSALS = "refusals", _("three refusals in thirty days")
        PERSON = "person", _("asked for by a person")

    venue = models.ForeignKey(Venue, on_delete=models.PROTECT, related_name="inspections", verbose_name=_("venue"))
    maker = models.ForeignKey(Maker, on_delete=models.PROTECT, related_name="inspections", verbose_name=_("maker"))
    because = models.CharField(_("why"), max_length=10, choices=Because.choices)
    opened_on = models.DateField(_("opened on"))
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        ordering = ["-opened_on", "-id"]
        verbose_name = _("inspection")
        verbose_name_plural = _("inspections")
        constraints = [
            models.UniqueConstraint(
                fields=["venue", "maker"], condition=Q(closed_on__isnull=True), name="one_open_inspection"
            )
        ]
