"""Many matters in one step: shown first, done when confirmed, and what stopped is told."""

import pytest

from catalogue.models import ImportPermit
from marketplace.core.models import Notice, OutboxEvent
from marketplace.listing.claims import send_permit
from marketplace.listing.origins import register_import_permit
from marketplace.matters.models import Matter
from marketplace.matters.services import assign, decide
from marketplace.partner.models import StockRecord
from tests.cast import DAY

TOGETHER = "/en/desk/officer/together/"


@pytest.fixture
def permits(permit_matter, coppersmith):
    """Two permits that wait, and one that was decided meanwhile."""
    others = [
        send_permit(
            permit=register_import_permit(maker=coppersmith, number=number, country="TR", issued_on=DAY), by=None
        )
        for number in ("G-2", "G-3")
    ]
    return [permit_matter, *others]


def states() -> list[str]:
    return list(ImportPermit.objects.order_by("number").values_list("state", flat=True))


def test_nothing_chosen_leads_back_with_a_word(at_officers_desk, day):
    response = at_officers_desk.get(f"{TOGETHER}?act=decide&kind=origin", follow=True)
    assert response.redirect_chain == [("/en/desk/officer/?kind=origin", 302)]
    assert "Choose at least one matter first." in response.content.decode()


@pytest.mark.parametrize("nonsense", ["x", "²", "-1", "9" * 30])
def test_numbers_that_are_none_choose_nothing(at_officers_desk, day, nonsense):
    assert at_officers_desk.get(TOGETHER, {"act": "assign", "m": nonsense}).status_code == 302


def test_assigning_is_asked_first_then_done(at_officers_desk, permits, officer):
    numbers = [matter.pk for matter in permits]
    asked = at_officers_desk.get(TOGETHER, {"act": "assign", "m": numbers})
    assert "Assign 3 matters to me" in asked.content.decode()
    assert not Matter.objects.filter(assigned_to=officer).exists()
    done = at_officers_desk.post(TOGETHER, {"act": "assign", "m": numbers}, follow=True)
    assert "3 matters are now yours" in done.content.decode()
    assert Matter.objects.filter(assigned_to=officer).count() == 3


def test_what_was_decided_meanwhile_stops_and_the_others_go(
    at_officers_desk,
    permits,
    officer,
    other_officer,
):
    decide(matter=permits[1], decision="accepted", reason="", by=other_officer)
    sent = {"act": "assign", "m": [matter.pk for matter in permits]}
    page = at_officers_desk.post(TOGETHER, sent, follow=True).content.decode()
    assert "1 matter stopped" in page
    assert "This was decided already." in page
    assert Matter.objects.filter(assigned_to=officer).count() == 2


def test_matters_of_several_kinds_are_not_decided_alike(at_officers_desk, permits, origin_matter):
    sent = {"act": "decide", "m": [permits[0].pk, origin_matter.pk]}
    assert "Only matters of one kind" in at_officers_desk.get(TOGETHER, sent).content.decode()
    at_officers_desk.post(TOGETHER, sent | {"decision": "refused", "reason": "No.", "confirmed": "1"})
    assert Matter.objects.waiting().count() == 4


def test_what_will_happen_is_listed_and_nothing_has_happened_yet(
    at_officers_desk,
    permits,
    foreign_tray,
    other_officer,
):
    decide(matter=permits[2], decision="accepted", reason="", by=other_officer)
    before = (Notice.objects.count(), OutboxEvent.objects.count(), states())
    sent = {"act": "decide", "m": [matter.pk for matter in permits], "decision": "refused", "reason": "Not known."}
    response = at_officers_desk.post(TOGETHER, sent)
    assert (response.context["doable"], response.context["withdrawn"]) == (2, 1)
    assert [(row.matter.pk, len(seen.withdrawn), bool(seen.error)) for row, seen in response.context["outcomes"]] == [
        (permits[0].pk, 1, False),
        (permits[1].pk, 0, False),
        (permits[2].pk, 0, True),
    ]
    assert "1 offer will be withdrawn" in response.content.decode()
    assert (Notice.objects.count(), OutboxEvent.objects.count(), states()) == before
    assert Matter.objects.waiting().count() == 2
    assert StockRecord.objects.active().filter(product=foreign_tray).exists()


def test_confirmed_it_is_done_and_what_stopped_is_told(
    at_officers_desk,
    permits,
    foreign_tray,
    officer,
    other_officer,
):
    decide(matter=permits[2], decision="accepted", reason="", by=other_officer)
    numbers = [matter.pk for matter in permits]
    sent = {"act": "decide", "m": numbers, "decision": "refused", "reason": "Not known.", "confirmed": "1"}
    response = at_officers_desk.post(f"{TOGETHER}?kind=import_permit", sent, follow=True)
    page = response.content.decode()
    assert response.redirect_chain == [("/en/desk/officer/together/done/?kind=import_permit", 302)]
    assert "2 matters are decided" in page
    assert "This was decided already." in page
    assert states() == ["refused", "refused", "checked"]
    assert not StockRecord.objects.active().filter(product=foreign_tray).exists()
    assert Matter.objects.filter(decided_by=officer).count() == 2


@pytest.mark.parametrize(
    ("sent", "words"),
    [({"reason": "No."}, "Choose one of the decisions."), ({"decision": "nonsense"}, "Choose one of the decisions.")],
)
def test_without_a_decision_nothing_is_decided(at_officers_desk, permits, sent, words):
    response = at_officers_desk.post(TOGETHER, {"act": "decide", "m": permits[0].pk, "confirmed": "1"} | sent)
    assert response.status_code == 422
    assert words in response.content.decode()
    assert Matter.objects.waiting().count() == 3


def test_without_its_reason_every_matter_will_stop(at_officers_desk, permits):
    sent = {"act": "decide", "m": [matter.pk for matter in permits], "decision": "refused", "reason": ""}
    response = at_officers_desk.post(TOGETHER, sent)
    assert response.context["doable"] == 0
    assert 'name="confirmed"' not in response.content.decode()


def test_the_confirmation_of_an_assignment_takes_the_same_queries_for_more(
    at_officers_desk,
    permits,
    officer,
    django_assert_num_queries,
):
    assign(matter=permits[0], to=officer, by=officer)
    at_officers_desk.get("/en/desk/officer/")
    with django_assert_num_queries(8):
        at_officers_desk.get(TOGETHER, {"act": "assign", "m": [permits[0].pk]})
    with django_assert_num_queries(8):
        at_officers_desk.get(TOGETHER, {"act": "assign", "m": [matter.pk for matter in permits]})
