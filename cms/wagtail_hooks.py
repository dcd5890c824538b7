"""What the editor's room learns of the market, and asks before it moves or deletes: a city's own page stays where it is."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.models import Page, PageQuerySet
from wagtail.permissions import page_permission_policy

from cms import choosers, spot_views
from cms.files_api import OwnDocuments, OwnPictures
from cms.guards import addresses_of_wide_reports, is_anothers_draft
from cms.reports import DeadLinksItem, DeadLinksReport
from cms.rights import MAY_MOVE_CITIES, stays_put

#: Bulk actions that take a page away from its place or its readers.
TAKING_AWAY = {"delete", "move"}


@hooks.register("before_delete_page")
@hooks.register("before_move_page")
def keep_cities(request: HttpRequest, page: Page, *args: Any) -> None:
    """Raises PermissionDenied for a city's own page, unless the market's own editors ask."""
    if stays_put(page, request.user):  # type: ignore[arg-type]
        raise PermissionDenied


@hooks.register("before_move_page")
def move_own(request: HttpRequest, page: Page, *destination: Page) -> None:
    """Wagtail shows the page and its new place before it asks who moves it. Raises PermissionDenied for another city's."""
    user: Any = request.user
    if not page.permissions_for_user(user).can_move() or any(is_anothers_draft(user, one.pk) for one in destination):
        raise PermissionDenied


@hooks.register("before_bulk_action")
def keep_cities_together(request: HttpRequest, action: str, objects: Iterable[Any], instance: Any) -> None:
    """The same where many pages are chosen at once."""
    if action in TAKING_AWAY and any(isinstance(one, Page) and stays_put(one, request.user) for one in objects):  # type: ignore[arg-type]
        raise PermissionDenied


@hooks.register("construct_page_chooser_queryset")
def own_drafts(pages: PageQuerySet, request: HttpRequest) -> PageQuerySet:
    """Pages to link to: those that readers see, and drafts that the person may change."""
    own = page_permission_policy.instances_user_has_permission_for(request.user, "change")
    return pages.filter(Q(live=True) | Q(pk__in=own.values("pk")))


@hooks.register("insert_editor_js")
def press_after_saving() -> str:
    """A button of the editor waits for the save that is under way."""
    return format_html('<script type="module" src="{}"></script>', static("js/cms-editor.js"))


@hooks.register("construct_reports_menu")
def own_reports(request: HttpRequest, items: list[MenuItem]) -> None:
    """A report about every city stands in the menu of the market's own editors."""
    if not request.user.has_perm(MAY_MOVE_CITIES):  # type: ignore[union-attr]
        wide = addresses_of_wide_reports()
        items[:] = [item for item in items if item.url not in wide]


@hooks.register("register_admin_urls")
def report_urls() -> list:
    """The report of links that lead nowhere."""
    return [path("reports/dead-links/", DeadLinksReport.as_view(), name=DeadLinksReport.index_url_name)]


@hooks.register("register_reports_menu_item")
def report_menu() -> MenuItem:
    """It stands among Wagtail's own reports, for whoever may change a page."""
    return DeadLinksItem(
        _("Links that lead nowhere"),
        reverse(DeadLinksReport.index_url_name),
        name="dead-links",
        icon_name="link",
        order=650,
    )


@hooks.register("construct_admin_api", order=1)  # after Wagtail's own, which it replaces
def own_files(router: WagtailAPIRouter) -> None:
    """Lists of files that hold no other city's."""
    router.register_endpoint("images", OwnPictures)
    router.register_endpoint("documents", OwnDocuments)


@hooks.register("register_admin_viewset")
def register_choosers() -> list:
    """Choosers of cities, crafts, makers, seals, venues and works."""
    return list(choosers.EVERY)


spot_views.register()
