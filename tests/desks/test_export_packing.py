"""Cartons, checks and papers of an exporter's own consignments; another's do not exist here."""

import io
import json
import zipfile

import pypdfium2
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from authenticity.passports import revoke
from marketplace.core.persian import set_apart
from marketplace.export.models import Consignment, ConsignmentStep, ForeignTariff, PackingVersion
from marketplace.export.services import add_line
from tests.export.abroad import (  # noqa: F401
    carrier,
    cartons,
    draft,
    exporter,
    filled,
    gathered,
    labelled,
    other_exporter,
    packed,
)
from tests.export.test_filling import contents


@pytest.fixture
def at_desk(client, exporter):  # noqa: F811
    client.force_login(exporter.user)
    return client


def page(consignment, path: str = "", prefix: str = "/en") -> str:
    return f"{prefix}/desk/export/{consignment.number}/{path}"


def state(consignment) -> str:
    return Consignment.objects.get(pk=consignment.pk).state


def test_cartons_are_filled_and_shown_step_by_step(at_desk, filled, cartons, carrier):  # noqa: F811
    gathered(filled)
    assert at_desk.post(page(filled, "cartons/fill/"), {"carrier": carrier.pk}).status_code == 302
    html = at_desk.get(page(filled, "cartons/")).content.decode()
    assert html.count('<svg class="packing-step"') == 3
    assert "Shiriki-pich kilim" in html
    assert "76.95 kg" in html


@pytest.mark.parametrize("typed", [{}, {"carrier": "99"}])
def test_without_a_carrier_nothing_is_filled(typed, at_desk, filled, cartons, carrier):  # noqa: F811
    gathered(filled)
    assert at_desk.post(page(filled, "cartons/fill/"), typed).status_code == 422
    assert (state(filled), PackingVersion.objects.count()) == ("collecting", 0)


def test_why_a_piece_does_not_fit_is_said(at_desk, filled, cartons, carrier):  # noqa: F811
    gathered(filled)
    filled.lines.update(length_mm=2_000)
    answer = at_desk.post(page(filled, "cartons/fill/"), {"carrier": carrier.pk})
    assert answer.status_code == 422
    assert "larger than every carton" in answer.content.decode()


def test_a_piece_is_moved_by_hand_and_a_limit_is_named(at_desk, packed):  # noqa: F811
    inside = contents(packed)
    full = next(number for number, pieces in inside.items() if len(pieces) == 2)
    alone = next(number for number, pieces in inside.items() if len(pieces) == 1)
    wrong = {"piece": inside[alone][0], "to_carton": full, "seen": 1}
    answer = at_desk.post(page(packed, "cartons/move/"), wrong)
    assert answer.status_code == 422
    assert f"Carton {full} may weigh 8 kg at most; with this piece it would weigh 11.1 kg." in answer.content.decode()
    assert contents(packed) == inside
    right = {"piece": inside[full][0], "to_carton": alone, "seen": 1}
    assert at_desk.post(page(packed, "cartons/move/"), right).status_code == 302
    assert inside[full][0] in contents(packed)[alone]


def test_the_check_names_parcel_and_piece_and_the_dispatch_asks_again(at_desk, packed, labelled):  # noqa: F811
    assert at_desk.post(page(packed, "check/")).status_code == 302
    revoke(passport=labelled, because="copied")
    told = f"“Shiriki-pich kilim {set_apart(labelled.serial)}”: This passport is not in force."
    answer = at_desk.post(page(packed, "dispatch/"), {"tracking": "TR-1"})
    assert (answer.status_code, told in answer.content.decode(), state(packed)) == (422, True, "checked")
    assert told in at_desk.get(page(packed, "check/")).content.decode()


def test_an_empty_dispatch_is_refused(at_desk, packed):  # noqa: F811
    at_desk.post(page(packed, "check/"))
    assert at_desk.post(page(packed, "dispatch/"), {}).status_code == 422
    assert state(packed) == "checked"


def test_from_the_check_to_the_arrival(at_desk, packed):  # noqa: F811
    at_desk.post(page(packed, "check/"))
    assert at_desk.post(page(packed, "dispatch/"), {"tracking": "TR-1"}).status_code == 302
    assert "It arrived" in at_desk.get(page(packed)).content.decode()
    assert at_desk.post(page(packed, "step/arrive/")).status_code == 302
    assert state(packed) == "arrived"


def test_what_carriers_ask_comes_from_the_table_of_the_day(at_desk, packed, carrier):  # noqa: F811
    table = {"carrier": carrier, "zones": {"2": ["DE"]}, "source": "test"}
    old, new = {"2": [[50_000, 7_000_000]]}, {"2": [[50_000, 9_000_000]]}
    ForeignTariff.objects.create(valid_from="2026-01-01", steps=old, **table)
    ForeignTariff.objects.create(valid_from="2026-11-01", steps=new, **table)
    ForeignTariff.objects.create(valid_from="2026-12-01", steps=old, **table)
    html = at_desk.get(page(packed, "cartons/")).content.decode()
    assert "1,800,000 toman" in html  # 2 cartons of 38.477 kg by volume, 9,000,000 rial each
    ForeignTariff.objects.update(steps={"2": [[30_000, 1]]})
    assert "no rate known" in at_desk.get(page(packed, "cartons/")).content.decode()


def test_papers_are_files_in_the_language_of_the_page(at_desk, packed):  # noqa: F811
    html = at_desk.get(page(packed, "papers/")).content.decode()
    assert "papers/invoice.pdf" in html
    answer = at_desk.get(page(packed, "papers/invoice.pdf"))
    assert answer["Content-Disposition"] == f'attachment; filename="invoice-{packed.number}-en.pdf"'
    assert "EUR 4,021.50" in pypdfium2.PdfDocument(answer.content)[0].get_textpage().get_text_range()
    assert "private" in answer["Cache-Control"]
    assert at_desk.get(page(packed, "papers/packing-list.xlsx")).content[:2] == b"PK"
    assert json.loads(at_desk.get(page(packed, "papers/consignment.json")).content)["totals"]["total_minor"] == 402_150
    with zipfile.ZipFile(io.BytesIO(at_desk.get(page(packed, "papers/dossier.zip")).content)) as dossier:
        assert "marks-en.pdf" in dossier.namelist()


@pytest.mark.parametrize("name", ["nothing.pdf", "invoice.exe", "marks.xlsx", "dossier.pdf"])
def test_a_paper_that_there_is_not(name, at_desk, packed):  # noqa: F811
    assert at_desk.get(page(packed, f"papers/{name}")).status_code == 404


@pytest.mark.parametrize("name", ["packing-list.pdf", "cn23.xlsx", "marks.pdf"])
def test_papers_of_cartons_wait_for_the_cartons(name, at_desk, filled):  # noqa: F811
    assert at_desk.get(page(filled, f"papers/{name}")).status_code == 404
    assert "when the cartons are filled" in at_desk.get(page(filled, "papers/")).content.decode()


def test_another_exporter_finds_no_carton_and_no_paper(client, packed, other_exporter):  # noqa: F811
    client.force_login(other_exporter.user)
    before = (list(ConsignmentStep.objects.values()), list(PackingVersion.objects.values()))
    looked = ("cartons/", "check/", "dispatch/", "papers/", "papers/invoice.pdf", "papers/dossier.zip")
    written = ("cartons/fill/", "cartons/move/", "cartons/unpack/", "check/", "dispatch/", "step/arrive/")
    answers = [client.get(page(packed, path)).status_code for path in looked]
    answers += [
        client.post(page(packed, path), {"tracking": "x", "carrier": packed.carrier_id}).status_code for path in written
    ]
    assert set(answers) == {404}
    assert (list(ConsignmentStep.objects.values()), list(PackingVersion.objects.values())) == before


@pytest.mark.parametrize("path", ["cartons/", "check/", "papers/"])
def test_pages_ask_as_little_for_many_lines_as_for_few(path, at_desk, packed, other_exporter, kilim, carrier):  # noqa: F811
    def asked() -> int:
        at_desk.get(page(packed, path))
        with CaptureQueriesContext(connection) as queries:
            assert at_desk.get(page(packed, path)).status_code == 200
        return len(queries)

    few = asked()
    Consignment.objects.filter(pk=packed.pk).update(state="draft")
    packed.refresh_from_db()
    for _nth in range(3):
        add_line(consignment=packed, work=kilim, quantity=2, unit_minor=100)
    Consignment.objects.filter(pk=packed.pk).update(state="collecting")
    packed.lines.update(length_mm=800, width_mm=400, height_mm=100, weight_grams=3_400)
    assert at_desk.post(page(packed, "cartons/fill/"), {"carrier": carrier.pk}).status_code == 302
    assert asked() == few <= 20
