"""Whose places on a map an editor may keep: those of the cities whose pages the editor may change."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import page_permission_policy

from cms.models import CityPage
from marketplace.core.models import User
from marketplace.places.models import City, Spot

#: What the right to change a city's page gives; to delete is for those who may delete any place.
KEEPING = {"add", "change", "view", "choose"}


def cities_of(user: User) -> set[int]:
    """Ids of the cities whose page a person may change, in at most two queries."""
    if not user.is_active:
        return set()
    pages = page_permission_policy.instances_user_has_permission_for(user, "change")
    return set(CityPage.objects.filter(pk__in=pages.values("pk")).values_list("city", flat=True))


class SpotPolicy(ModelPermissionPolicy):
    """Those with the model's own permission keep every place; an editor of a city keeps its."""

    def user_has_permission(self, user: User, action: str) -> bool:
        return super().user_has_permission(user, action) or (action in KEEPING and bool(cities_of(user)))

    def user_has_permission_for_instance(self, user: User, action: str, instance: Spot) -> bool:
        whole = super().user_has_permission(user, action)
        return whole or (action in KEEPING and instance.city_id in cities_of(user))

    def user_has_any_permission_for_instance(self, user: User, actions: Iterable[str], instance: Spot) -> bool:
        """Wagtail's own would ask for the kind of thing alone."""
        return any(self.user_has_permission_for_instance(user, action, instance) for action in actions)

    def instances_user_has_any_permission_for(self, user: User, actions: Iterable[str]) -> QuerySet[Spot]:
        if any(super(SpotPolicy, self).user_has_permission(user, action) for action in actions):
            return Spot.objects.all()
        return Spot.objects.filter(city__in=cities_of(user)) if KEEPING & set(actions) else Spot.objects.none()


class SpotForm(WagtailAdminModelForm):
    """Offers the cities that the person may keep places of."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        user = self.for_user
        if "city" in self.fields and user is not None and not user.has_perm("places.change_spot"):
            self.fields["city"].queryset = City.objects.filter(pk__in=cities_of(user))
