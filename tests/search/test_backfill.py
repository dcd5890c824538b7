"""Facets of works that are older than the facet; a new first photo reaches the index by itself."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from PIL import Image

from catalogue.models import Product, ProductImage
from catalogue.pictures import add_picture
from marketplace.core import outbox
from marketplace.listing.services import edit_work
from marketplace.search.queries import SearchRequest, find
from marketplace.search.services import index_works

pytestmark = pytest.mark.django_db
RED, BLUE = (163, 24, 42), (31, 79, 163)


def found(**facets) -> list[int]:
    return find(SearchRequest(facets={name: (value,) for name, value in facets.items()})).ids


def test_a_work_is_found_by_the_colours_of_its_first_photo(engine, kilim):
    index_works([kilim.pk])
    outbox.drain()
    add_picture(work=kilim, image=Image.new("RGB", (400, 300), RED))
    add_picture(work=kilim, image=Image.new("RGB", (400, 300), BLUE))
    assert [image.colours for image in kilim.images.order_by("display_order")] == [["red"], ["blue"]]
    assert found(colour="red") == []
    outbox.drain()
    assert (found(colour="red"), found(colour="blue")) == ([kilim.pk], [])


def test_a_work_is_found_by_its_technique(engine, weaver, kilim, kilim_craft):
    edit_work(work=kilim, technique_fa="شیریکی‌پیچ", technique_en="Weft wrapping")
    index_works([kilim.pk])
    slug = find(SearchRequest()).facets["technique"][0].value
    assert found(technique=slug) == [kilim.pk]


def test_the_command_fills_what_is_older_than_the_facets_once(engine, kilim, unproven_tray, capsys):
    add_picture(work=kilim, image=Image.new("RGB", (400, 300), RED))
    ProductImage.objects.create(product=unproven_tray, original="works/gone.webp")
    ProductImage.objects.create(product=unproven_tray, original=default_storage.save("no.webp", ContentFile(b"no")))
    ProductImage.objects.update(colours=None)
    Product.objects.filter(pk=kilim.pk).update(technique_fa="چاکدار", technique=None)
    outbox.drain()
    for said in ("3 photos, 1 works\n", "0 photos, 0 works\n"):
        call_command("fill_facets")
        assert capsys.readouterr().out == said
    outbox.drain()
    assert found(colour="red") == [kilim.pk]
    assert [image.colours for image in unproven_tray.images.all()] == [[], []]
    kilim.refresh_from_db()
    assert found(technique=kilim.technique.slug) == [kilim.pk]
