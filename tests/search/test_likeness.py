"""Works like a work, with each engine."""

import pytest

from catalogue.models import Product, ProductImage
from marketplace.listing.services import create_work, withdraw_offer
from marketplace.makers.models import Maker
from marketplace.search.likeness import Liking, alike
from marketplace.search.services import index_works

pytestmark = pytest.mark.django_db
PRICE = 10_000_000


@pytest.fixture
def shelf(engine, weaver, coppersmith, copper_craft, kilim_craft, wool):
    """Works by name, all of the coppersmith but `own`; each has one thing in common with a woollen red kilim."""

    def listed(maker=coppersmith, craft=kilim_craft, price_rial=PRICE * 10, **facts) -> Product:
        return create_work(maker=maker, craft=craft, title_fa="کار", price_rial=price_rial, **facts)

    works = {
        "craft": listed(),
        "priced": listed(price_rial=PRICE * 2),
        "woollen": listed(materials=(wool,), price_rial=PRICE),
        "made_alike": listed(technique_fa="چاکدار", price_rial=PRICE, materials=(wool,)),
        "red": listed(),
        "own": listed(maker=weaver, technique_fa="چاکدار", price_rial=PRICE),
        "other_group": listed(craft=copper_craft, technique_fa="چاکدار", price_rial=PRICE),
        "withdrawn": listed(technique_fa="چاکدار", price_rial=PRICE),
    }
    ProductImage.objects.create(product=works["red"], original="works/red.webp", colours=["red", "cream"])
    withdraw_offer(offer=works["withdrawn"].stockrecords.get(), because="test")
    index_works([work.pk for work in works.values()])
    return works


def names(shelf: dict[str, Product], ids: list[int]) -> list[str]:
    by_id = {work.pk: name for name, work in shelf.items()}
    return [by_id[pk] for pk in ids]


def liking(shelf, **more) -> Liking:
    own = shelf["own"]
    return Liking(group=own.craft.group.slug, craft=own.craft.slug, maker=own.maker.slug, **more)


def test_the_likest_works_of_other_makers_come_first(shelf):
    like = liking(
        shelf, technique=shelf["own"].technique.slug, materials=("wool",), colours=("red", "cream"), price_rial=PRICE
    )
    # technique, material and price; two colours are worth as much as material and price, and the newer comes first; price; craft alone
    assert names(shelf, alike(like, limit=9)) == ["made_alike", "red", "woollen", "priced", "craft"]
    assert names(shelf, alike(like, limit=1)) == ["made_alike"]


def test_its_craft_alone_decides_where_nothing_else_is_known(shelf):
    assert names(shelf, alike(liking(shelf), limit=9)) == ["red", "made_alike", "woollen", "priced", "craft"]


def test_a_craft_outweighs_what_a_work_of_its_group_shares(shelf, coppersmith, kilim_craft):
    other = type(kilim_craft).objects.create(slug="jajim", name_fa="جاجیم", name_en="Jajim", group=kilim_craft.group)
    near = create_work(maker=coppersmith, craft=other, title_fa="جاجیم", price_rial=PRICE, technique_fa="چاکدار")
    index_works([near.pk])
    found = alike(liking(shelf, technique=shelf["own"].technique.slug, price_rial=PRICE), limit=9)
    assert found[-1] == near.pk
    assert found[0] == shelf["made_alike"].pk


def test_without_an_index_nothing_is_alike(engine):
    assert alike(Liking(group="metal", craft="copper", maker="none"), limit=4) == []
    assert not Maker.objects.exists()
