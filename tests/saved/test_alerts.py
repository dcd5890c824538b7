"""New works in a saved search are told once, to whom it belongs, and only what may be sold."""

from datetime import timedelta

import pytest
from django.utils import timezone

from catalogue.models import Product
from marketplace.core.models import Notice
from marketplace.saved import alerts
from marketplace.saved.alerts import tell_of_new_works
from marketplace.saved.models import SavedSearch
from marketplace.search.rebuilding import rebuild

DAY = timedelta(days=1)


def look(user, query="q=گلیم", often="daily", ago=DAY, name="گلیم"):
    return SavedSearch.objects.create(user=user, query=query, name=name, often=often, looked_at=timezone.now() - ago)


@pytest.fixture
def found(kilim):
    """A kilim that is offered and found, listed now."""
    rebuild()
    return kilim


def test_a_new_work_is_told_once(buyer, found):
    look(buyer)
    assert (tell_of_new_works(), tell_of_new_works()) == (1, 0)
    notice = Notice.objects.get(kind="saved_search")
    assert (notice.user, notice.text_fa) == (buyer, "۱ اثر تازه در جستجوی «گلیم» شما.")
    assert notice.text_en == "1 new work in your search “گلیم”."
    assert notice.link.startswith("/search/?q=")


def test_an_older_work_is_no_news(buyer, found):
    Product.objects.update(date_created=timezone.now() - 3 * DAY)
    search = look(buyer)
    assert tell_of_new_works() == 0
    assert Notice.objects.count() == 0
    search.refresh_from_db()
    assert timezone.now() - search.looked_at < DAY


@pytest.mark.parametrize(("often", "ago"), [("daily", DAY / 2), ("weekly", 5 * DAY), ("never", 90 * DAY)])
def test_before_its_turn_nothing_is_looked_for(buyer, found, often, ago):
    look(buyer, often=often, ago=ago)
    assert tell_of_new_works() == 0
    assert Notice.objects.count() == 0


def test_a_work_that_may_not_be_sold_is_not_told(buyer, kilim):
    Product.objects.update(is_public=False)
    rebuild()
    look(buyer)
    assert tell_of_new_works() == 0


def test_one_search_that_fails_silences_no_other(buyer, stranger, found, monkeypatch):
    bad, _good = look(buyer), look(stranger)
    really = alerts.new_works
    monkeypatch.setattr(alerts, "new_works", lambda search: 1 / 0 if search.pk == bad.pk else really(search))
    assert tell_of_new_works() == 1
    assert list(Notice.objects.values_list("user", flat=True)) == [stranger.pk]


def test_a_search_looked_at_meanwhile_is_not_told_twice(buyer, found, monkeypatch):
    search = look(buyer)
    really = alerts.new_works

    def another_worker_first(mine):
        found = really(mine)
        SavedSearch.objects.filter(pk=search.pk).update(looked_at=timezone.now())
        return found

    monkeypatch.setattr(alerts, "new_works", another_worker_first)
    assert tell_of_new_works() == 0
    assert Notice.objects.count() == 0
