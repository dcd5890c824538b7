"""Every export rule as a truth table, at its borders."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from marketplace.customs.facts import Severity, Standing, known_facts
from marketplace.customs.rules import check, forbid_stopped_shipment, require_coming_figure
from marketplace.customs.shipment import ENDED, IN_FORCE, NONE, Shipment
from tests.customs.parts import ON, PARCEL, PIECE, POT, SHIPMENT, codes, said, shipment

#: What is said of a parcel in order to a country of which nothing is known.
NOTHING_ELSE = {"destination_unknown"}


def test_a_parcel_in_order_is_only_told_that_its_country_is_not_known():
    assert codes(SHIPMENT) == NOTHING_ELSE


@pytest.mark.parametrize(
    ("origin", "stops"), [("domestic", False), ("foreign", True), ("unproven", True), ("disputed", True)]
)
def test_only_what_is_of_proven_iranian_origin_is_exported(origin, stops):
    assert codes(shipment(item={"origin": origin})) == NOTHING_ELSE | ({"not_domestic"} if stops else set())


@pytest.mark.parametrize(
    ("years", "hs_code", "stops"),
    [
        (None, "", False),
        (0, "", False),
        (99, "", False),
        (100, "", True),
        (101, "", True),
        (300, "", True),
        (None, "9706.10", True),
        (5, "9706.90", True),
        (None, "9701.21", True),
        (None, "9701.91", False),
    ],
)
def test_an_antique_never_leaves(years, hs_code, stops):
    assert codes(shipment(item={"age_years": years, "hs_code": hs_code})) == NOTHING_ELSE | (
        {"antique"} if stops else set()
    )
    if stops:
        assert said(shipment(item={"age_years": years, "hs_code": hs_code}), "antique").severity == Severity.STOP


@pytest.mark.parametrize(
    ("materials", "craft", "hs_code", "permit", "asked"),
    [
        (("copper",), "coppersmithing", "", "", False),
        (("ivory",), "coppersmithing", "", "", True),
        (("red-coral",), "coppersmithing", "", "", True),
        (("tortoiseshell",), "coppersmithing", "", "", True),
        (("shell",), "coppersmithing", "", "", True),
        ((), "shell-work", "", "", True),
        ((), "bone-work", "9601.10", "", True),
        (("bone",), "bone-work", "9601.90", "", False),
        (("ivory",), "coppersmithing", "", "IR-2026-17", False),
        (("ivory",), "coppersmithing", "", "   ", True),
    ],
)
def test_a_protected_animal_asks_for_the_number_of_a_permit(materials, craft, hs_code, permit, asked):
    checked = shipment(item={"materials": materials, "craft": craft, "hs_code": hs_code, "cites_permit": permit})
    assert codes(checked) == NOTHING_ELSE | ({"cites_permit"} if asked else set())
    if asked:
        assert said(checked, "cites_permit").severity == Severity.PAPER
        assert said(checked, "cites_permit").papers == ("CITES",)


@pytest.mark.parametrize(
    ("materials", "craft", "permit", "warned"),
    [
        (("walnut-wood",), "khatam-inlay", "", True),
        ((), "wood-carving-monabbat", "", True),
        (("walnut-wood",), "khatam-inlay", "IR-1", False),
        (("willow-rods",), "basketry", "", False),
    ],
)
def test_wood_is_asked_about(materials, craft, permit, warned):
    checked = shipment(item={"materials": materials, "craft": craft, "cites_permit": permit})
    assert codes(checked) == NOTHING_ELSE | ({"wood_species"} if warned else set())


@pytest.mark.parametrize(
    ("destination", "group", "materials", "hs_code", "held"),
    [
        ("DE", "jewellery", ("silver",), "", True),
        ("DE", "metal", ("gold-leaf",), "", True),
        ("DE", "design", ("gold-leaf",), "", False),
        ("DE", "metal", ("nickel-silver",), "7419.80", False),
        ("DE", "metal", ("copper",), "7113.11", True),
        ("DE", "metal", ("copper",), "7114.11", True),
        ("DE", "metal", ("copper",), "7117.19", False),
        ("JP", "jewellery", ("silver",), "7113.11", False),
    ],
)
def test_precious_metal_is_held_before_the_union(destination, group, materials, hs_code, held):
    item = {"craft_group": group, "materials": materials, "hs_code": hs_code}
    assert ("precious_metal_on_hold" in codes(shipment(destination=destination, item=item))) is held


@pytest.mark.parametrize(
    ("carrier", "blade", "said_of_it"),
    [
        ("post", 0, set()),
        ("post", 79, {"blade_abroad"}),
        ("post", 80, {"blade_abroad"}),
        ("post", 81, {"blade_abroad", "blade_too_long"}),
        ("post", None, {"blade_abroad", "blade_unknown"}),
        ("courier", 60, {"blade_abroad", "carrier_unknown"}),
        ("courier", 61, {"blade_abroad", "blade_too_long", "carrier_unknown"}),
        ("air", 300, {"blade_abroad", "carrier_unknown"}),
        ("air", None, {"blade_abroad", "carrier_unknown"}),
        ("camel", 300, {"blade_abroad", "carrier_unknown"}),
        ("", 300, {"blade_abroad"}),
    ],
)
def test_blades_by_carrier(carrier, blade, said_of_it):
    assert codes(shipment(carrier=carrier, item={"blade_mm": blade})) == NOTHING_ELSE | said_of_it


@pytest.mark.parametrize(
    ("passport", "seal", "code", "severity"),
    [
        (IN_FORCE, NONE, None, None),
        (IN_FORCE, IN_FORCE, None, None),
        (NONE, NONE, "passport_missing", Severity.PAPER),
        (ENDED, NONE, "passport_ended", Severity.STOP),
        (IN_FORCE, ENDED, "seal_ended", Severity.STOP),
    ],
)
def test_each_piece_has_a_passport_and_a_seal_in_force(passport, seal, code, severity):
    piece = replace(PIECE, passport=passport, seal=seal, seal_name="Seal of excellence")
    checked = shipment(item={"pieces": (piece,)})
    assert codes(checked) == NOTHING_ELSE | ({code} if code else set())
    if code:
        found = said(checked, code)
        assert (found.severity, found.parcel, found.item, found.piece) == (severity, "1", "pot", "p1")


@pytest.mark.parametrize(
    ("grams", "stops"),
    [(34_990, False), (34_999, False), (35_000, False), (35_001, True), (35_010, True)],
)
def test_the_limit_of_the_minutes_for_a_parcel(grams, stops):
    checked = shipment(carrier="air", parcel={"grams": grams})
    assert codes(checked) == NOTHING_ELSE | {"carrier_unknown"} | ({"heavy_parcel"} if stops else set())
    if stops:
        found = said(checked, "heavy_parcel")
        with override("en"):
            assert (found.severity, found.standing) == (Severity.STOP, "legal basis not found")
            assert found.dated == date(2022, 3, 8)
            assert found.source.startswith("Minutes of the government–private sector dialogue council of Kerman")


def test_the_weights_in_the_sentence_are_not_rounded_into_each_other():
    with override("en"):
        slightly = said(shipment(carrier="air", parcel={"grams": 35_001}), "heavy_parcel")
        assert str(slightly.words) == "Parcel 1 weighs 35,001 grams; the limit kept here is 35 kg."
        more = said(shipment(carrier="air", parcel={"grams": 35_010}), "heavy_parcel")
        assert str(more.words) == "Parcel 1 weighs 35.01 kg; the limit kept here is 35 kg."


@pytest.mark.parametrize(
    ("grams", "quantity", "warned"), [(17_500, 2, False), (17_501, 2, True), (35_000, 1, False), (35_001, 1, True)]
)
def test_a_line_above_the_limit_is_shown(grams, quantity, warned):
    checked = shipment(item={"grams": grams, "quantity": quantity, "line": "L1"})
    assert codes(checked) == NOTHING_ELSE | ({"heavy_line"} if warned else set())
    if warned:
        assert (said(checked, "heavy_line").item, said(checked, "heavy_line").severity) == ("L1", Severity.WARN)


def test_a_line_is_added_up_over_its_parcels():
    half = replace(POT, grams=18_000, line="L1")
    parcels = tuple(replace(PARCEL, id=number, items=(half,)) for number in ("1", "2"))
    assert "heavy_line" in codes(replace(SHIPMENT, parcels=parcels))
    other = replace(parcels[1], items=(replace(half, line="L2"),))
    assert "heavy_line" not in codes(replace(SHIPMENT, parcels=(parcels[0], other)))


@pytest.mark.parametrize(("grams", "stops"), [(None, False), (35_000, False), (35_001, True)])
def test_a_work_that_fits_no_parcel(grams, stops):
    loose = Shipment(destination="JP", on=ON, loose=(replace(POT, grams=grams),))
    assert ("heavy_work" in codes(loose)) is stops


@pytest.mark.parametrize(
    ("carrier", "grams", "stops"),
    [
        ("post", 30_000, False),
        ("post", 30_001, True),
        ("post-small", 2_000, False),
        ("post-small", 2_001, True),
        ("courier", 34_000, False),
        ("air", 34_000, False),
    ],
)
def test_no_carrier_takes_more_than_it_says(carrier, grams, stops):
    assert ("carrier_too_heavy" in codes(shipment(carrier=carrier, parcel={"grams": grams}))) is stops


def test_a_parcel_that_nobody_weighed_stops():
    assert said(shipment(parcel={"grams": None}), "weight_unknown").severity == Severity.STOP


@pytest.mark.parametrize(
    ("carrier", "sides", "codes_of_size"),
    [
        ("post", (1_050, 200, 200), set()),
        ("post", (1_051, 200, 200), {"small_post"}),
        ("post", (1_100, 200, 200), {"small_post"}),
        ("post", (1_101, 200, 200), {"small_post", "carrier_too_long"}),
        ("post", (1_500, 100, 100), {"small_post", "carrier_too_long"}),
        ("post", (1_501, 100, 100), {"small_post", "carrier_too_long", "postal_too_long"}),
        ("post", (1_000, 250, 250), set()),
        ("post", (1_000, 250, 251), {"small_post"}),
        ("post", (1_000, 500, 500), {"small_post"}),
        ("post", (1_000, 500, 501), {"small_post", "postal_too_thick"}),
        ("post", (501, 1_000, 500), {"small_post", "postal_too_thick"}),
        ("post", (), set()),
        ("courier", (2_000, 900, 900), {"carrier_unknown"}),
    ],
)
def test_sizes_by_carrier(carrier, sides, codes_of_size):
    assert codes(shipment(carrier=carrier, parcel={"sides_mm": sides})) == NOTHING_ELSE | codes_of_size


@pytest.mark.parametrize(
    ("value", "grams", "form"),
    [
        (Decimal("299.99"), 2_000, "CN22"),
        (Decimal(300), 1_999, "CN22"),
        (Decimal(300), 2_000, "CN22"),
        (Decimal("300.01"), 2_000, "CN23"),
        (Decimal(300), 2_001, "CN23"),
        (None, 500, "CN23"),
    ],
)
def test_which_customs_form_a_postal_parcel_needs(value, grams, form):
    bare = {"value_sdr": value, "grams": grams, "papers": frozenset()}
    assert said(shipment(parcel=bare), "customs_form").papers == (form,)
    assert "customs_form" not in codes(shipment(parcel=bare | {"papers": frozenset({form})}))
    assert "customs_form" not in codes(shipment(parcel=bare | {"papers": frozenset({"CN23"})}))
    assert ("customs_form" in codes(shipment(parcel=bare | {"papers": frozenset({"CN22"})}))) is (form == "CN23")
    assert "customs_form" not in codes(shipment(carrier="courier", parcel=bare))


@pytest.mark.parametrize(
    ("raw", "mark", "asked"), [(False, "", False), (True, "", True), (True, " ", True), (True, "IR-025 HT", False)]
)
def test_raw_wood_is_marked(raw, mark, asked):
    assert ("ispm15" in codes(shipment(parcel={"has_raw_wood": raw, "ispm15_mark": mark}))) is asked


@pytest.mark.parametrize(
    ("destination", "code", "severity"),
    [
        ("US", "destination_blocked", Severity.STOP),
        ("", "destination_missing", Severity.STOP),
        ("IR", "destination_missing", Severity.STOP),
        ("JP", "destination_unknown", Severity.WARN),
        ("GB", "destination_unknown", Severity.WARN),
        ("DE", "eu_full_duty", Severity.WARN),
    ],
)
def test_destinations(destination, code, severity):
    assert said(shipment(destination=destination), code).severity == severity


def test_the_union_has_its_twenty_seven_members():
    assert sum("eu_full_duty" in codes(shipment(destination=each)) for each in _countries()) == 27


def _countries() -> list[str]:
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    return [one + other for one in letters for other in letters]


@pytest.mark.parametrize(
    ("day", "person", "asked"),
    [
        (date(2024, 12, 12), "", False),
        (date(2024, 12, 13), "", True),
        (date(2024, 12, 13), " ", True),
        (date(2024, 12, 13), "Somebody in Hamburg", False),
    ],
)
def test_the_union_wants_a_responsible_person(day, person, asked):
    assert ("eu_responsible" in codes(shipment(destination="DE", on=day, eu_responsible=person))) is asked
    assert "eu_responsible" not in codes(shipment(destination="JP", on=day))


@pytest.mark.parametrize(
    ("day", "value", "told"),
    [
        (date(2026, 6, 30), Decimal(100), False),
        (date(2026, 7, 1), Decimal("149.99"), True),
        (date(2026, 7, 1), Decimal(150), True),
        (date(2026, 7, 1), Decimal("150.01"), False),
        (date(2026, 7, 1), None, True),
    ],
)
def test_the_unions_duty_on_small_consignments(day, value, told):
    assert ("eu_small_duty" in codes(shipment(destination="DE", on=day, value_eur=value))) is told


@pytest.mark.parametrize(
    ("group", "m2", "code"),
    [
        ("carpet", 6, "carpet_allowance"),
        ("carpet", 24, "carpet_allowance"),
        ("carpet", 24.01, "carpet_allowance_passed"),
        ("flatweave", 40, "kilim_allowance"),
        ("flatweave", 40.01, "kilim_allowance_passed"),
        ("pottery", 90, None),
    ],
)
def test_carpets_by_post_have_an_allowance(group, m2, code):
    item = {"craft_group": group, "area_mm2": int(m2 * 1_000_000)}
    assert codes(shipment(item=item)) == NOTHING_ELSE | ({code} if code else set())
    assert codes(shipment(item=item, carrier="air")) == NOTHING_ELSE | {"carrier_unknown"}


def test_pieces_of_a_carpet_line_are_added_up():
    item = {"craft_group": "carpet", "area_mm2": 13_000_000, "quantity": 2}
    assert "carpet_allowance_passed" in codes(shipment(item=item))


def test_an_officers_lifted_limit_stops_nothing():
    lifted = dict(known_facts())
    lifted["heavy_parcel"] = replace(lifted["heavy_parcel"], value=None)
    checked = shipment(carrier="air", parcel={"grams": 90_000})
    assert "heavy_parcel" in codes(checked)
    assert "heavy_parcel" not in {finding.code for finding in check(checked, lifted)}


@pytest.mark.parametrize("language", ["fa", "en"])
def test_every_finding_has_words_a_source_and_a_day_in_both_languages(language):
    bad = {
        "origin": "foreign", "age_years": 120, "materials": ("ivory", "silver", "walnut-wood"), "blade_mm": 300,
        "craft_group": "carpet", "area_mm2": 50_000_000, "grams": 90_000, "pieces": (replace(PIECE, passport=ENDED),),
    }  # fmt: skip
    parcel = {"grams": None, "sides_mm": (2_000, 900, 900), "has_raw_wood": True, "papers": frozenset()}
    with override(language):
        found = check(shipment(destination="DE", item=bad, parcel=parcel), known_facts())
        assert len(found) > 12
        for finding in found:
            assert str(finding.words)
            assert "%(" not in str(finding.words)
            assert finding.source
            assert finding.dated <= date(2026, 11, 23)
            assert finding.standing in {str(one.label) for one in Standing}


def test_stops_come_first_then_papers_then_warnings():
    found = check(shipment(destination="DE", item={"origin": "foreign", "materials": ("ivory",)}), known_facts())
    order = [list(Severity.values).index(finding.severity) for finding in found]
    assert order == sorted(order)
    assert set(order) == {0, 1, 2}


def test_a_shipment_leaves_when_nothing_stops_it_and_no_paper_is_missing():
    forbid_stopped_shipment(check(SHIPMENT, known_facts()))
    for bad, code in (({"origin": "disputed"}, "not_domestic"), ({"materials": ("ivory",)}, "cites_permit")):
        with pytest.raises(ValidationError) as refused:
            forbid_stopped_shipment(check(shipment(item=bad), known_facts()))
        assert [error.code for error in refused.value.error_list] == [code]


def test_only_figures_that_nobody_could_found_say_so_and_none_is_called_a_law():
    unfounded = {fact.code for fact in known_facts().values() if fact.standing == Standing.UNFOUNDED}
    assert unfounded == {"heavy_parcel", "heavy_line", "carpet_allowance", "kilim_allowance"}
    assert all(fact.source_fa and fact.source_en and fact.about_fa and fact.about_en for fact in known_facts().values())


@pytest.mark.parametrize(("day", "refused"), [(date(2026, 11, 21), True), (ON, False), (date(2026, 12, 1), False)])
def test_a_figure_takes_over_today_or_later(day, refused):
    if not refused:
        require_coming_figure(valid_from=day, on=ON)
        return
    with pytest.raises(ValidationError) as error:
        require_coming_figure(valid_from=day, on=ON)
    assert error.value.code == "figure_past"
