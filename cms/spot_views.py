"""Editors keep the places of their cities' maps, and choose them by name when they make a route."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from cms.spots import SpotForm, SpotPolicy
from marketplace.places.models import Spot


class SpotViewSet(SnippetViewSet):
    """Places on the maps."""

    model = Spot
    icon = "site"
    list_display = ("name_fa", "name_en", "kind", "city", "is_demo")
    list_filter = ("kind", "city", "is_demo")
    search_fields = ("name_fa", "name_en")
    list_per_page = 50
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("name_fa"), FieldPanel("name_en")]),
            FieldPanel("slug"),
            FieldRowPanel([FieldPanel("kind"), FieldPanel("city")]),
            FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
            FieldRowPanel([FieldPanel("address_fa"), FieldPanel("address_en")]),
            FieldRowPanel([FieldPanel("opening_fa"), FieldPanel("opening_en")]),
            FieldRowPanel([FieldPanel("note_fa"), FieldPanel("note_en")]),
            MultiFieldPanel([FieldPanel("maker"), FieldPanel("venue")], heading=_("Who is there")),
            MultiFieldPanel(
                [FieldPanel("source"), FieldPanel("source_date"), FieldPanel("is_demo")], heading=_("Source")
            ),
        ],
        base_form_class=SpotForm,
    )


def register() -> None:
    """Called once, when the room is ready."""
    register_permission_policy(Spot, SpotPolicy(Spot))
    register_snippet(SpotViewSet)
