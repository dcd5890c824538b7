"""Keeping the index true."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from catalogue.models import Product
from marketplace.bazaars.models import LicenceEvent
from marketplace.core import clock, jobs, outbox
from marketplace.core.models import OutboxEvent
from marketplace.listing.licences import record_licence_event
from marketplace.listing.services import create_work, edit_work, offer_in_venue, withdraw_offer
from marketplace.search import rebuilding, services
from marketplace.search.documents import documents
from marketplace.search.engines.base import IndexBusy
from marketplace.search.queries import SearchRequest, find
from marketplace.search.rebuilding import rebuild
from marketplace.search.services import index_works, refresh_due, remove_works
from tests.search.works import offer as offer_of_variant

pytestmark = pytest.mark.django_db


def ids(text="", **facets) -> list[int]:
    return find(SearchRequest(text=text, facets=facets)).ids


def test_a_change_reaches_the_index_by_the_outbox(engine, kilim):
    outbox.drain()
    assert ids("گلیم") == [kilim.pk]
    edit_work(work=kilim, title="پلاس", title_en="Palas")
    outbox.drain()
    assert ids("پلاس") == [kilim.pk]
    assert ids("shiriki") == []
    withdraw_offer(offer=kilim.stockrecords.get(), because="seller")
    outbox.drain()
    assert ids() == []


def test_a_suspended_venue_empties_at_once(engine, kilim, bazaar, manager):
    offer_in_venue(work=kilim, venue=bazaar, price_rial=1_000_000, pieces=1)
    outbox.drain()
    assert ids(venue=("qaleh-mahmoud",)) == [kilim.pk]
    record_licence_event(licence=bazaar.licences.get(), kind=LicenceEvent.Kind.SUSPENDED, on=clock.today(), by=manager)
    outbox.drain()
    assert ids(venue=("qaleh-mahmoud",)) == []
    assert ids() == [kilim.pk]


def test_a_busy_index_leaves_the_event_for_later(kilim, monkeypatch, settings):
    settings.ELASTICSEARCH_URL = ""
    waiting = OutboxEvent.objects.filter(done_at__isnull=True, topic="work_changed")
    before = waiting.count()

    def busy(*args):
        raise IndexBusy

    monkeypatch.setattr(services.engines()[0].__class__, "write", busy)
    outbox.drain()
    assert waiting.count() == before
    assert waiting.first().last_error == "IndexBusy"
    monkeypatch.undo()
    OutboxEvent.objects.update(not_before=None)
    assert outbox.drain() == before
    assert ids() == [kilim.pk]


def test_telling_twice_changes_nothing(engine, kilim):
    for _turn in range(2):
        index_works([kilim.pk, kilim.pk])
        assert ids() == [kilim.pk]


def test_a_variants_offer_and_id_count_for_its_work(engine, kilim, bazaar):
    kilim.structure = Product.PARENT
    kilim.save()
    kilim.stockrecords.update(withdrawn_at="2026-11-22T08:00Z")
    variant = Product.objects.create(structure=Product.CHILD, parent=kilim, title="بزرگ", slug="variant")
    offer_of_variant(variant, bazaar, maker=kilim.maker)
    index_works([variant.pk])
    assert ids() == ids(venue=("qaleh-mahmoud",)) == [kilim.pk]


def test_works_that_are_gone_leave(engine, kilim, foreign_tray):
    index_works([kilim.pk, foreign_tray.pk, 10**6])
    remove_works([foreign_tray.pk])
    assert ids() == [kilim.pk]


def test_a_deleted_work_leaves_by_the_outbox(engine, kilim, foreign_tray):
    outbox.drain()
    kilim.stockrecords.all().delete()
    Product.objects.filter(pk=kilim.pk).delete()
    outbox.drain()
    assert ids() == [foreign_tray.pk]


def test_rebuild_reads_everything_and_reports(engine, kilim, foreign_tray, settings):
    index_works([kilim.pk])
    Product.objects.filter(pk=kilim.pk).update(is_public=False)
    told = []
    assert rebuild(lambda done, total: told.append((done, total))) == 1
    assert ids() == [foreign_tray.pk]
    assert told == [(1, 1)]


def test_what_changes_during_a_rebuild_is_written_again(engine, kilim, monkeypatch):
    read = rebuilding.documents
    late = []

    def read_and_list_another(some):
        found = read(some)
        if not late:
            late.append(create_work(maker=kilim.maker, craft=kilim.craft, title_fa="دیر", price_rial=1_000_000).pk)
        return found

    monkeypatch.setattr(rebuilding, "documents", read_and_list_another)
    rebuild()
    assert ids("دیر") == late


def test_the_calendar_alone_makes_a_document_due(engine, kilim, bazaar):
    offer_in_venue(work=kilim, venue=bazaar, price_rial=1_000_000, pieces=1)
    index_works([kilim.pk])
    assert refresh_due() == 0
    clock.set_today(kilim.domestic_until + timedelta(days=1))
    assert ids(origin=("unproven",)) == []
    assert refresh_due() == 1
    assert ids(origin=("unproven",)) == [kilim.pk]
    assert ids(venue=("qaleh-mahmoud",)) == []
    assert find(SearchRequest(price_max=1_000_000)).ids == []
    assert refresh_due() == 0


def test_nothing_is_due_without_an_index(engine, kilim):
    assert refresh_due() == 0


def test_the_worker_looks_for_what_is_due():
    assert "search_by_the_calendar" in {job.name for job in jobs.registered()}


def test_documents_take_the_same_queries_for_one_and_for_many(kilim, kilim_line, wool, django_assert_max_num_queries):
    kilim.materials.add(wool)
    make = {
        "maker": kilim.maker,
        "craft": kilim.craft,
        "product_line": kilim_line,
        "price_rial": 1_000_000,
        "materials": (wool,),
    }
    many = [create_work(title_fa="گلیم", **make).pk for _ in range(30)]
    for some in ([kilim.pk], many):
        with django_assert_max_num_queries(7):
            assert len(documents(some)) == len(some)


def test_the_command_builds_and_tells(engine, kilim, capsys):
    call_command("rebuild_index")
    assert "1 works in" in capsys.readouterr().out
    assert ids() == [kilim.pk]


def test_the_command_says_when_another_writes(monkeypatch, db):
    def busy(progress=None):
        raise IndexBusy

    monkeypatch.setattr("marketplace.search.management.commands.rebuild_index.rebuild", busy)
    with pytest.raises(CommandError, match="Another rebuild"):
        call_command("rebuild_index")
