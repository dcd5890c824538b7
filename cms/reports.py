"""Reports in the editor's room."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from cms.dead_links import PAGE, DeadLink, dead_links

A_PAGE = 50


@dataclass(frozen=True)
class Row:
    """A dead link as an editor reads it: the page to mend, the field's name, and what the link names."""

    page: Page
    field: str
    target: str
    is_draft: bool
    is_page: bool


def pages_of(user: Any) -> QuerySet[Page]:
    """Pages that a person may change."""
    return page_permission_policy.instances_user_has_permission_for(user, "change")


def rows(links: Iterable[DeadLink], own: QuerySet[Page]) -> list[Row]:
    """A draft is named to whoever may change it, and to nobody else. One query."""
    found = list(links)
    drafts = {str(pk): title for pk, title in own.filter(live=False).values_list("pk", "draft_title")}
    return [
        Row(
            page=link.page,
            field=str(link.page._meta.get_field(link.field).verbose_name),
            target=drafts.get(link.key, "") if link.kind == PAGE else "",
            is_draft=link.kind == PAGE and link.key in drafts,
            is_page=link.kind == PAGE,
        )
        for link in found
    ]


class DeadLinksReport(WagtailAdminTemplateMixin, TemplateView):
    """Links of the person's own pages to what readers do not reach."""

    page_title = _("Links that lead nowhere")
    header_icon = "link"
    template_name = "cms/reports/dead_links.html"
    index_url_name = "cms_dead_links"

    @cached_property
    def own(self) -> QuerySet[Page]:
        """Pages that the person may change."""
        return pages_of(self.request.user)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.own.exists():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = rows(dead_links(self.own), self.own)
        page = Paginator(found, A_PAGE).get_page(self.request.GET.get("p"))
        return super().get_context_data(**kwargs) | {
            "page_obj": page,
            "object_list": page.object_list,
            "count": len(found),
        }


class DeadLinksItem(MenuItem):
    """Shown to whoever has a page to mend."""

    def is_shown(self, request: HttpRequest) -> bool:
        return pages_of(request.user).exists()
