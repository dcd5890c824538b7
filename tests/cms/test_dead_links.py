"""Links of live pages to what readers do not reach."""

import pytest
from django.core.management import CommandError, call_command

from cms.dead_links import dead_links
from cms.models import NewsPage
from cms.services import publish_city_story


@pytest.fixture
def linked(sirjan):
    """A page of Sirjan's city with a link to the news below it."""
    city = publish_city_story(sirjan, "en", {"lead": "A city of kilims."})
    news = city.add_child(instance=NewsPage(title="News", slug="news", lead="Words", locale=city.locale))
    link = {"type": "paragraph", "value": f'<p><a linktype="page" id="{news.pk}">news</a></p>'}
    publish_city_story(sirjan, "en", {"lead": "A city of kilims.", "body": [link]})
    return city, news


def test_a_link_to_a_page_that_is_read_is_none_of_the_dead(linked):
    assert list(dead_links()) == []
    call_command("dead_links")


@pytest.mark.parametrize("end", ["unpublish", "delete"])
def test_a_link_to_a_page_that_is_gone_or_unpublished_is_dead(linked, end):
    city, news = linked
    key = news.pk
    getattr(news, end)()
    (dead,) = dead_links()
    assert (dead.page.pk, dead.target) == (city.pk, f"page {key}")
    with pytest.raises(CommandError, match="1 dead links"):
        call_command("dead_links")
