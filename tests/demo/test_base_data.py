"""What the market stands on, in production too: only what is missing is added."""

from authenticity.models import SealScheme
from authenticity.queries import schemes_given
from catalogue.models import Category
from marketplace.bazaars.models import Venue
from marketplace.core.models import User
from marketplace.crafts.models import Craft, CraftGroup
from marketplace.demo.base_data import load_base_data
from marketplace.demo.tables import rows
from marketplace.makers.models import Maker
from marketplace.places.models import City, Province
from tests.demo.rows import counts


def test_base_data_are_the_tables_of_the_sources(day):
    load_base_data()
    assert Province.objects.count() == 31
    assert City.objects.count() == 21
    assert (CraftGroup.objects.count(), Craft.objects.count()) == (19, 122)
    assert Category.objects.filter(craft__isnull=False).count() == 122
    assert Category.objects.get(craft__slug="shiriki-pich-kilim").get_parent().craft_group.slug == "flatweave"
    assert Venue.objects.get(is_planned=True).slug == "bazaar-beside-imam-mosque-planned"
    assert not User.objects.filter(is_demo=True).exists()
    assert not Maker.objects.exists()


def test_neighbours_of_a_province_are_mutual(day):
    load_base_data()
    kerman = Province.objects.get(slug="kerman")
    assert set(kerman.neighbours.values_list("slug", flat=True)) == {
        "yazd", "south-khorasan", "sistan-and-baluchestan", "hormozgan", "fars",
    }  # fmt: skip
    assert kerman in Province.objects.get(slug="fars").neighbours.all()


def test_base_data_leave_what_an_officer_corrected(day):
    load_base_data()
    City.objects.filter(slug="sirjan").update(rank_year=1400)
    before = counts()
    assert set(load_base_data().values()) == {0}
    assert counts() == before
    assert City.objects.get(slug="sirjan").rank_year == 1400


def test_every_scheme_that_is_given_today_has_sample_criteria(day):
    load_base_data()
    for scheme in schemes_given(2026):
        assert 4 <= len(scheme.criteria) <= 6, scheme.slug
        assert {one["highest"] for one in scheme.criteria} == {10}
        assert len({one["code"] for one in scheme.criteria}) == len(scheme.criteria)
    assert {row["whose"] for row in rows("seal_criteria")} == {"sample of this market"}
    assert SealScheme.objects.get(slug="unesco-seal-of-authenticity").criteria == []


def test_criteria_an_officer_wrote_stay(day):
    load_base_data()
    SealScheme.objects.filter(slug="quality-mark").update(criteria=[{"code": "own"}])
    load_base_data()
    assert SealScheme.objects.get(slug="quality-mark").criteria == [{"code": "own"}]
