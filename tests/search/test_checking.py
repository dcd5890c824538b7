"""The index held against the database."""

import pytest
from django.core.management import CommandError, call_command

from catalogue.models import Product
from marketplace.core import outbox
from marketplace.listing.services import edit_work
from marketplace.partner.models import StockRecord
from marketplace.search import checking
from marketplace.search.checking import Drift, drift
from marketplace.search.documents import documents
from marketplace.search.engines import engines
from marketplace.search.queries import SearchRequest, find
from marketplace.search.services import index_works, remove_works

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(engine, kilim, foreign_tray):
    """Both works stand in every index and nothing waits."""
    outbox.drain()
    index_works([kilim.pk, foreign_tray.pk])
    return engines()


def lines(engine) -> list[Drift]:
    return [one for some in drift(engine) for one in some]


def test_nothing_differs_in_a_true_index(kept, capsys):
    call_command("search_check")
    assert [line.split(": ")[1] for line in capsys.readouterr().out.splitlines()] == ["0 works differ"] * len(kept)


def test_what_was_lost_what_is_too_much_and_a_price_are_named_and_mended(kept, kilim, foreign_tray, capsys):
    stray = documents([kilim.pk])[0] | {"id": foreign_tray.pk + 1_000}
    for engine in kept:
        engine.write([stray, documents([kilim.pk])[0] | {"price": 5}], [foreign_tray.pk])
    price = int(kilim.stockrecords.get().price)
    for engine in kept:
        assert lines(engine) == [
            Drift(kilim.pk, "price", "5", str(price)),
            Drift(foreign_tray.pk, "found", "absent", "yes"),
            Drift(stray["id"], "found", "yes", "absent"),
        ]
    with pytest.raises(CommandError, match=f"{3 * len(kept)} works differ"):
        call_command("search_check")
    assert set(find(SearchRequest()).ids) == {kilim.pk, stray["id"]}
    call_command("search_check", mend=True)
    assert set(find(SearchRequest()).ids) == {kilim.pk, foreign_tray.pk}
    capsys.readouterr()
    call_command("search_check")
    assert "0 works differ" in capsys.readouterr().out


def test_facets_are_named_on_the_side_that_has_them(kept, kilim):
    true = documents([kilim.pk])[0]
    lost = next(value for value in true["fx"] if value.startswith("craft:"))
    for engine in kept:
        engine.write([true | {"fx": [*(value for value in true["fx"] if value != lost), "city:nowhere"]}], [])
        assert lines(engine) == [Drift(kilim.pk, "facets", "city:nowhere", lost)]


def test_a_change_past_the_services_is_drift(kept, kilim, foreign_tray):
    Product.objects.filter(pk=foreign_tray.pk).update(is_public=False)
    StockRecord.objects.filter(product=kilim).update(price=7_000_000)
    for engine in kept:
        assert [(one.work, one.field) for one in lines(engine)] == [(kilim.pk, "price"), (foreign_tray.pk, "found")]


def test_a_change_on_its_way_is_no_drift(kept, kilim):
    edit_work(work=kilim, title="پلاس", title_en="Palas")
    StockRecord.objects.filter(product=kilim).update(price=7_000_000)
    assert [lines(engine) for engine in kept] == [[]] * len(kept)


def test_without_an_index_every_work_is_absent(engine, kilim):
    outbox.drain()
    remove_works([kilim.pk])
    assert [one.index for engine in engines() for one in lines(engine)] == ["absent"] * len(engines())


def test_batches_leave_no_work_out(kept, kilim, foreign_tray, monkeypatch):
    monkeypatch.setattr(checking, "BATCH", 1)
    for engine in kept:
        engine.write([], [kilim.pk, foreign_tray.pk])
        assert [one.work for one in lines(engine)] == [kilim.pk, foreign_tray.pk]
