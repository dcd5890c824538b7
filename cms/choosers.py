"""How editors choose what is in the market: by name, never by number."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.views.generic.chooser import ChooseResultsView, ChooseView
from wagtail.admin.viewsets.chooser import ChooserViewSet

from authenticity.models import SealScheme
from catalogue.models import Product
from marketplace.bazaars.models import Venue
from marketplace.crafts.models import Craft
from marketplace.makers.models import Maker
from marketplace.places.models import City


class FilterForm(BaseFilterForm):
    """Finds by a part of a name in either language."""

    fields_of_name = ("name_fa", "name_en")
    q = forms.CharField(label=_("Name"), required=False)

    def filter(self, objects: QuerySet) -> QuerySet:
        """Those whose Persian or English name holds the words."""
        words = self.cleaned_data.get("q", "").strip()
        if not words:
            return objects
        self.is_searching, self.search_query = True, words
        wanted = Q()
        for name in self.fields_of_name:
            wanted |= Q(**{f"{name}__icontains": words})
        return objects.filter(wanted)


class WorkFilterForm(FilterForm):
    """A work, by its title or by its maker's name."""

    fields_of_name = ("title", "title_en", "maker__name_fa", "maker__name_en")


class ByName:
    """A list to choose from, with a field to find names."""

    filter_form_class: type[FilterForm] = FilterForm


class NameView(ByName, ChooseView):
    pass


class NameResultsView(ByName, ChooseResultsView):
    pass


class WorkView(ChooseView):
    filter_form_class = WorkFilterForm


class WorkResultsView(ChooseResultsView):
    filter_form_class = WorkFilterForm


class NameChooser(ChooserViewSet):
    """A chooser of things with a Persian and an English name."""

    choose_view_class = NameView
    choose_results_view_class = NameResultsView
    register_widget = False


class WorkChooser(NameChooser):
    """Public works only: what is hidden cannot be shown."""

    choose_view_class = WorkView
    choose_results_view_class = WorkResultsView

    def get_object_list(self, *args: Any) -> QuerySet:
        """Works, not their variants, newest first."""
        return Product.objects.filter(is_public=True, parent__isnull=True).order_by("-date_created")


def _chooser(model: Any, kind: type[NameChooser], icon: str, words: Any) -> NameChooser:
    name = f"choose_{model._meta.model_name}"
    return kind(name, model=model, icon=icon, choose_one_text=words)


CITIES = _chooser(City, NameChooser, "site", _("Choose a city"))
CRAFTS = _chooser(Craft, NameChooser, "tag", _("Choose a craft"))
MAKERS = _chooser(Maker, NameChooser, "user", _("Choose a maker"))
SEALS = _chooser(SealScheme, NameChooser, "success", _("Choose a seal"))
VENUES = _chooser(Venue, NameChooser, "home", _("Choose a bazaar or shop"))
WORKS = _chooser(Product, WorkChooser, "pick", _("Choose a work"))
EVERY = (CITIES, CRAFTS, MAKERS, SEALS, VENUES, WORKS)

CityChooserBlock = CITIES.get_block_class(name="CityChooserBlock", module_path="cms.choosers")
CraftChooserBlock = CRAFTS.get_block_class(name="CraftChooserBlock", module_path="cms.choosers")
MakerChooserBlock = MAKERS.get_block_class(name="MakerChooserBlock", module_path="cms.choosers")
SealChooserBlock = SEALS.get_block_class(name="SealChooserBlock", module_path="cms.choosers")
VenueChooserBlock = VENUES.get_block_class(name="VenueChooserBlock", module_path="cms.choosers")
WorkChooserBlock = WORKS.get_block_class(name="WorkChooserBlock", module_path="cms.choosers")
