"""Blocks with live market content: editors choose what is shown, the market says what holds today.

Each names what it shows to the kept page (`depends_on`), so a work that is sold or a seal that is gone is right there too.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms import choosers
from cms.events import agenda
from cms.front_cache import depends_on
from marketplace.bookings.queries import sessions_of
from marketplace.core.clock import today
from marketplace.ui import shelves
from marketplace.ui.cards import cards

#: Block field → facet of the search.
CHOICES = ("city", "craft", "maker", "seal")


class WorksBlock(blocks.StructBlock):
    """Works that share a city, a craft, a maker, a seal, or several of these; newest first."""

    heading = blocks.CharBlock(label=_("Heading"), max_length=120, required=False)
    city = choosers.CityChooserBlock(label=_("City"), required=False)
    craft = choosers.CraftChooserBlock(label=_("Craft"), required=False)
    maker = choosers.MakerChooserBlock(label=_("Maker"), required=False)
    seal = choosers.SealChooserBlock(label=_("Seal"), required=False)
    number = blocks.ChoiceBlock(label=_("How many"), choices=[("4", "4"), ("8", "8"), ("12", "12")], default="4")

    class Meta:
        icon = "grip"
        label = _("Works")
        template = "cms/blocks/works.html"

    def clean(self, value: Any) -> Any:
        """Refuses a block that would show the whole market."""
        cleaned = super().clean(value)
        if not any(cleaned[name] for name in CHOICES):
            none = ValidationError(_("Choose a city, a craft, a maker or a seal."), code="works_of_nothing")
            raise blocks.StructBlockValidationError(block_errors={"city": none})
        return cleaned

    def get_context(self, value: Any, parent_context: dict | None = None) -> dict:
        context = super().get_context(value, parent_context)
        chosen = {name: value[name] for name in CHOICES if value[name]}
        shelf = shelves.shelf(
            (get_language() or "fa")[:2],
            limit=int(value["number"] or 4),
            **{name: one.slug for name, one in chosen.items()},
        )
        depends_on("works", *(f"{name}:{one.pk}" for name, one in chosen.items()))
        depends_on(*(f"work:{card.id}" for card in shelf.cards))
        return context | {"shelf": shelf}


class WorkBlock(blocks.StructBlock):
    """One work. A work that is hidden or gone leaves nothing behind."""

    work = choosers.WorkChooserBlock(label=_("Work"))

    class Meta:
        icon = "pick"
        label = _("One work")
        template = "cms/blocks/work.html"

    def get_context(self, value: Any, parent_context: dict | None = None) -> dict:
        context = super().get_context(value, parent_context)
        work = value["work"]
        if work is not None:
            depends_on(f"work:{work.pk}")
        return context | {"cards": cards([work.pk]) if work is not None else []}


class MakerBlock(blocks.StructBlock):
    """A maker, with the number of works on show today."""

    maker = choosers.MakerChooserBlock(label=_("Maker"))

    class Meta:
        icon = "user"
        label = _("Maker")
        template = "cms/blocks/maker.html"

    def get_context(self, value: Any, parent_context: dict | None = None) -> dict:
        context = super().get_context(value, parent_context)
        maker = value["maker"]
        if maker is None:
            return context | {"maker": None}
        depends_on(f"maker:{maker.pk}")
        return context | {"maker": shelves.makers_with_counts().filter(pk=maker.pk).first()}


class VenueBlock(blocks.StructBlock):
    """A bazaar or shop, and whether it may sell today."""

    venue = choosers.VenueChooserBlock(label=_("Bazaar or shop"))

    class Meta:
        icon = "home"
        label = _("Bazaar, open or not")
        template = "cms/blocks/venue.html"

    def get_context(self, value: Any, parent_context: dict | None = None) -> dict:
        context = super().get_context(value, parent_context)
        venue = value["venue"]
        if venue is None:
            return context | {"state": None}
        depends_on(f"venue:{venue.pk}")
        states = shelves.venue_states(type(venue).objects.filter(pk=venue.pk), on=today())
        return context | {"state": states[0] if states else None}


class EventsBlock(blocks.StructBlock):
    """What takes place next: in a city, for a craft, or both."""

    heading = blocks.CharBlock(label=_("Heading"), max_length=120, required=False)
    city = choosers.CityChooserBlock(label=_("City"), required=False)
    craft = choosers.CraftChooserBlock(label=_("Craft"), required=False)
    number = blocks.ChoiceBlock(label=_("How many"), choices=[("3", "3"), ("6", "6"), ("12", "12")], default="3")

    class Meta:
        icon = "date"
        label = _("Events")
        template = "cms/blocks/events.html"

    def clean(self, value: Any) -> Any:
        """Refuses a block that would show the events of the whole country."""
        cleaned = super().clean(value)
        if not cleaned["city"] and not cleaned["craft"]:
            none = ValidationError(_("Choose a city or a craft."), code="events_of_nothing")
            raise blocks.StructBlockValidationError(block_errors={"city": none})
        return cleaned

    def get_context(self, value: Any, parent_context: dict | None = None) -> dict:
        from cms.events import queries  # the models of its pages hold this block in their stories

        context = super().get_context(value, parent_context)
        language = (get_language() or "fa")[:2]
        pages = queries.happenings(language, city=value["city"], craft=value["craft"])
        times = [agenda.shown(timed) for timed in agenda.coming(pages, int(value["number"] or 3))]
        depends_on("events", *(f"{name}:{value[name].pk}" for name in ("city", "craft") if value[name]))
        return context | {"times": times, "several_cities": value["city"] is None}


class VisitBlock(blocks.StructBlock):
    """A workshop visit with its next date that has a free place. A visit that is not live leaves nothing behind."""

    visit = blocks.PageChooserBlock(label=_("Workshop visit"), page_type="cms.VisitPage")

    class Meta:
        icon = "date"
        label = _("Visit with free places")
        template = "cms/blocks/visit.html"

    def get_context(self, value: Any, parent_context: dict | None = None) -> dict:
        context = super().get_context(value, parent_context)
        visit = value["visit"].specific if value["visit"] is not None and value["visit"].live else None
        if visit is None:
            return context | {"visit": None}
        depends_on(f"page:{visit.pk}", f"sessions:{visit.translation_key}")
        return context | {"visit": visit, "next": sessions_of(visit.translation_key).bookable().first()}


class MapBlock(blocks.StructBlock):
    """Where a city lies, and the way to its map."""

    city = choosers.CityChooserBlock(label=_("City"))

    class Meta:
        icon = "site"
        label = _("Map")
        template = "cms/blocks/map.html"
