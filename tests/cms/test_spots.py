"""Who keeps the places of a city's map: those who may change the city's page, and only that city's."""

import pytest
from django.contrib.auth.models import Group, Permission
from wagtail.models import GroupPagePermission
from wagtail.permissions import policy_registry

from cms.services import publish_city_story
from cms.spot_views import SpotViewSet
from cms.spots import SpotPolicy, cities_of
from marketplace.core.models import User
from marketplace.places.models import Spot

CHANGE = {"change"}


@pytest.fixture
def editor(sirjan, kerman):
    """May change the page of Sirjan and no other."""
    group = Group.objects.create(name="sirjan")
    page = publish_city_story(sirjan, "fa", {"lead": "x"}).page_ptr
    publish_city_story(kerman, "fa", {"lead": "x"})
    permission = Permission.objects.get(content_type__app_label="wagtailcore", codename="change_page")
    GroupPagePermission.objects.create(group=group, page=page, permission=permission)
    user = User.objects.create_user("editor", "editor@example.org", "x", mobile="+989131110033")
    user.groups.add(group)
    return user


@pytest.fixture
def spots(sirjan, kerman):
    return [
        Spot.objects.create(slug=city.slug, kind="sight", name_fa="ا", name_en="A", city=city, source="x")
        for city in (sirjan, kerman)
    ]


@pytest.fixture
def policy():
    return policy_registry.get_by_type(Spot)


def test_an_editor_keeps_the_places_of_the_own_city_only(policy, editor, spots, sirjan):
    own, other = spots
    assert isinstance(policy, SpotPolicy)
    assert cities_of(editor) == {sirjan.pk}
    assert policy.user_has_permission(editor, "add")
    assert policy.user_has_permission_for_instance(editor, "change", own)
    assert not policy.user_has_permission_for_instance(editor, "change", other)
    assert not policy.user_has_permission_for_instance(editor, "delete", own)
    assert list(policy.instances_user_has_any_permission_for(editor, CHANGE)) == [own]


def test_the_form_offers_the_own_city_only(editor, spots, sirjan, kerman):
    form_class = SpotViewSet().get_edit_handler().get_form_class()
    form = form_class(instance=Spot(), for_user=editor)
    assert list(form.fields["city"].queryset) == [sirjan]
    data = {"slug": "b", "kind": "sight", "name_fa": "ب", "name_en": "B", "city": kerman.pk, "source": "x"}
    refused = form_class(data, instance=Spot(), for_user=editor)
    assert list(refused.errors) == ["city"]
    assert form_class(data | {"city": sirjan.pk}, instance=Spot(), for_user=editor).is_valid()


def test_somebody_without_a_page_keeps_none(policy, buyer, spots):
    assert not policy.user_has_permission(buyer, "add")
    assert not policy.instances_user_has_any_permission_for(buyer, CHANGE).exists()


def test_an_officer_with_the_permission_keeps_all(policy, officer, spots):
    officer.user_permissions.add(Permission.objects.get(codename="change_spot"))
    officer = User.objects.get(pk=officer.pk)
    assert policy.instances_user_has_any_permission_for(officer, CHANGE).count() == 2
    assert policy.user_has_permission_for_instance(officer, "change", spots[1])
