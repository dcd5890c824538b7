"""A visit to a workshop: what one sees there, in which languages, and the dates with free places."""

from datetime import timedelta
from typing import Any, ClassVar

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable

from cms import choosers
from cms.events.words import weekday
from cms.front_cache import depends_on
from cms.models.base import MarketPage
from cms.models.events import WEEKDAYS
from cms.page_forms import MarketPageForm
from cms.panels import DatesPanel
from marketplace.bookings.models import Session
from marketplace.bookings.plans import host_plan
from marketplace.bookings.queries import sessions_to_come
from marketplace.bookings.recurrence import holiday_on
from marketplace.bookings.rules import require_seller
from marketplace.bookings.services import sells
from marketplace.bookings.words import LANGUAGES
from marketplace.core.clock import TEHRAN
from marketplace.core.fields import Rial
from marketplace.found.addresses import base_of
from marketplace.found.happenings import Occasion, visit_node
from marketplace.found.heads import Head, Shared
from marketplace.makers.models import Maker
from marketplace.places.models import City, Spot

#: Dates that a page lists.
DATES = 12
#: The longest visit, in minutes: a day.
LONGEST = 720


class VisitForm(MarketPageForm):
    """Languages are ticked, not typed."""

    languages = forms.MultipleChoiceField(
        label=_("Languages"), choices=LANGUAGES, widget=forms.CheckboxSelectMultiple, required=True
    )


class VisitPage(MarketPage):
    """What awaits a visitor. Its dates are made from the plan below and shared by both languages of the page."""

    maker = models.ForeignKey(Maker, on_delete=models.PROTECT, related_name="+", verbose_name=_("host"))
    spot = models.ForeignKey(
        Spot, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("place on the map")
    )
    meeting = models.CharField(
        _("where to meet"), max_length=200, help_text=_("In words, as you would tell a guest on the phone.")
    )
    languages = models.JSONField(_("languages"), default=list)
    minutes = models.PositiveSmallIntegerField(
        _("minutes it takes"), default=90, validators=[MinValueValidator(15), MaxValueValidator(LONGEST)]
    )
    price_rial = Rial(
        _("price of a place (rial)"), default=0, validators=[MinValueValidator(0)], help_text=_("0: free of charge.")
    )
    closes_hours = models.PositiveSmallIntegerField(_("hours before the start at which bookings close"), default=2)
    cancel_hours = models.PositiveSmallIntegerField(
        _("hours before the start until which a visitor may cancel"), default=24
    )
    is_demo = models.BooleanField(_("demo"), default=False)

    base_form_class = VisitForm
    drawn_by = "cms/visit.html"
    says_kind = True
    content_panels: ClassVar = [
        *MarketPage.content_panels,
        FieldPanel("maker", widget=choosers.MAKERS.widget_class),
        MultiFieldPanel([FieldPanel("spot"), FieldPanel("meeting")], heading=_("Where")),
        FieldPanel("languages"),
        FieldRowPanel([FieldPanel("minutes"), FieldPanel("price_rial")]),
        FieldRowPanel([FieldPanel("closes_hours"), FieldPanel("cancel_hours")]),
        InlinePanel(
            "times",
            label=_("Time of the week"),
            heading=_("Times of the week"),
            help_text=_("Dates are made for the next weeks. A change holds for those that are made after it."),
        ),
        DatesPanel(heading=_("Dates that were made")),
        FieldPanel("is_demo"),
    ]
    parent_page_types: ClassVar = ["cms.CityPage"]
    subpage_types: ClassVar = []

    class Meta:
        verbose_name = _("workshop visit")
        verbose_name_plural = _("workshop visits")

    def clean(self) -> None:
        super().clean()
        if self.maker_id is not None:
            require_seller(sells(self.maker), self.price_rial or 0)

    @cached_property
    def city(self) -> City | None:
        """Of the city page above. One query."""
        parent = self.get_parent().specific if self.depth else None
        return getattr(parent, "city", None)

    @property
    def length(self) -> timedelta:
        """How long it takes."""
        return timedelta(minutes=self.minutes)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """With `city`, `dates` (a session, its weekday, the holiday it falls on) and the host's own `price_rial` and `languages`.

        Four queries more.
        """
        context = super().get_context(request, *args, **kwargs)
        depends_on(f"sessions:{self.translation_key}", f"maker:{self.maker_id}")
        sessions = list(sessions_to_come(self.translation_key)[:DATES]) if self.pk else []
        coming = [session for session in sessions if session.cancelled_at is None]
        told = (host_plan(self.translation_key, self.maker_id) if self.pk else None) or self
        facts = {"city": self.city, "price_rial": told.price_rial, "languages": told.languages}
        head = self._head(request, context["story"]["picture"], sessions)
        dates = [_dated(session, request.LANGUAGE_CODE) for session in coming]
        return context | facts | {"dates": dates, "found_head": head}

    def _head(self, request: HttpRequest, picture: dict[str, Any] | None, sessions: list[Session]) -> Head:
        """A node for each date, one that was called off among them. What is made up for the demo is told to no machine."""
        shown = [] if self.is_demo else sessions
        base, address = base_of(request), self.get_url(request) or request.path
        found = [
            Occasion(
                name=self.title,
                text=self.lead,
                address=address,
                starts=session.starts_at.astimezone(TEHRAN).isoformat(),
                ends=session.ends_at.astimezone(TEHRAN).isoformat(),
                place=self.meeting,
                spot=self.spot,
                city=self.city,
                is_called_off=session.cancelled_at is not None,
                is_free=session.price_rial == 0,
                picture=picture["src"] if picture else "",
                session=session,
            )
            for session in shown
        ]
        return Head(tuple(visit_node(one, base=base) for one in found), Shared(self.title, self.lead))


def _dated(session: Session, language: str) -> dict[str, Any]:
    day = session.starts_at.astimezone(TEHRAN).date()
    return {"session": session, "weekday": weekday(day), "holiday": holiday_on(day, language=language[:2])}


class VisitTime(Orderable):
    """A day of the week and an hour at which the workshop is open to visitors."""

    page = ParentalKey(VisitPage, on_delete=models.CASCADE, related_name="times")
    weekday = models.CharField(_("day of the week"), max_length=1, choices=WEEKDAYS)
    starts = models.TimeField(_("from"))
    places = models.PositiveSmallIntegerField(_("places"), default=6, validators=[MinValueValidator(1)])

    panels: ClassVar = [FieldRowPanel([FieldPanel("weekday"), FieldPanel("starts"), FieldPanel("places")])]

    class Meta(Orderable.Meta):
        verbose_name = _("time of a visit")
        verbose_name_plural = _("times of visits")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["page", "weekday", "starts"], name="visit_time_once"),
        ]
