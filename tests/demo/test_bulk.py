"""Works written in bulk are those that the services would have made."""

import pytest
from django.db import IntegrityError, transaction

from catalogue.models import ImportPermit, Product, Technique
from marketplace.bazaars.models import Venue
from marketplace.core.models import OutboxEvent
from marketplace.demo import bulk
from marketplace.demo.services import make_demo
from marketplace.demo.works import make_works
from marketplace.partner.models import StockRecord
from tests.cast import DAY

NUMBERS = list(range(1, 61))
#: They differ by the moment or by the order of writing.
OWN = ("id", "date_created", "date_updated", "date_deleted")


def written() -> tuple[list, list, list]:
    permits = dict(ImportPermit.objects.values_list("pk", "number"))
    techniques = dict(Technique.objects.values_list("pk", "slug"))
    works = [
        {k: v for k, v in row.items() if k not in OWN}
        | {
            "import_permit_id": permits.get(row["import_permit_id"]),
            "technique_id": techniques.get(row["technique_id"]),
        }
        for row in Product.objects.order_by("upc").values()
    ]
    offers = StockRecord.objects.order_by("product__upc", "partner_sku", "venue__slug", "price")
    used = Product.objects.order_by("upc", "materials__slug").values_list("upc", "materials__slug", "categories__slug")
    return (
        works,
        list(offers.values_list("product__upc", "partner__code", "venue__slug", "price", "num_in_stock")),
        list(used),
    )


@pytest.fixture
def empty_demo(day):
    make_demo(works=0, pictures="none")


def _by_services() -> tuple[list, list, list]:
    with transaction.atomic():
        make_works(NUMBERS, lambda _more: None)
        found = written()
        transaction.set_rollback(True)
    return found


def test_bulk_and_services_write_the_same(empty_demo):
    works, offers, used = _by_services()
    assert Product.objects.count() == 0
    bulk.make_many(NUMBERS, lambda _more: None)
    bulk_works, bulk_offers, bulk_used = written()
    assert bulk_works == works
    assert sorted(map(str, bulk_offers)) == sorted(map(str, offers))
    assert bulk_used == used
    assert OutboxEvent.objects.filter(topic="work_changed").count() >= len(NUMBERS)


def test_the_database_refuses_a_foreign_work_in_a_bound_venue_in_bulk_too(empty_demo, monkeypatch):
    bound = Venue.objects.bound_on(DAY).first()
    monkeypatch.setattr(bulk, "venue_nearby", lambda *_all: bound)
    with pytest.raises(IntegrityError, match="forbid_foreign_goods"), transaction.atomic():
        bulk.make_many([50], lambda _more: None)
    assert Product.objects.count() == 0
    assert StockRecord.objects.count() == 0
