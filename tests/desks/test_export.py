"""An exporter's desk: drafts, lines, the way to the makers; what is another's does not exist; nothing typed is lost."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from marketplace.export.models import Collection, Consignment, ConsignmentLine, ConsignmentStep, Exporter
from marketplace.export.papers.facts import digest_of, facts_of
from marketplace.export.services import accept, add_line, open_consignment
from tests.export.abroad import TERMS as AGREED
from tests.export.abroad import (  # noqa: F401
    collecting,
    draft,
    exporter,
    filled,
    labelled,
    other_exporter,
)

DESK = "/en/desk/export/"
TERMS = {
    "origin": "request",
    "buyer_name": "Muster Teppiche GmbH",
    "buyer_address": "Musterweg 1, Hamburg",
    "buyer_country": "DE",
    "currency": "EUR",
    "incoterm": "FCA",
    "place": "IKA airport",
    "valid_until": "۱۴۰۵/۱۰/۱",
    "freight_minor": "۱۲۰٫۵۰",
    "point": "انبار کرمان",
}


@pytest.fixture
def at_desk(client, exporter):  # noqa: F811
    client.force_login(exporter.user)
    return client


def page(number: str = "") -> str:
    return f"{DESK}{number}/" if number else DESK


def test_an_exporters_desk_opens_with_the_head_of_the_papers(client, buyer):
    client.force_login(buyer)
    assert client.get(DESK)["Location"] == "/en/desk/export/me/"
    head = {
        "name_fa": "صادرات",
        "name_en": "Export",
        "address_fa": "کرمان",
        "address_en": "Kerman",
        "phone": "+98 34 1",
    }
    assert client.post(DESK + "me/", head)["Location"] == DESK
    assert Exporter.objects.get().user == buyer
    assert "No consignment yet" in client.get(DESK).content.decode()


def test_an_empty_head_is_refused_and_opens_nothing(client, buyer):
    client.force_login(buyer)
    assert client.post(DESK + "me/", {}).status_code == 422
    assert Exporter.objects.count() == 0


def test_a_draft_is_written_as_people_type(at_desk):
    answer = at_desk.post(DESK + "new/", TERMS)
    made = Consignment.objects.get()
    assert answer["Location"] == page(made.number)
    assert (made.freight_minor, str(made.valid_until), made.state) == (12_050, "2026-12-22", "draft")


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"valid_until": "1405/8/1"}, "must be valid today or longer"),
        ({"freight_minor": "1.234"}, "EUR has no such small part"),
        ({"buyer_country": "IR"}, "Select a valid choice"),
        ({"incoterm": "DAF"}, "Select a valid choice"),
    ],
)
def test_a_wrong_draft_is_refused_and_nothing_typed_is_lost(changed, says, at_desk):
    answer = at_desk.post(DESK + "new/", TERMS | changed)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert says in html
    assert "Muster Teppiche GmbH" in html
    assert Consignment.objects.count() == 0


def test_works_and_labels_are_added_by_what_one_has_at_hand(at_desk, draft, kilim, labelled):  # noqa: F811
    add = page(draft.number) + "lines/new/"
    for what in (str(kilim.pk), f"https://market.example/en/work/{kilim.pk}/kilim/", f"/v/{labelled.code}"):
        answer = at_desk.post(add, {"what": what, "quantity": "۲", "unit_minor": "۱٬۲۰۰٫۵"})
        assert answer.status_code == 302
    told = list(draft.lines.values_list("work", "passport", "quantity", "unit_minor"))
    assert told == [(kilim.pk, None, 2, 120_050), (kilim.pk, None, 2, 120_050), (kilim.pk, labelled.pk, 1, 120_050)]


@pytest.mark.parametrize("what", ["", "999999", "nothing", "/v/00000000000000000000000000"])
def test_what_is_not_found_is_not_added(what, at_desk, draft):  # noqa: F811
    answer = at_desk.post(page(draft.number) + "lines/new/", {"what": what, "quantity": "1"})
    assert answer.status_code == 422
    assert ConsignmentLine.objects.count() == 0


def test_a_foreign_work_is_refused_with_its_reason(at_desk, draft, foreign_tray):  # noqa: F811
    answer = at_desk.post(page(draft.number) + "lines/new/", {"what": str(foreign_tray.pk), "quantity": "1"})
    assert "The Iranian origin of this work does not hold today: Foreign origin." in answer.content.decode()
    assert ConsignmentLine.objects.count() == 0


def test_a_line_is_priced_and_measured(at_desk, filled):  # noqa: F811
    line = filled.lines.get(passport=None)
    address = f"{page(filled.number)}lines/{line.pk}/"
    assert at_desk.post(address, {"quantity": "3", "unit_minor": "99.90"}).status_code == 302
    measures = {"length_mm": "80", "width_mm": "30", "height_mm": "۲۵٫۵", "weight_grams": "3600", "hs_code": "5702.10"}
    assert at_desk.post(address, measures | {"is_fragile": "on"}).status_code == 302
    line.refresh_from_db()
    assert (line.quantity, line.unit_minor, line.hs_code) == (3, 9990, "5702.10")
    assert (line.length_mm, line.height_mm, line.weight_grams, line.is_fragile) == (800, 255, 3600, True)


def test_an_empty_measure_is_refused(at_desk, filled):  # noqa: F811
    line = filled.lines.get(passport=None)
    assert at_desk.post(f"{page(filled.number)}lines/{line.pk}/", {}).status_code == 422
    line.refresh_from_db()
    assert line.length_mm == 1200


def test_the_way_from_the_proforma_to_the_makers(at_desk, filled):  # noqa: F811
    here = page(filled.number)
    at_desk.post(here + "step/offer/")
    html = at_desk.get(here).content.decode()
    assert f"/en/proforma/{filled.key}/" in html
    assert 'step/take-back/"' in html
    filled.refresh_from_db()
    filled = accept_now(filled)
    wrong = at_desk.post(here + "payment/", {"amount": "1", "paid_on": "2026-11-22", "reference": "TT"})
    assert (wrong.status_code, states(filled)) == (422, "accepted")
    paid = at_desk.post(here + "payment/", {"amount": "4021.50", "paid_on": "2026-11-22", "reference": "TT-7"})
    assert (paid.status_code, states(filled)) == (302, "paid")
    at_desk.post(here + "step/collect/")
    leg = Collection.objects.get()
    early = at_desk.post(f"{here}collections/{leg.pk}/collected/")
    assert (early.status_code, "has not said that the pieces are ready" in early.content.decode()) == (422, True)
    at_desk.post(f"{here}collections/{leg.pk}/ready/")
    at_desk.post(f"{here}collections/{leg.pk}/collected/")
    leg.refresh_from_db()
    assert leg.collected_at


def accept_now(consignment: Consignment) -> Consignment:
    return accept(consignment=consignment, name="Erika Muster", seen=digest_of(facts_of(consignment)))


def states(consignment: Consignment) -> str:
    return Consignment.objects.get(pk=consignment.pk).state


def test_a_step_out_of_order_is_refused_in_words(at_desk, draft):  # noqa: F811
    answer = at_desk.post(page(draft.number) + "step/collect/")
    assert answer.status_code == 422
    assert "Send the proforma first" in answer.content.decode()
    assert states(draft) == "draft"


def test_a_maker_says_that_the_pieces_are_ready(client, filled, artisan, coppersmith):  # noqa: F811
    collecting(filled)
    leg = Collection.objects.get()
    client.force_login(coppersmith.owner)
    assert client.post(f"/en/desk/collections/{leg.pk}/ready/").status_code == 404
    leg.refresh_from_db()
    assert leg.ready_at is None
    client.force_login(artisan)
    assert "Sample Export" in client.get("/en/desk/collections/").content.decode()
    client.post(f"/en/desk/collections/{leg.pk}/ready/")
    leg.refresh_from_db()
    assert leg.ready_by == artisan


def test_another_exporter_finds_nothing_and_changes_nothing(client, filled, other_exporter, kilim):  # noqa: F811
    collecting(filled)
    client.force_login(other_exporter.user)
    before = (list(ConsignmentStep.objects.values()), list(ConsignmentLine.objects.values()))
    line, leg, here = filled.lines.first(), Collection.objects.get(), page(filled.number)
    looked = ("", "terms/", "lines/new/", f"lines/{line.pk}/", "payment/", "cancel/")
    written = (*looked[1:], f"lines/{line.pk}/remove/", "step/offer/", f"collections/{leg.pk}/ready/")
    answers = [client.get(here + path).status_code for path in looked]
    answers += [client.post(here + path, {"reason": "x", "what": kilim.pk}).status_code for path in written]
    assert set(answers) == {404}
    assert (list(ConsignmentStep.objects.values()), list(ConsignmentLine.objects.values())) == before
    assert Collection.objects.get().ready_at is None


def test_a_line_of_another_consignment_is_not_reached_by_this_ones_address(at_desk, filled, other_exporter, kilim):  # noqa: F811
    other = open_consignment(exporter=other_exporter, by=None, **AGREED)
    line = add_line(consignment=other, work=kilim, unit_minor=5)
    assert at_desk.post(f"{page(filled.number)}lines/{line.pk}/remove/").status_code == 404
    assert ConsignmentLine.objects.filter(pk=line.pk).exists()


@pytest.mark.parametrize("path", ["", "me/", "cartons/", "new/"])
def test_a_stranger_signs_in_first(path, client, db):
    assert "/sign-in/" in client.get(DESK + path)["Location"]


def test_pages_ask_as_little_for_many_lines_as_for_few(at_desk, filled, kilim):  # noqa: F811
    def asked() -> int:
        at_desk.get(page(filled.number))
        with CaptureQueriesContext(connection) as queries:
            assert at_desk.get(page(filled.number)).status_code == 200
        return len(queries)

    few = asked()
    for _nth in range(6):
        add_line(consignment=filled, work=kilim, unit_minor=100)
    assert asked() == few <= 20


def test_cartons_are_kept_once_by_name(at_desk, exporter):  # noqa: F811
    carton = {
        "name": "A",
        "inner_length_mm": "60",
        "inner_width_mm": "40",
        "inner_height_mm": "40",
        "wall_mm": "6",
        "tare_grams": "900",
        "greatest_gross_grams": "30000",
    }
    assert at_desk.post(DESK + "cartons/", carton).status_code == 302
    assert exporter.cartons.get().outer == (612, 412, 412)
    assert at_desk.post(DESK + "cartons/", carton).status_code == 422
    assert exporter.cartons.count() == 1
