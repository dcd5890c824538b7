"""The report of dead links: an editor reads those of the own city, and no draft of another."""

import pytest
from django.urls import reverse
from wagtail.models import Page

from cms.models import NewsPage
from cms.services import publish_city_story
from marketplace.core import clock
from tests.cms.test_rights import STORY, pages, signed_in  # noqa: F401
from tests.secretariats.people import (  # noqa: F401
    UNTIL,
    editor,
    eligibility,
    ravar,
    secretariat,
    secretary,
)

REPORT = "/cms/reports/dead-links/"


def linked(city, below: Page, to: Page) -> Page:
    """The city's page, with a link to a page."""
    link = {"type": "paragraph", "value": f'<p><a linktype="page" id="{to.pk}">news</a></p>'}
    return publish_city_story(city, "fa", {"lead": "شهر", "body": [link]})


def news_below(page: Page, title: str, *, live: bool = False) -> Page:
    slug = f"news-{page.pk}"
    return page.add_child(instance=NewsPage(title=title, slug=slug, lead="x", locale=page.locale, live=live))


@pytest.fixture
def broken(pages, ravar, sirjan):  # noqa: F811
    """Each of the two cities links to a draft of its own."""
    drafts = [news_below(page, title) for page, title in zip(pages, ("خبر راور", "خبر سیرجان"), strict=True)]
    return [linked(city, page, draft) for city, page, draft in zip((ravar, sirjan), pages, drafts, strict=True)]


def test_an_editor_reads_the_dead_links_of_the_own_city_alone(broken, editor):  # noqa: F811
    mine, other = broken
    html = signed_in(editor).get(REPORT).content.decode()
    assert (reverse("wagtailadmin_pages:edit", args=[mine.pk]) in html, "خبر راور" in html) == (True, True)
    assert (reverse("wagtailadmin_pages:edit", args=[other.pk]) in html, "خبر سیرجان" in html) == (False, False)


def test_a_draft_of_another_city_is_not_named(pages, ravar, editor):  # noqa: F811
    secret = news_below(pages[1], "خبر پنهان سیرجان")
    linked(ravar, pages[0], secret)
    answer = signed_in(editor).get(REPORT)
    assert ("خبر پنهان" in answer.content.decode(), answer.context["count"]) == (False, 1)


def test_the_markets_own_editor_reads_all(broken, admin_user):
    assert signed_in(admin_user).get(REPORT).context["count"] == 2


def test_the_report_stands_in_the_menu_and_says_when_nothing_is_dead(pages, editor):  # noqa: F811
    drafting = signed_in(editor)
    assert REPORT in drafting.get("/cms/").content.decode()
    assert drafting.get(REPORT).context["count"] == 0


def test_who_may_change_no_page_is_sent_away(broken, editor, buyer, client):  # noqa: F811
    assert client.get(REPORT).status_code == 302
    assert signed_in(buyer).get(REPORT).status_code == 302
    clock.set_today(UNTIL.replace(day=UNTIL.day + 1))
    assert signed_in(editor).get(REPORT).status_code == 302


def test_more_pages_cost_no_query(broken, editor, django_assert_max_num_queries):  # noqa: F811
    drafting = signed_in(editor)
    broken[0].add_child(instance=NewsPage(title="x", slug="first", lead="x", locale=broken[0].locale, live=True))
    drafting.get(REPORT)
    with django_assert_max_num_queries(40) as few:
        drafting.get(REPORT)
    for number in range(6):
        more = NewsPage(title="x", slug=f"more-{number}", lead="x", locale=broken[0].locale, live=True)
        broken[0].add_child(instance=more)
    with django_assert_max_num_queries(len(few)):
        drafting.get(REPORT)
