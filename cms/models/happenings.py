"""What events and courses have in common: days, a place, a price, and their times as readers, calendars and machines see them."""

from datetime import date, timedelta
from typing import Any, ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.search import index

from cms import front_cache
from cms.events import rules
from cms.events.agenda import shown_time
from cms.events.plan import Occurrence, Plan
from cms.fields import PartsField
from cms.models.base import MarketPage
from marketplace.bookings.models import Session
from marketplace.bookings.queries import sessions_of
from marketplace.bookings.rules import require_seller
from marketplace.bookings.services import sells
from marketplace.core.clock import today
from marketplace.core.fields import Rial
from marketplace.found.addresses import base_of, whole
from marketplace.found.happenings import Occasion
from marketplace.found.heads import Head, Shared
from marketplace.makers.models import Maker
from marketplace.places.models import City, Spot

#: Times that a page lists.
NEXT = 6


class CalledOffBlock(blocks.StructBlock):
    """A day on which it does not take place."""

    day = blocks.DateBlock(label=_("Day"))
    reason = blocks.CharBlock(label=_("Reason"), max_length=160, required=False)


class CalledOffDays(blocks.StreamBlock):
    """The days that are called off."""

    day = CalledOffBlock(label=_("Day"), icon="date")


class Happening(MarketPage):
    """A page of something that takes place: readers come on a day, to a place."""

    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    spot = models.ForeignKey(
        Spot, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("place on the map")
    )
    place = models.CharField(_("place in words"), max_length=200, blank=True)
    is_free = models.BooleanField(_("free of charge"), default=False)
    price = models.CharField(
        _("price"),
        max_length=160,
        blank=True,
        help_text=_("In words, as it is paid there; empty where it is not known."),
    )
    takes_bookings = models.BooleanField(
        _("takes bookings"),
        default=False,
        help_text=_("Visitors book a place on its page, as many as there are places."),
    )
    places = models.PositiveSmallIntegerField(
        _("number of places"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    price_rial = Rial(
        _("price of a place (rial)"),
        default=0,
        validators=[MinValueValidator(0)],
        help_text=_("Paid with the booking, to a host who sells here; 0 where nothing is paid so."),
    )
    link = models.URLField(_("address for more"), blank=True)
    is_called_off = models.BooleanField(_("called off"), default=False, help_text=_("All of it, whatever the day."))
    called_off = PartsField(CalledOffDays(), blank=True, verbose_name=_("days called off"))
    is_demo = models.BooleanField(_("demo"), default=False)

    says_kind = True
    #: Whether a list shows every time of it; a course's lessons would crowd out the rest.
    lists_each_time = True
    place_panel: ClassVar = MultiFieldPanel(
        [FieldPanel("spot"), FieldPanel("place"), FieldRowPanel([FieldPanel("is_free"), FieldPanel("price")])],
        heading=_("Place and price"),
    )
    closing_panels: ClassVar = [
        MultiFieldPanel(
            [FieldPanel("takes_bookings"), FieldRowPanel([FieldPanel("places"), FieldPanel("price_rial")])],
            heading=_("Booking"),
        ),
        FieldPanel("link"),
        MultiFieldPanel([FieldPanel("is_called_off"), FieldPanel("called_off")], heading=_("Called off")),
        FieldPanel("is_demo"),
    ]
    search_fields: ClassVar = [
        *MarketPage.search_fields,
        index.SearchField("place"),
        index.FilterField("starts_on"),
        index.FilterField("is_demo"),
    ]
    parent_page_types: ClassVar = ["cms.CityPage"]
    subpage_types: ClassVar = []

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        for rule in (
            rules.require_order,
            rules.require_place,
            rules.forbid_price_of_free,
            rules.forbid_list_address,
            rules.require_what_is_booked,
        ):
            rule(self)
        require_seller(sells(self.host_maker), self.price_rial or 0)

    @cached_property
    def city(self) -> City | None:
        """Of the city page above. One query, unless whoever read many pages told it."""
        above = self.path[: -self.steplen]
        return City.objects.filter(stories__path=above).select_related("province").first() if above else None

    @property
    def host_maker(self) -> Maker | None:
        """To whom visitors pay, and who stands at the door."""
        raise NotImplementedError

    @property
    def plan(self) -> Plan:
        """Its days and hours."""
        raise NotImplementedError

    @property
    def when_words(self) -> str:
        """Its repetition in a sentence; empty for what takes place once."""
        return ""

    @property
    def off_days(self) -> dict[date, str]:
        """First day → why it is called off."""
        return {part.value["day"]: part.value["reason"] or "" for part in self.called_off}

    @cached_property
    def next_times(self) -> list[Occurrence]:
        """The next few times, one that is running among them."""
        return self.plan.next_from(today(), NEXT)

    @property
    def next_time(self) -> Occurrence | None:
        """The next time that takes place; one that is called off where no other comes."""
        return next((time for time in self.next_times if not time.is_called_off), None) or next(
            iter(self.next_times), None
        )

    @cached_property
    def last_time(self) -> Occurrence | None:
        """The last time, of what is over."""
        return None if self.next_times else self.plan.last_before(today())

    @property
    def is_over(self) -> bool:
        """Whether no day of it is left."""
        return not self.next_times

    @property
    def where(self) -> str:
        """The place of the map with what the words add to it."""
        name = self.spot.name if self.spot is not None else ""
        return " · ".join(part for part in (name, self.place) if part)

    @property
    def sequence(self) -> int:
        """How often a calendar should believe it changed: seconds from its first publication to its last, so it only grows."""
        if not (self.first_published_at and self.last_published_at):
            return 0
        return max(0, int((self.last_published_at - self.first_published_at) / timedelta(seconds=1)))

    def ics_path(self) -> str:
        """Where its own calendar file stands."""
        return reverse("events:one", args=[self.city.slug, self.slug]) if self.city is not None else ""

    def shown_times(self) -> list[dict[str, Any]]:
        """`time`, `day`, `hours`, `holiday` of the next times in the reader's words, and the `session` to book. One query at most."""
        sessions = {}
        if self.takes_bookings:
            front_cache.depends_on(f"sessions:{self.translation_key}")
            sessions = {session.starts_at: session for session in sessions_of(self.translation_key)}
        return [shown_time(time) | {"session": sessions.get(time.starts)} for time in self.next_times]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """With `times`, `city` and `last_time`; three queries more."""
        context = super().get_context(request, *args, **kwargs)
        if self.city is not None:
            front_cache.depends_on(f"city:{self.city.pk}")  # its places may move
        base = base_of(request)
        times = self.shown_times()
        return context | {
            "times": times,
            "last_time": shown_time(self.last_time) if self.last_time else None,
            "city": self.city,
            "calendar": whole(base, self.ics_path()) if self.live and self.city else "",
            "found_head": self._head(request, context["story"]["picture"], [one["session"] for one in times]),
        }

    def _head(self, request: HttpRequest, picture: dict[str, Any] | None, sessions: list[Session | None]) -> Head:
        """What is made up for the demo is told to no machine as an event."""
        shared = Shared(self.title, self.lead)
        time = self.next_time or self.last_time
        if self.is_demo or time is None:
            return Head((), shared)
        occasion = Occasion(
            name=self.title,
            text=self.lead,
            address=self.get_url(request) or request.path,
            starts=time.starts.isoformat() if time.hours.starts else time.day.isoformat(),
            ends=time.ends.isoformat() if time.ends else time.last_day.isoformat(),
            place=self.where,
            spot=self.spot,
            city=self.city,
            is_called_off=time.is_called_off,
            is_free=self.is_free,
            picture=picture["src"] if picture else "",
            session=next((one for one in sessions if one and one.starts_at == time.starts), None),
        )
        return Head((self.node(occasion, base_of(request)),), shared)

    def node(self, occasion: Occasion, base: str) -> dict[str, Any]:
        """The page for machines."""
        raise NotImplementedError
