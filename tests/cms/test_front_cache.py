"""Kept pages: no query for readers who are nobody yet, one store for all processes, and right as soon as the worker has heard."""

import re
import subprocess
import sys

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from wagtail.models import PageViewRestriction

from authenticity.seals import revoke_seal
from cms import front_cache
from cms.models import NewsPage, PlainPage
from cms.services import publish_city_story
from marketplace.core import outbox
from marketplace.core.clock import today
from marketplace.listing.licences import change_production_licence
from tests.checkout.sale import contact, offer_to_sell  # noqa: F401
from tests.order.sold import paid

ADDRESS = "/en/city/sirjan/"


@pytest.fixture
def store(settings, tmp_path):
    """A store of this test's own, on disk as the market's."""
    backend = {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": str(tmp_path)}
    settings.CACHES = settings.CACHES | {"pages": backend}
    return tmp_path


@pytest.fixture
def city(market, sirjan, store):
    return publish_city_story(sirjan, "en", {"lead": "A city of kilims."})


def words(client) -> str:
    return client.get(ADDRESS).content.decode()


def test_a_kept_page_costs_no_query(client, city, django_assert_num_queries):
    first = words(client)
    with django_assert_num_queries(0):
        again = client.get(ADDRESS)
    assert "A city of kilims." in again.content.decode()
    assert len(again.content) == len(first.encode())
    assert "unsafe-inline" not in again.headers["Content-Security-Policy"]


def test_pages_below_a_city_are_kept_too(client, city, django_assert_num_queries):
    city.add_child(instance=NewsPage(title="News", slug="news", lead="Words", locale=city.locale))
    client.get(f"{ADDRESS}news/")
    with django_assert_num_queries(0):
        assert client.get(f"{ADDRESS}news/").status_code == 200


def test_each_reader_gets_a_token_of_their_own(client, city):
    words(client)
    stranger = Client(enforce_csrf_checks=True)
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', words(stranger))[1]
    choice = {"csrfmiddlewaretoken": token, "theme": "dark", "next": ADDRESS}
    assert stranger.post(reverse("ui:choose"), choice | {"csrfmiddlewaretoken": "x" * 64}).status_code == 403
    assert stranger.post(reverse("ui:choose"), choice).status_code == 302
    assert 'data-theme="dark"' in words(stranger)
    assert 'data-theme="dark"' not in words(client)


def test_a_reader_with_a_session_is_shown_no_kept_page(client, city, buyer):
    words(client)
    client.force_login(buyer)
    assert "My room" in words(client)
    client.logout()
    client.cookies.clear()
    assert "My room" not in words(client)


def test_a_page_is_right_once_it_is_published_anew(client, city, django_capture_on_commit_callbacks):
    assert "A city of kilims." in words(client)
    with django_capture_on_commit_callbacks(execute=True):
        publish_city_story(city.city, "en", {"lead": "The loom city."})
    assert "The loom city." in words(client)


def test_a_work_sold_out_is_said_once_the_worker_has_heard(client, city, kilim, contact):  # noqa: F811
    kilim.stockrecords.exclude(venue=None).delete()
    assert 'class="price none">Sold<' not in words(client)
    paid(offer_to_sell(kilim.stockrecords.get().pk), contact, 3)
    outbox.drain()
    assert 'class="price none">Sold<' in words(client)


def test_a_revoked_seal_is_gone_once_the_worker_has_heard(client, city, seal):
    assert "Quality mark" in words(client)
    revoke_seal(grant=seal, because="The dye was not natural.")
    outbox.drain()
    assert "Quality mark" not in words(client)


def test_a_maker_whose_licence_is_revoked_is_shown_so_once_the_worker_has_heard(
    client, city, seal, weaver, django_capture_on_commit_callbacks
):
    assert "Origin not proven" not in words(client)
    revoke_seal(grant=seal, because="The dye was not natural.")
    with django_capture_on_commit_callbacks(execute=True):
        change_production_licence(licence=weaver.licences.get(), revoked_on=today())
    outbox.drain()
    assert "Origin not proven" in words(client)


def test_a_change_while_the_page_is_drawn_makes_it_old(rf, store):
    drawn = []

    @front_cache.kept
    def view(request):
        front_cache.depends_on("work:7")
        if not drawn:
            front_cache.changed(["work:7"])
        drawn.append(1)
        return HttpResponse(str(len(drawn)))

    answers = [view(rf.get("/x/")).content for _ in range(3)]
    assert answers == [b"1", b"2", b"2"]


def test_nothing_is_kept_for_longer_than_a_minute():
    assert front_cache.KEEP_SECONDS < 60


OTHER_PROCESS = """
import django
from django.conf import settings
django.setup()
from django.test import override_settings
pages = {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": %r}
with override_settings(CACHES=settings.CACHES | {"pages": pages}):
    from cms import front_cache
    front_cache.changed(["city:%d"])
"""


def test_another_process_makes_the_page_old(client, city, django_assert_num_queries, store):
    words(client)
    with django_assert_num_queries(0):
        words(client)
    code = OTHER_PROCESS % (str(store), city.city_id)
    subprocess.run([sys.executable, "-c", code], check=True)
    type(city).objects.filter(pk=city.pk).update(lead="Told by another process.")
    assert "Told by another process." in words(client)


def test_a_page_made_private_is_kept_for_nobody(client, city, django_capture_on_commit_callbacks):
    page = city.add_child(instance=NewsPage(title="News", slug="news", lead="For all", locale=city.locale))
    address = f"{ADDRESS}news/"
    assert "For all" in client.get(address).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        PageViewRestriction.objects.create(page=city, restriction_type=PageViewRestriction.LOGIN)
    assert client.get(address).status_code == 302
    assert client.get(page.get_parent().get_url()).status_code == 302


def test_a_page_that_moves_leaves_its_old_address_with_all_below_it(client, city, django_capture_on_commit_callbacks):
    home = city.get_parent().get_parent().specific
    first = home.add_child(instance=PlainPage(title="First", slug="first", lead="Words", locale=city.locale))
    below = first.add_child(instance=PlainPage(title="Below", slug="below", lead="Words", locale=city.locale))
    old = below.get_url()
    assert client.get(old).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        first.slug = "second"
        first.save_revision().publish()
    assert client.get(old).status_code != 200
