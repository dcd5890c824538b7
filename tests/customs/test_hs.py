"""HS codes: suggested with reasons, confirmed by a person, remembered for the maker's next work of the same."""

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.utils.text import slugify
from django.utils.translation import override

from catalogue.models import Material
from marketplace.core.models import OutboxEvent
from marketplace.crafts.models import Craft, CraftGroup
from marketplace.customs.codes import codes_of, remembered
from marketplace.customs.facts import table
from marketplace.customs.hs import basis_of, hs_codes, meaning_of, suggest
from marketplace.customs.models import HsConfirmation
from marketplace.customs.services import confirm_code
from marketplace.demo.tables import rows
from marketplace.listing.services import create_work


def craft(name: str, group: str) -> Craft:
    """A craft that is in no database."""
    return Craft(
        slug=slugify(name), name_fa=name, name_en=name, group=CraftGroup(slug=group, name_en=group, name_fa=group)
    )


def first(name: str, group: str, *materials: str) -> str:
    return codes(name, group, *materials)[0]


def codes(name: str, group: str, *materials: str) -> list[str]:
    stuffs = [Material(slug=slug, name_en=slug, name_fa=slug) for slug in materials]
    return [one.code.code for one in suggest(craft(name, group), stuffs)]


@pytest.mark.parametrize(
    ("name", "group", "materials", "code"),
    [
        ("Carpet (qali) weaving", "carpet", ("hand-spun-wool", "cotton-warp"), "5701.10"),
        ("Carpet (qali) weaving", "carpet", ("silk",), "5701.90"),
        ("Kilim (gelim) weaving", "flatweave", ("wool",), "5702.10"),
        ("Felt making", "flatweave", ("wool",), "5602.21"),
        ("Shawl weaving", "textile", ("wool",), "6214.20"),
        ("Silk weaving", "textile", ("silk",), "5007.20"),
        ("Pateh embroidery", "embroidery", ("woollen-ariz-cloth",), "5810.99"),
        ("Giveh shoe making", "dress", (), "6405.20"),
        ("Coppersmithing", "metal", ("copper",), "7418.10"),
        ("Chasing on copper", "metal", ("copper",), "7419.80"),
        ("Silver engraving", "metal", ("silver",), "7114.11"),
        ("Traditional jewellery", "jewellery", ("silver",), "7113.11"),
        ("Lapidary: precious and semi-precious stones", "jewellery", ("turquoise",), "7103.99"),
        ("Khatam inlay", "wood", ("walnut-wood",), "4420.90"),
        ("Basketry", "wood", ("willow-rods",), "4602.19"),
        ("Bone work", "bone", ("bone",), "9601.90"),
        ("Bone work", "bone", ("ivory",), "9601.10"),
        ("Tar making", "instrument", ("mulberry-wood",), "9202.90"),
        ("Daf making", "instrument", ("lambskin",), "9206.00"),
    ],
)
def test_the_likeliest_code_comes_first(name, group, materials, code):
    assert first(name, group, *materials) == code


def test_knives_have_three_and_the_blade_decides_among_them():
    assert codes("Knife making", "metal", "steel")[:3] == ["8211.91", "8211.92", "8211.93"]


def test_a_group_without_codes_is_suggested_what_its_material_says():
    assert codes("Enamel (mina) work", "enamel", "copper") == ["7418.10", "7419.80", "7117.19"]
    assert codes("Stucco carving", "architecture", "plaster") == []


@pytest.mark.parametrize("row", rows("crafts"), ids=lambda row: row["craft_en"])
def test_nobody_is_led_to_a_code_of_what_is_too_old_to_leave(row):
    stuffs = tuple(slugify(each["material_en"]) for each in rows("materials") if row["group"] in each["crafts_groups"])
    found = codes(row["craft_en"], row["group"], *stuffs)
    assert not [code for code in found if code.startswith("9706") or code == "9701.21"]
    assert row["group"] == "architecture" or found


def test_each_suggestion_says_why_in_the_readers_language():
    with override("en"):
        (best, *_others) = suggest(
            craft("Silver engraving", "metal"), [Material(slug="silver", name_en="Silver", name_fa="نقره")]
        )
        assert [str(reason) for reason in best.reasons] == ["Its craft is Silver engraving.", "It is made of Silver."]
    with override("fa"):
        assert "نقره" in str(best.reasons[1])


def test_every_code_of_the_table_has_its_words_in_both_languages():
    assert (
        {row["hs2022"] for row in table("hs_codes")} == {row["hs2022"] for row in table("hs_hints")} == set(hs_codes())
    )
    assert len(hs_codes()) == 53
    with override("fa"):
        assert meaning_of("5702.10") == "گلیم، سوماک، کرمانی و دستبافت‌های مانند آن"
    with override("en"):
        assert meaning_of("5702.10") == "Kelem, Schumacks, Karamanie and similar hand-woven rugs"
        assert meaning_of("0101") == ""


@pytest.fixture
def woollen(kilim, wool):
    kilim.materials.set([wool])
    return kilim


def test_a_code_counts_when_a_person_confirmed_it(woollen, artisan, django_assert_num_queries):
    assert codes_of([woollen]) == {}
    said = confirm_code(work=woollen, code="5702.10", by=artisan)
    assert (said.by, said.basis) == (artisan, basis_of(woollen.craft.slug, ["wool"]))
    with django_assert_num_queries(2):
        assert codes_of([woollen]) == {woollen.pk: "5702.10"}


def test_the_newest_counts_and_the_older_stay(woollen, artisan, officer):
    confirm_code(work=woollen, code="5702.10", by=artisan)
    confirm_code(work=woollen, code="5602.21", by=officer)
    assert codes_of([woollen]) == {woollen.pk: "5602.21"}
    assert list(HsConfirmation.objects.values_list("code", "by__username")) == [
        ("5702.10", "artisan"),
        ("5602.21", "officer"),
    ]


def test_saying_the_same_again_adds_nothing(woollen, artisan):
    first_said = confirm_code(work=woollen, code="5702.10", by=artisan)
    assert confirm_code(work=woollen, code="5702.10", by=artisan) == first_said
    assert HsConfirmation.objects.count() == 1


def test_other_materials_ask_again(woollen, artisan):
    confirm_code(work=woollen, code="5702.10", by=artisan)
    woollen.materials.add(Material.objects.create(slug="silver", name_fa="نقره", name_en="Silver"))
    assert codes_of([woollen]) == {}
    confirm_code(work=woollen, code="5702.10", by=artisan)
    assert codes_of([woollen]) == {woollen.pk: "5702.10"}


@pytest.mark.parametrize("code", ["", "57", "5702.1", "5702,10", "5702.10.", "۵۷۰۲٫۱۰", "5702.10\n", "5702.10.00.00"])
def test_what_is_no_code_is_refused_and_nothing_is_written(woollen, artisan, code):
    OutboxEvent.objects.all().delete()
    with pytest.raises(ValidationError) as refused:
        confirm_code(work=woollen, code=code, by=artisan)
    assert refused.value.code == "hs_form"
    assert (HsConfirmation.objects.count(), OutboxEvent.objects.count()) == (0, 0)


@pytest.mark.parametrize("code", ["5702", "5702.10", "5702.10.00"])
def test_national_digits_are_welcome(woollen, artisan, code):
    assert confirm_code(work=woollen, code=code, by=artisan).code == code


def test_it_is_remembered_for_the_makers_next_work_of_the_same(woollen, artisan, wool, coppersmith, copper_craft):
    said = confirm_code(work=woollen, code="5702.10", by=artisan)
    basis = basis_of(woollen.craft.slug, ["wool"])
    next_one = create_work(
        maker=woollen.maker, title_fa="گلیم دیگر", craft=woollen.craft, price_rial=1_000_000, materials=(wool,)
    )
    anothers = create_work(
        maker=coppersmith, title_fa="دیگ", craft=copper_craft, price_rial=1_000_000, materials=(wool,)
    )
    assert remembered(next_one, basis) == said
    assert remembered(next_one, basis_of(woollen.craft.slug, ["wool", "silk"])) is None
    assert remembered(anothers, basis) is None
    assert remembered(woollen, basis) is None
    assert codes_of([next_one]) == {}


def test_what_was_confirmed_stays_as_it_was_written(woollen, artisan):
    said = confirm_code(work=woollen, code="5702.10", by=artisan)
    for spoil in (lambda: HsConfirmation.objects.update(code="9706.10"), lambda: said.delete()):
        with pytest.raises(DatabaseError, match="hs_confirmations_grow_only"), transaction.atomic():
            spoil()
    assert HsConfirmation.objects.get().code == "5702.10"


def test_the_search_hears_of_a_confirmed_code(woollen, artisan):
    OutboxEvent.objects.all().delete()
    confirm_code(work=woollen, code="7113.11", by=artisan)
    assert list(OutboxEvent.objects.filter(topic="work_changed").values_list("topic", "key")) == [
        ("work_changed", str(woollen.pk))
    ]
