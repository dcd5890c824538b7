"""The one step between a draft of a city and its readers."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page, Task, TaskState

from cms.models.city import CityPage
from marketplace.core.clock import today
from marketplace.core.models import User
from marketplace.secretariats.models import Appointment
from marketplace.secretariats.queries import is_secretary


class SecretaryApproval(Task):
    """The secretary of the page's city approves, if their term runs on the day. While it waits, others read and do not write."""

    class Meta:
        verbose_name = gettext_lazy("approval by the secretary of the city")
        verbose_name_plural = gettext_lazy("approvals by the secretary of the city")

    @classmethod
    def get_description(cls) -> str:
        return _("The secretary of the city approves, while their term runs")

    def user_can_access_editor(self, obj: Page, user: User) -> bool:
        return self._approves(obj, user)

    def locked_for_user(self, obj: Page, user: User) -> bool:
        return not self._approves(obj, user)

    def get_actions(self, obj: Page, user: User) -> list[tuple[str, str, bool]]:
        if not self._approves(obj, user):
            return []
        return [
            ("reject", _("Request changes"), True),
            ("approve", _("Approve"), False),
            ("approve", _("Approve with comment"), True),
        ]

    def get_task_states_user_can_moderate(self, user: User, **kwargs: Any) -> QuerySet[TaskState]:
        waiting = TaskState.objects.filter(task=self.task_ptr, status=TaskState.STATUS_IN_PROGRESS)
        if user.is_superuser:
            return waiting
        cities = Appointment.objects.in_force_on(today()).filter(user=user, role=Appointment.Role.SECRETARY)
        keys: set[str] = set()
        for page in CityPage.objects.filter(city__secretariat__appointments__in=cities).distinct():
            keys.update(str(pk) for pk in page.get_descendants(inclusive=True).values_list("pk", flat=True))
        return waiting.filter(workflow_state__object_id__in=keys)

    @staticmethod
    def _approves(obj: Page, user: User) -> bool:
        if user.is_superuser:
            return True
        page = CityPage.objects.ancestor_of(obj, inclusive=True).first()
        return page is not None and is_secretary(user, page.city_id, on=today())
