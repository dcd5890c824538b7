"""The demo's doubts: four sample works with a sign each, said to be samples, and judged by invented figures that judge nobody else."""

import pytest

from catalogue.models import Product
from marketplace.core.models import User
from marketplace.demo import pictures
from marketplace.demo.services import make_demo
from marketplace.demo.suspicion import BRAND, SOURCE, make_copied_photo, make_doubts
from marketplace.makers.models import ProductionLicence
from marketplace.matters.models import Matter
from marketplace.matters.services import decide
from marketplace.suspicion.inquiry import inquire
from marketplace.suspicion.matter import SUSPICION
from marketplace.suspicion.models import BrandName, LabourFloor
from tests.demo.rows import counts
from tests.demo.test_demo import drawn_here  # noqa: F401  a fixture


@pytest.fixture
def demo(day):
    make_demo(works=111, pictures="none")


def test_four_sample_works_wait_for_the_officer(demo):
    matters = {
        Product.objects.get(pk=matter.subject_id).upc: [fact["kind"] for fact in matter.facts["signals"]]
        for matter in Matter.objects.filter(kind="suspicion")
    }
    assert matters == {
        "demo-000111": ["words"],
        "demo-000095": ["brand"],
        "demo-000010": ["price"],
        "demo-000102": ["capacity"],
    }
    assert not Matter.objects.filter(is_demo=False).exists()
    assert Matter.objects.filter(kind=SUSPICION, maker__owner=User.objects.get(username="artisan")).count() == 1


def test_no_other_sample_work_gives_a_sign(demo):
    assert inquire(Product.objects.values_list("pk", flat=True)) == []


def test_every_row_says_that_it_is_a_sample(demo):
    assert list(BrandName.objects.values_list("name", "note", "is_demo")) == [(BRAND, SOURCE, True)]
    assert list(LabourFloor.objects.values_list("source", "is_demo")) == [(SOURCE, True)]
    assert ProductionLicence.objects.filter(pieces_a_year__isnull=False, is_demo=False).count() == 0


def test_asking_again_adds_nothing_even_after_a_decision(demo):
    matter = Matter.objects.filter(kind="suspicion").first()
    decide(matter=matter, decision="unfounded", reason="", by=User.objects.get(username="officer"))
    before = counts()
    assert make_doubts() == 0
    assert counts() == before


def test_a_smaller_demo_has_those_doubts_whose_works_are_there(day):
    make_demo(works=10, pictures="none")
    assert Matter.objects.filter(kind="suspicion").count() == 1


def test_one_sample_photo_hangs_on_another_maker_s_work_too(demo, drawn_here):  # noqa: F811
    assert make_copied_photo() == 0  # nothing is drawn yet
    pictures.draw_pictures([1, 2, 19])
    assert make_copied_photo() == 1
    matter = Matter.objects.order_by("pk").last()
    assert Product.objects.get(pk=matter.subject_id).upc == "demo-000019"
    [fact] = matter.facts["signals"]
    assert fact["kind"] == "photo"
    assert Product.objects.get(upc="demo-000001").images.first().pk == fact["other_image"]
    assert all(image.is_demo for image in Product.objects.get(upc="demo-000019").images.all())
    before = counts()
    assert make_copied_photo() == 0
    assert counts() == before
