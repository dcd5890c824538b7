"""Editors keep the places of their cities' maps, and choose them by name when they make a route."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.permissions import policy_registry, register_permission_policy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import CopyView, EditView, HistoryView, SnippetViewSet, UsageView

from cms.spots import KEEPING, SpotForm, SpotPolicy
from marketplace.places.models import Spot


class OwnSpot:
    """A view of one place: 404 where the person may not keep it."""

    def get_object(self, *args: Any, **kwargs: Any) -> Spot:
        spot = super().get_object(*args, **kwargs)  # type: ignore[misc]
        if not policy_registry.get_by_type(Spot).user_has_any_permission_for_instance(self.request.user, KEEPING, spot):  # type: ignore[attr-defined]
            raise Http404
        return spot


class SpotEdit(OwnSpot, EditView):
    """Its form."""


class SpotCopy(OwnSpot, CopyView):
    """A new place that begins like it."""


class SpotHistory(OwnSpot, HistoryView):
    """Who changed it, and what."""


class SpotUsage(OwnSpot, UsageView):
    """Which pages name it."""


class SpotViewSet(SnippetViewSet):
    """Places on the maps."""

    edit_view_class = SpotEdit
    copy_view_class = SpotCopy
    history_view_class = SpotHistory
    usage_view_class = SpotUsage
    model = Spot
    icon = "site"
    list_display = ("name_fa", "name_en", "kind", "city", "is_demo")
    list_filter = ("kind", "city", "is_demo")
    search_fields = ("name_fa", "name_en")
    list_per_page = 50

    def get_queryset(self, request: HttpRequest) -> QuerySet[Spot]:
        """Those that the person may keep."""
        return policy_registry.get_by_type(Spot).instances_user_has_any_permission_for(request.user, {"change"})

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
