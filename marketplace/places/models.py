"""Provinces, cities and villages of craft, and the places on their maps."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from marketplace.crafts.models import Craft, Named
from marketplace.places import rules


class Province(Named):
    """A province by its ISO 3166-2 code."""

    code = models.CharField(_("ISO 3166-2 code"), max_length=6, unique=True)
    latitude = models.DecimalField(_("latitude"), max_digits=6, decimal_places=3)
    longitude = models.DecimalField(_("longitude"), max_digits=6, decimal_places=3)
    neighbours = models.ManyToManyField("self", blank=True, verbose_name=_("neighbouring provinces"))

    class Meta:
        ordering = ["code"]
        verbose_name = _("province")
        verbose_name_plural = _("provinces")


class City(Named):
    """A city or village; `rank` and `rank_year` (Jalali) only where a source names them."""

    class Kind(models.TextChoices):
        CITY = "city", _("City")
        VILLAGE = "village", _("Village")

    class Rank(models.TextChoices):
        NATIONAL = "national", _("National craft city")
        WORLD = "world", _("World craft city")

    province = models.ForeignKey(Province, on_delete=models.PROTECT, related_name="cities", verbose_name=_("province"))
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices, default=Kind.CITY)
    rank = models.CharField(_("rank"), max_length=8, choices=Rank.choices, blank=True)
    rank_year = models.PositiveSmallIntegerField(_("year of the rank (Jalali)"), null=True, blank=True)
    craft_fa = models.CharField(_("known for, Persian"), max_length=120, blank=True)
    craft_en = models.CharField(_("known for, English"), max_length=120, blank=True)
    crafts = models.ManyToManyField(Craft, blank=True, related_name="cities", verbose_name=_("crafts"))
    latitude = models.DecimalField(_("latitude"), max_digits=6, decimal_places=3, null=True, blank=True)
    longitude = models.DecimalField(_("longitude"), max_digits=6, decimal_places=3, null=True, blank=True)
    source = models.CharField(_("source"), max_length=200, blank=True)

    class Meta:
        ordering = ["name_en"]
        verbose_name = _("city")
        verbose_name_plural = _("cities")

    def get_absolute_url(self) -> str:
        return reverse("shop:city", args=[self.slug])


class Spot(Named):
    """A point on a city's map: a sight, a workshop open to visitors, a bazaar, a kiosk, a gate, a place to stay, eat or heal.

    Only what a source names stands here without `is_demo`. A position (WGS 84 degrees) may be unknown: then the spot is in
    the list beside the map and not on it. A workshop's position is public only because somebody put it here.
    """

    class Kind(models.TextChoices):
        SIGHT = "sight", _("Sight")
        WORKSHOP = "workshop", _("Workshop")
        BAZAAR = "bazaar", _("Bazaar or shop")
        CRAFT_HOUSE = "craft_house", _("Craft house")
        KIOSK = "kiosk", _("Guide kiosk")
        GATE = "gate", _("City gate")
        STAY = "stay", _("Place to stay")
        EAT = "eat", _("Place to eat")
        HEAL = "heal", _("Place to heal")
        PARKING = "parking", _("Parking")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    city = models.ForeignKey(City, on_delete=models.PROTECT, related_name="spots", verbose_name=_("city"))
    latitude = models.DecimalField(_("latitude"), max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(_("longitude"), max_digits=8, decimal_places=5, null=True, blank=True)
    address_fa = models.CharField(_("address, Persian"), max_length=255, blank=True)
    address_en = models.CharField(_("address, English"), max_length=255, blank=True)
    opening_fa = models.CharField(_("when it is open, Persian"), max_length=160, blank=True)
    opening_en = models.CharField(_("when it is open, English"), max_length=160, blank=True)
    note_fa = models.TextField(_("what there is, Persian"), max_length=600, blank=True)
    note_en = models.TextField(_("what there is, English"), max_length=600, blank=True)
    maker = models.ForeignKey(
        "makers.Maker", null=True, blank=True, on_delete=models.CASCADE, related_name="spots", verbose_name=_("maker")
    )
    venue = models.ForeignKey(
        "bazaars.Venue", null=True, blank=True, on_delete=models.CASCADE, related_name="spots", verbose_name=_("venue")
    )
    source = models.CharField(_("source"), max_length=200, blank=True)
    source_date = models.DateField(_("date of the source"), null=True, blank=True)
    is_demo = models.BooleanField(_("demo"), default=False)

    class Meta:
        ordering = ["kind", "slug"]
        verbose_name = _("place on the map")
        verbose_name_plural = _("places on the map")
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__gte=rules.SOUTH,
                    latitude__lte=rules.NORTH,
                    longitude__gte=rules.WEST,
                    longitude__lte=rules.EAST,
                ),
                name="spot_position_whole_and_in_iran",
            ),
            models.CheckConstraint(condition=Q(is_demo=True) | ~Q(source=""), name="spot_has_source"),
        ]

    def clean(self) -> None:
        super().clean()
        rules.require_whole_position(self)
        rules.require_source(self)
        rules.require_same_city(self)

    @property
    def is_placed(self) -> bool:
        """Whether its position is known."""
        return self.latitude is not None and self.longitude is not None

    def get_absolute_url(self) -> str:
        return f"{reverse('maps:city', args=[self.city.slug])}#{self.anchor}"

    @property
    def anchor(self) -> str:
        """The id of its entry in the list beside the map."""
        return f"spot-{self.slug}"
