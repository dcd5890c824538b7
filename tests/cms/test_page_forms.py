"""The address of a page where Wagtail's script did not write it: the server's, of the title."""

import pytest
from django.urls import reverse
from django.utils.text import slugify

from cms.models import NewsPage
from tests.cms.test_rights import city_form, edit_of, news_form, pages, signed_in  # noqa: F401
from tests.secretariats.people import editor, eligibility, ravar, secretariat  # noqa: F401

TITLE = "گشایش خانهٔ قالی"


@pytest.fixture
def below(pages):  # noqa: F811
    """Where news of Ravar begins."""
    return reverse("wagtailadmin_pages:add", args=["cms", "newspage", pages[0].pk])


def hand_in(editor, address: str) -> int:  # noqa: F811
    told = news_form(title=TITLE, slug="", **{"action-submit": "1"})
    return signed_in(editor).post(address, told).status_code


def test_a_page_handed_in_without_an_address_gets_one_of_its_title(below, editor):  # noqa: F811
    assert hand_in(editor, below) == 302
    assert [(page.title, page.slug) for page in NewsPage.objects.all()] == [(TITLE, slugify(TITLE, allow_unicode=True))]


def test_a_second_page_of_the_same_title_gets_an_address_of_its_own(below, editor):  # noqa: F811
    assert [hand_in(editor, below) for _turn in range(2)] == [302, 302]
    address = slugify(TITLE, allow_unicode=True)
    assert {page.slug for page in NewsPage.objects.all()} == {address, f"{address}-2"}


def test_a_page_whose_address_is_taken_out_keeps_it(pages, editor):  # noqa: F811
    mine, _other = pages
    assert signed_in(editor).post(edit_of(mine), city_form(mine, slug="")).status_code == 302
    mine.refresh_from_db()
    draft = mine.get_latest_revision_as_object()
    assert (draft.lead, draft.slug) == ("پیش‌نویس", "ravar")
