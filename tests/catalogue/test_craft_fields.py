import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from catalogue.craft_fields import every_field, fields_of, told
from catalogue.models import Product
from catalogue.rules import require_facts_of_craft
from marketplace.crafts.models import Craft
from marketplace.listing.services import create_work, edit_work


@pytest.fixture
def knife_craft(metal):
    return Craft.objects.create(slug="knife-making", name_fa="چاقوسازی", name_en="Knife making", group=metal)


def codes(craft) -> list[str]:
    return [field.code for field in fields_of(craft)]


def test_each_craft_is_asked_its_own(kilim_craft, copper_craft, knife_craft):
    assert codes(kilim_craft) == ["warp", "weft"]
    assert codes(copper_craft) == ["thickness"]
    assert codes(knife_craft) == ["blade_material", "handle_material", "thickness"]


def test_the_table_is_whole():
    for field in every_field():
        assert field.groups or field.crafts
        assert all((field.fa, field.en, field.shown_fa, field.shown_en))
        assert field.options or 0 < field.least < field.most
    assert len({field.code for field in every_field()}) == len(every_field())


def test_answers_are_read_in_both_languages():
    facts = {"knots": 65, "warp": "cotton", "knots_over": 70}
    with override("fa"):
        assert told(facts) == [
            ("تار", "پنبه"),
            ("شمار گره", "۶۵"),
            ("گره‌ها شمرده در", "۷ سانتی‌متر"),
        ]
    with override("en"):
        assert told(facts)[0] == ("Warp", "Cotton")


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"knots": 40}, "fact_of_other_craft"),
        ({"warp": "gold"}, "fact"),
        ({"warp": 3}, "fact"),
        ({"x": 1}, "fact_of_other_craft"),
    ],
)
def test_what_is_not_asked_or_cannot_be_is_refused(kilim_craft, facts, code):
    with pytest.raises(ValidationError) as error:
        require_facts_of_craft(facts, craft=kilim_craft)
    assert error.value.code == code


def test_bounds_are_asked(copper_craft):
    require_facts_of_craft({"thickness": 1}, craft=copper_craft)
    for wrong in (0, 101, True, "2"):
        with pytest.raises(ValidationError):
            require_facts_of_craft({"thickness": wrong}, craft=copper_craft)


def test_a_work_of_another_crafts_facts_is_not_listed_or_changed(weaver, kilim_craft, kilim):
    works = Product.objects.count()
    with pytest.raises(ValidationError):
        create_work(maker=weaver, craft=kilim_craft, title_fa="گلیم", facts={"thickness": 3})
    with pytest.raises(ValidationError):
        edit_work(work=kilim, facts={"thickness": 3})
    kilim.refresh_from_db()
    assert (Product.objects.count(), kilim.facts) == (works, {})


def test_another_craft_leaves_only_the_answers_it_asks_for(kilim, copper_craft):
    edit_work(work=kilim, facts={"warp": "wool"})
    edit_work(work=kilim, title="گلیم دیگر")
    kilim.refresh_from_db()
    assert kilim.facts == {"warp": "wool"}
    edit_work(work=kilim, craft=copper_craft)
    kilim.refresh_from_db()
    assert kilim.facts == {}
