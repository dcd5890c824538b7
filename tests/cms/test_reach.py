"""How far an editor of one city reaches into another's: by address, not by what the editor's menus offer."""

import pytest
from django.urls import reverse

from cms.models import NewsPage
from cms.rights import settle
from tests.cms.test_rights import news_form, pages, signed_in  # noqa: F401
from tests.secretariats.people import (  # noqa: F401
    appoint,
    editor,
    eligibility,
    person,
    ravar,
    secretariat,
    secretary,
)


@pytest.fixture
def drafted(pages):  # noqa: F811
    """A draft of Sirjan that nobody outside has read."""
    draft = NewsPage(title="Not yet told", slug="secret", lead="Words", live=False, locale=pages[1].locale)
    return pages[1].add_child(instance=draft)


BY_ADDRESS = ("copy", "move", "edit", "delete", "unpublish", "history", "view_draft", "usage", "set_privacy")


@pytest.mark.parametrize("name", BY_ADDRESS)
def test_another_citys_draft_is_refused_by_its_address(name, pages, drafted, editor):  # noqa: F811
    answer = signed_in(editor).get(reverse(f"wagtailadmin_pages:{name}", args=[drafted.pk]))
    assert (answer.status_code, answer.url) == (302, reverse("wagtailadmin_home"))


def test_another_citys_draft_is_not_copied(pages, drafted, editor):  # noqa: F811
    mine, _other = pages
    form = {"new_title": "Mine", "new_slug": "mine", "new_parent_page": mine.pk}
    signed_in(editor).post(reverse("wagtailadmin_pages:copy", args=[drafted.pk]), form)
    assert not mine.get_children().filter(slug="mine").exists()


def test_drafts_to_link_to_are_ones_own(pages, drafted, editor):  # noqa: F811
    mine, other = pages
    mine.add_child(instance=NewsPage(title="My draft", slug="own", lead="Words", live=False, locale=mine.locale))
    client = signed_in(editor)
    other.add_child(instance=NewsPage(title="Told to all", slug="told", lead="Words", locale=other.locale))
    of_others = client.get(reverse("wagtailadmin_choose_page_child", args=[other.pk])).content.decode()
    assert "Told to all" in of_others
    assert "Not yet told" not in of_others
    assert "My draft" in client.get(reverse("wagtailadmin_choose_page_child", args=[mine.pk])).content.decode()


def test_a_page_that_becomes_another_citys_leaves_the_first_ones_hands(pages, editor, sirjan):  # noqa: F811
    mine, other = pages
    client, address = signed_in(editor), reverse("wagtailadmin_pages:edit", args=[mine.pk])
    settle(editor)
    other.delete()
    mine.refresh_from_db()
    assert client.get(address).status_code == 200
    mine.city = sirjan
    mine.slug = sirjan.slug
    mine.save()
    assert client.get(address).status_code == 302
