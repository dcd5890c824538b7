"""Carriers and rates at the officer's desk: a new table follows the old one, and what is refused changes nothing."""

from datetime import timedelta

import pytest

from marketplace.shipping.models import Carrier, Tariff, TariffStep, Zone
from tests.shipping.carriers import POST, courier, post, tariff_of  # noqa: F401

EVERY = "/en/desk/officer/delivery/"
NEW = "/en/desk/officer/delivery/post/rates/"


def typed(table=POST, **changes) -> dict[str, str]:
    """What an officer types: prices in toman, so ten times less than rial."""
    form = {"valid_from": "2026-11-22", "valid_until": "", "source": "circular 12", "rows": str(len(table) + 1)}
    for zone in Zone.values:
        form |= {f"from_{zone}": "۱", f"to_{zone}": "3"}
    for row, (grams, prices) in enumerate(table.items()):
        form[f"grams_{row}"] = f"{grams:,}"
        form |= {f"price_{row}_{zone}": str(price // 10) for zone, price in zip(Zone.values, prices, strict=True)}
    return form | changes


def steps() -> list[tuple]:
    return list(TariffStep.objects.order_by("pk").values_list("tariff", "zone", "up_to_grams", "price_rial"))


@pytest.mark.parametrize("address", [EVERY, NEW, "/en/desk/officer/carriers/new/", "/en/desk/officer/delivery/post/"])
def test_the_desk_is_the_officers(client, artisan, weaver, post, address, settings):  # noqa: F811
    settings.SECOND_FACTOR_REQUIRED = False
    assert client.get(address).status_code == 302
    client.force_login(artisan)
    assert client.get(address).status_code == 403


def test_carriers_are_listed_with_what_is_in_force(at_officers_desk, post, courier, day, django_assert_max_num_queries):  # noqa: F811
    tariff_of(post, POST, valid_from=day + timedelta(3), is_demo=True)
    Tariff.objects.filter(carrier=courier).delete()
    at_officers_desk.get(EVERY)
    with django_assert_max_num_queries(12):
        page = at_officers_desk.get(EVERY)
    rows = page.context["rows"]
    assert [(row.carrier.code, row.has_rates_today) for row in rows] == [("post", True), ("courier", False)]
    assert [(one.is_in_force, one.is_open) for one in rows[0].tariffs] == [(False, True), (True, True)]
    assert "sample figures" in page.content.decode()


def test_a_new_table_begins_as_a_copy_without_its_source(at_officers_desk, post, day):  # noqa: F811
    form = at_officers_desk.get(NEW).context["form"]
    assert form.row_count == 6
    assert (form["grams_0"].value(), form["price_0_same_city"].value()) == ("1000", "10")
    assert (form["source"].value(), form["valid_from"].value(), form["to_other"].value()) == (None, "2026-11-22", "2")


def test_a_table_of_tomorrow_follows_the_one_in_force(at_officers_desk, officer, post, day):  # noqa: F811
    before = steps()
    assert at_officers_desk.post(NEW, typed(valid_from="2026-11-23")).headers["location"] == EVERY
    tariff = Tariff.objects.get(valid_from=day + timedelta(1))
    assert (tariff.changed_by, tariff.source, tariff.is_demo, tariff.days["other"]) == (
        officer,
        "circular 12",
        False,
        [1, 3],
    )
    assert steps()[:12] == before
    assert set(tariff.steps.values_list("up_to_grams", "zone", "price_rial")) == {
        (grams, zone, price) for grams, prices in POST.items() for zone, price in zip(Zone.values, prices, strict=True)
    }


def test_a_table_of_today_is_rewritten_where_it_stands(at_officers_desk, post):  # noqa: F811
    tariff = Tariff.objects.get()
    at_officers_desk.post(f"{NEW}{tariff.pk}/", typed({5_000: (100, 100, 100, 100)}, is_demo="on"))
    assert Tariff.objects.get().is_demo
    assert [step[2:] for step in steps()] == [(5_000, 100)] * 4


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"valid_from": "2026-11-21"}, "valid_from"),
        ({"source": ""}, "source"),
        ({"price_0_other": ""}, "price_0_other"),
        ({"price_1_other": "1"}, None),
        ({"from_other": "5"}, None),
        ({"valid_from": "2026-11-25", "valid_until": "2026-11-24"}, None),
        ({"valid_from": "2026-11-22"}, None),
    ],
)
def test_a_table_that_is_refused_comes_back_as_typed(at_officers_desk, post, changes, field):  # noqa: F811
    before = steps()
    page = at_officers_desk.post(NEW, typed(**changes))
    assert page.status_code == 422
    assert (field or "__all__") in page.context["form"].errors
    assert "circular 12" in page.content.decode() or field == "source"
    assert (steps(), Tariff.objects.count()) == (before, 1)


def test_a_table_without_a_price_is_refused(at_officers_desk, post):  # noqa: F811
    page = at_officers_desk.post(NEW, typed({}))
    assert page.context["form"].non_field_errors() == ["A table of rates has at least one weight."]
    assert Tariff.objects.count() == 1


def test_a_table_that_has_begun_is_shown_and_not_rewritten(at_officers_desk, post, day):  # noqa: F811
    tariff = Tariff.objects.get()
    Tariff.objects.update(valid_from=day - timedelta(9))
    before = steps()
    page = at_officers_desk.get(f"{NEW}{tariff.pk}/")
    assert "<fieldset disabled>" in page.content.decode()
    assert at_officers_desk.post(f"{NEW}{tariff.pk}/", typed()).status_code == 422
    assert (steps(), Tariff.objects.get().valid_from) == (before, day - timedelta(9))


def test_limits_are_changed(at_officers_desk, post):  # noqa: F811
    form = {
        "name_fa": "پست",
        "name_en": "Post",
        "max_blade_mm": "۱۰",
        "limits_source": "circular 13",
        "is_active": "on",
    }
    assert at_officers_desk.post("/en/desk/officer/delivery/post/", form).headers["location"] == EVERY
    post.refresh_from_db()
    assert (post.max_blade_mm, post.max_grams, post.large_box, post.large_percent) == (100, None, None, 0)


def test_a_carrier_is_added_once(at_officers_desk, post):  # noqa: F811
    form = {"code": "Freight", "name_fa": "باربری", "name_en": "Freight", "limits_source": "none known"}
    address = "/en/desk/officer/carriers/new/"
    assert at_officers_desk.post(address, form).headers["location"] == EVERY
    assert Carrier.objects.get(code="freight").is_active is False
    assert at_officers_desk.post(address, form).status_code == 422
    assert Carrier.objects.count() == 2
