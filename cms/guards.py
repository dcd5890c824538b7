"""Ways of Wagtail's room that know no cities, closed to the people of one: reports about every page, and drafts met while choosing."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import reverse
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from cms.rights import MAY_MOVE_CITIES
from marketplace.core.models import User

#: Reports that name drafts of every city; the market's own editors read them.
WIDE_REPORTS = {
    "wagtail_localize:translations_report",
    "wagtail_localize:translations_report_results",
    "wagtailadmin_reports:page_types_usage",
    "wagtailadmin_reports:page_types_usage_results",
}
#: Where a page is chosen among those below another.
CHOOSING_BELOW = "wagtailadmin_choose_page_child"


def guard(user: User, view_name: str, named: dict[str, Any]) -> None:
    """Asked before each view of the editor's room. `named` are the parts of its address.

    Raises PermissionDenied for a report about all cities, Http404 for the inside of a draft that the person may not change.
    """
    if view_name in WIDE_REPORTS and not user.has_perm(MAY_MOVE_CITIES):
        raise PermissionDenied
    if view_name == CHOOSING_BELOW and is_anothers_draft(user, named["parent_page_id"]):
        raise Http404


def is_anothers_draft(user: User, page_id: int) -> bool:
    """Whether a page is read by nobody yet, and this person may not change it. At most two queries."""
    if Page.objects.filter(pk=page_id, live=True).exists():
        return False
    own = page_permission_policy.instances_user_has_permission_for(user, "change")
    return not own.filter(pk=page_id).exists()


def addresses_of_wide_reports() -> set[str]:
    """For the menu, which shows them to nobody else."""
    return {reverse(name) for name in WIDE_REPORTS}
