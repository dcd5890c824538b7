"""A consignment until it is collected: who may write what when, and nothing changes where a rule says no."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, transaction

from authenticity.passports import revoke
from marketplace.core.clock import set_today
from marketplace.core.models import Notice
from marketplace.export import services
from marketplace.export.models import Collection, Consignment, ConsignmentLine, ConsignmentStep
from marketplace.export.papers.facts import digest_of, facts_of
from tests.cast import DAY
from tests.export.abroad import TERMS, TOTAL, accepted, collecting


def refused(code: str, act, **values) -> ValidationError:
    """The refusal; no step, line or state may change."""
    before = (list(ConsignmentStep.objects.values()), list(ConsignmentLine.objects.values()), states())
    with pytest.raises(ValidationError) as error:
        act(**values)
    assert error.value.error_list[0].code == code
    assert (list(ConsignmentStep.objects.values()), list(ConsignmentLine.objects.values()), states()) == before
    return error.value


def states() -> list[str]:
    return list(Consignment.objects.order_by("pk").values_list("state", flat=True))


def test_a_draft_has_a_number_and_an_address_that_nobody_guesses(draft):
    assert draft.number.startswith("EXP-")
    assert len(draft.key) == 32
    assert [step.state for step in draft.steps.all()] == ["draft"]


def test_a_proforma_that_ended_is_not_opened(exporter):
    refused(
        "proforma_over",
        services.open_consignment,
        exporter=exporter,
        by=None,
        **TERMS | {"valid_until": DAY - timedelta(days=1)},
    )
    assert Consignment.objects.count() == 0


def test_a_work_brings_its_own_measures(filled):
    line = filled.lines.get(passport=None)
    assert (line.length_mm, line.width_mm, line.height_mm, line.weight_grams) == (1200, 800, None, 3400)


def test_the_piece_of_a_label_counts_what_the_label_says(draft, kilim, labelled):
    line = services.add_line(consignment=draft, work=kilim, passport=labelled, quantity=9)
    assert line.quantity == 1


@pytest.mark.parametrize("work", ["foreign_tray", "unproven_tray"])
def test_a_work_whose_origin_does_not_hold_is_not_added(work, draft, request):
    refused("origin_unproven", services.add_line, consignment=draft, work=request.getfixturevalue(work))


def test_a_revoked_piece_is_not_added(draft, kilim, labelled):
    revoke(passport=labelled, because="copied")
    refused("passport_not_in_force", services.add_line, consignment=draft, work=kilim, passport=labelled)


def test_a_piece_is_in_one_open_consignment(filled, other_exporter, kilim, labelled):
    other = services.open_consignment(exporter=other_exporter, by=None, **TERMS)
    refused("passport_taken", services.add_line, consignment=other, work=kilim, passport=labelled)


def test_a_cancelled_consignment_lets_its_pieces_go(filled, other_exporter, kilim, labelled):
    services.cancel(consignment=filled, reason="no buyer", by=None)
    other = services.open_consignment(exporter=other_exporter, by=None, **TERMS)
    assert services.add_line(consignment=other, work=kilim, passport=labelled).is_held


def test_the_database_holds_one_open_consignment_a_piece(filled, other_exporter, kilim, labelled):
    other = services.open_consignment(exporter=other_exporter, by=None, **TERMS)
    with pytest.raises(IntegrityError), transaction.atomic():
        ConsignmentLine.objects.create(consignment=other, work=kilim, passport=labelled)
    assert ConsignmentLine.objects.filter(passport=labelled).count() == 1


def test_a_proforma_needs_lines_and_prices(draft, kilim):
    refused("no_lines", services.offer, consignment=draft, by=None)
    services.add_line(consignment=draft, work=kilim)
    refused("no_price", services.offer, consignment=draft, by=None)


def test_what_was_offered_stands(filled):
    services.offer(consignment=filled, by=None)
    line = filled.lines.first()
    refused("not_draft", services.price_line, line=line, quantity=1, unit_minor=1)
    refused("not_draft", services.remove_line, line=line)
    refused("not_draft", services.change_terms, consignment=filled, incoterm="EXW")
    refused("not_draft", services.add_line, consignment=filled, work=line.work)


def test_the_database_lets_no_line_change_behind_a_proforma(filled):
    services.offer(consignment=filled, by=None)
    lines = ConsignmentLine.objects.filter(consignment=filled)
    for write in (lambda: lines.update(unit_minor=1), lines.delete):
        with pytest.raises(DatabaseError, match="consignment_lines_stand"), transaction.atomic():
            write()
    assert sorted(lines.values_list("unit_minor", flat=True)) == [120_050, 150_000]


def test_a_proforma_that_is_taken_back_can_be_written_again(filled):
    services.offer(consignment=filled, by=None)
    services.take_back(consignment=filled, by=None)
    line = services.price_line(line=filled.lines.get(passport=None), quantity=3, unit_minor=100)
    assert (line.quantity, line.total_minor) == (3, 300)


def test_the_buyer_accepts_by_name_what_was_shown(filled, exporter):
    services.offer(consignment=filled, by=None)
    done = services.accept(consignment=filled, name="Erika Muster", seen=digest_of(facts_of(filled)))
    assert (done.state, done.accepted_by) == ("accepted", "Erika Muster")
    assert ConsignmentStep.objects.last().name == "Erika Muster"
    assert Notice.objects.get(user=exporter.user).text_en == f"Erika Muster accepted the proforma {filled.number}."


def test_another_proforma_than_was_shown_is_not_accepted(filled):
    services.offer(consignment=filled, by=None)
    seen = digest_of(facts_of(filled))
    services.take_back(consignment=filled, by=None)
    services.price_line(line=filled.lines.get(passport=None), quantity=2, unit_minor=130_000)
    services.offer(consignment=filled, by=None)
    refused("proforma_changed", services.accept, consignment=filled, name="Erika Muster", seen=seen)


def test_the_same_proforma_has_the_same_digest_on_another_day(filled):
    seen = digest_of(facts_of(filled))
    set_today(DAY + timedelta(days=3))
    filled.refresh_from_db()
    assert digest_of(facts_of(filled)) == seen


@pytest.mark.parametrize(("days", "code"), [(30, None), (31, "proforma_over")])
def test_the_last_day_of_a_proforma(days, code, filled):
    services.offer(consignment=filled, by=None)
    seen = digest_of(facts_of(filled))
    set_today(DAY + timedelta(days=days))
    if code:
        refused(code, services.accept, consignment=filled, name="Erika Muster", seen=seen)
    else:
        assert services.accept(consignment=filled, name="Erika Muster", seen=seen).state == "accepted"


def test_a_proforma_is_accepted_once(filled):
    accepted(filled)
    refused("proforma_closed", services.accept, consignment=filled, name="Another", seen="")


@pytest.mark.parametrize(
    ("amount", "paid_on", "code"),
    [(TOTAL - 1, DAY, "payment_differs"), (TOTAL, DAY + timedelta(days=1), "future_payment")],
)
def test_a_payment_is_whole_and_came(amount, paid_on, code, filled):
    accepted(filled)
    refused(
        code, services.record_payment, consignment=filled, paid_on=paid_on, reference="x", amount_minor=amount, by=None
    )


def test_goods_are_not_collected_before_they_are_paid_for(filled):
    refused("not_accepted", services.start_collecting, consignment=filled, by=None)
    accepted(filled)
    refused("wrong_step", services.start_collecting, consignment=filled, by=None)


def test_an_own_purchase_needs_no_proforma(filled):
    services.change_terms(consignment=filled, origin="purchase")
    assert services.start_collecting(consignment=filled, by=None).state == "collecting"


def test_every_maker_is_asked_once(filled, weaver, artisan):
    collecting(filled)
    assert [leg.maker for leg in Collection.objects.all()] == [weaver]
    assert Notice.objects.filter(user=artisan, kind="consignment").count() == 1


def test_what_is_collected_was_ready(filled, exporter, artisan):
    collecting(filled)
    leg = Collection.objects.get()
    refused("not_ready", services.collect, collection=leg, by=exporter.user)
    services.say_ready(collection=leg, by=artisan)
    done = services.collect(collection=leg, by=exporter.user)
    assert (done.ready_by, done.collected_by) == (artisan, exporter.user)
    again = services.say_ready(collection=leg, by=exporter.user)
    assert again.ready_by == artisan


def test_nobody_speaks_of_pieces_of_a_cancelled_consignment(filled, artisan):
    collecting(filled)
    services.cancel(consignment=filled, reason="lost", by=None)
    refused("not_collecting", services.say_ready, collection=Collection.objects.get(), by=artisan)
    assert Collection.objects.get().ready_at is None


def test_what_must_not_tilt_is_not_rolled(filled):
    line = filled.lines.first()
    refused("upright_roll", services.measure_line, line=line, roll_diameter_mm=150, roll_width_mm=800, is_upright=True)
    refused("half_roll", services.measure_line, line=line, roll_diameter_mm=150)


def test_a_consignment_is_cancelled_with_a_reason(filled):
    refused("reason_required", services.cancel, consignment=filled, reason=" ", by=None)


def test_steps_only_grow(draft):
    for write in (lambda: ConsignmentStep.objects.update(note="x"), ConsignmentStep.objects.all().delete):
        with pytest.raises(DatabaseError, match="consignment_steps_grow_only"), transaction.atomic():
            write()
    assert list(draft.steps.values_list("note", flat=True)) == [""]


def test_sums_of_the_papers(filled):
    facts = facts_of(filled)
    assert (facts.goods_minor, facts.total_minor, facts.pieces) == (TOTAL - 12_050, TOTAL, 3)
    assert facts.net_grams == 3 * 3400
    assert facts.valid_until == date(2026, 12, 22)
