"""Carriers with published limits everywhere; sample rates, marked as such, in the demo alone."""

from marketplace.crafts.models import Craft
from marketplace.demo.base_data import load_base_data
from marketplace.demo.delivery import make_rates
from marketplace.shipping.models import Carrier, CraftParcel, Tariff
from marketplace.shipping.parcels import Habit
from marketplace.shipping.tables import load
from tests.shipping.test_tables import To


def test_base_data_know_the_published_limits_and_no_rate(day):
    load_base_data()
    post, courier = Carrier.objects.all()
    assert (post.max_grams, post.max_side_mm, post.max_blade_mm) == (30_000, 1_100, 80)
    assert (post.large_box, post.large_percent) == ((350, 250, 180), 25)
    assert (courier.max_grams, courier.max_side_mm, courier.max_blade_mm) == (None, None, 60)
    assert not Tariff.objects.exists()
    assert not CraftParcel.objects.filter(usual_grams__isnull=False).exists()


def test_sample_rates_and_weights_are_marked_and_added_once(day):
    load_base_data()
    assert make_rates() == 22
    assert make_rates() == 0
    assert set(Tariff.objects.values_list("is_demo", flat=True)) == {True}
    assert set(CraftParcel.objects.filter(usual_grams__isnull=False).values_list("is_demo", flat=True)) == {True}


def test_sample_weights_keep_what_folds_and_what_has_a_blade(day):
    load_base_data()
    crafts = list(Craft.objects.all())
    before = load(crafts, [], To("kerman", ""), on=day).habits
    make_rates()
    after = load(crafts, [], To("kerman", ""), on=day).habits
    bare = {pk: Habit(None, habit.folds, habit.has_blade) for pk, habit in after.items()}
    assert bare == before
    assert all(habit.usual_grams for habit in after.values())


def test_a_carrier_with_rates_of_its_own_gets_no_sample(day):
    load_base_data()
    make_rates()
    Tariff.objects.filter(carrier__code="courier").delete()
    Tariff.objects.filter(carrier__code="post").update(is_demo=False)
    assert make_rates() == 1
    assert Tariff.objects.get(is_demo=True).carrier.code == "courier"
