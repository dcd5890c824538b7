"""A day's route through a city: stops in an order that editors drag into place."""

from typing import Any, ClassVar

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.models import Orderable
from wagtail.url_routing import RouteResult

from cms import front_cache
from cms.models.base import MarketPage
from marketplace.found.addresses import base_of, whole
from marketplace.found.heads import Head, Shared
from marketplace.found.trips import trip_node
from marketplace.maps import gpx, journeys
from marketplace.maps.sketch import sketch
from marketplace.places import rules
from marketplace.places.models import City, Spot

#: A day.
MOST_MINUTES = 720


class RoutePage(MarketPage):
    """A route with its stops, its length as the crow flies, and how long it takes."""

    is_demo = models.BooleanField(_("demo"), default=False)

    drawn_by = "maps/route.html"
    #: What stands below the page's own address: its route as a file.
    GPX = "gpx"
    content_panels: ClassVar = [
        *MarketPage.content_panels,
        InlinePanel("stops", label=_("Stop"), heading=_("Stops, in their order"), min_num=2),
        FieldPanel("is_demo"),
    ]
    parent_page_types: ClassVar = ["cms.CityPage"]
    subpage_types: ClassVar = []

    class Meta:
        verbose_name = _("route")
        verbose_name_plural = _("routes")

    @cached_property
    def city(self) -> City | None:
        """Of the city page above. One query."""
        parent = self.get_parent().specific if self.depth else None
        return getattr(parent, "city", None)

    @cached_property
    def listed(self) -> list["RouteStop"]:
        """The stops with their places; a draft's own stops in its preview."""
        found = self.stops.all()
        if isinstance(found, QuerySet):
            found = found.select_related("spot__city", "spot__maker", "spot__venue")
        return list(found)

    @cached_property
    def journey(self) -> journeys.Journey:
        """Stops and legs."""
        return journeys.journey(stop.plain for stop in self.listed)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        if self.city is not None:
            front_cache.depends_on(f"city:{self.city.pk}")  # its places may move
        address = self.get_url(request) or request.path
        return (
            context
            | self.shown()
            | {
                "address": whole(base_of(request), address),
                "gpx_address": f"{address}{self.GPX}/",
                "found_head": self._head(request, address),
            }
        )

    def shown(self) -> dict[str, Any]:
        """What any page that shows this route needs of it: `route`, `city`, `steps` (stop, leg), `sketch`."""
        legs = [*self.journey.legs, None]
        return {
            "route": self.journey,
            "city": self.city,
            "steps": list(zip(self.listed, legs, strict=False)),
            "sketch": sketch(self.journey),
            "speeds": journeys.SPEEDS,
        }

    def _head(self, request: HttpRequest, address: str) -> Head:
        node = trip_node(
            self.title,
            address,
            base=base_of(request),
            text=self.lead,
            stops=self.journey.stops,
            city=self.city,
        )
        return Head((node,), Shared(self.title, self.lead))

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """The page, or the file below it."""
        if path_components == [self.GPX] and self.live:
            return RouteResult(self, kwargs={"part": self.GPX})
        return super().route(request, path_components)

    def serve(self, request: HttpRequest, *args: Any, part: str = "", **kwargs: Any) -> HttpResponse:
        """The page; with `part` the file."""
        return self._file(request) if part else super().serve(request, *args, **kwargs)

    def _file(self, request: HttpRequest) -> HttpResponse:
        if not any(stop.is_placed for stop in self.journey.stops):
            raise Http404
        text = gpx.gpx_of(
            self.journey,
            name=self.title,
            description=self.lead,
            link=whole(base_of(request), self.get_url(request) or "/"),
        )
        return HttpResponse(
            text,
            content_type=gpx.CONTENT_TYPE,
            headers={"Content-Disposition": f'attachment; filename="rasteh-route-{self.pk}.gpx"'},
        )


class RouteStop(Orderable):
    """A place of the map, or a point of the route's own, and how long one stays there."""

    class Way(models.TextChoices):
        WALK = journeys.WALK, _("on foot")
        DRIVE = journeys.DRIVE, _("by car")

    page = ParentalKey(RoutePage, on_delete=models.CASCADE, related_name="stops")
    spot = models.ForeignKey(
        Spot, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("place on the map")
    )
    name_fa = models.CharField(_("name of another point, Persian"), max_length=160, blank=True)
    name_en = models.CharField(_("name of another point, English"), max_length=160, blank=True)
    latitude = models.DecimalField(_("latitude"), max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(_("longitude"), max_digits=8, decimal_places=5, null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(
        _("minutes of stay"), default=30, validators=[MaxValueValidator(MOST_MINUTES)]
    )
    way = models.CharField(_("on to the next"), max_length=5, choices=Way.choices, default=Way.WALK)

    panels: ClassVar = [
        FieldPanel("spot"),
        FieldRowPanel([FieldPanel("name_fa"), FieldPanel("name_en")]),
        FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
        FieldRowPanel([FieldPanel("minutes"), FieldPanel("way")]),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("stop")
        verbose_name_plural = _("stops")

    def clean(self) -> None:
        super().clean()
        rules.require_one_place(self)
        rules.require_whole_position(self)

    @property
    def name(self) -> str:
        """The place's, or the point's in the reader's language."""
        if self.spot is not None:
            return self.spot.name
        mine, other = (self.name_fa, self.name_en)
        return (other or mine) if (get_language() or "fa").startswith("en") else (mine or other)

    @property
    def plain(self) -> journeys.Stop:
        """For the reckoning."""
        where = self.spot or self
        latitude, longitude = (
            float(value) if value is not None else None for value in (where.latitude, where.longitude)
        )
        return journeys.Stop(self.name, latitude, longitude, self.minutes, self.way)
