"""Papers sent in: stored privately, encoded anew, never taken by their name; each form once."""

import io
import uuid
from datetime import date

import pytest
from PIL import Image

from catalogue.models import ImportPermit, OriginDocument, Product
from marketplace.core.models import Refusal
from marketplace.desks import papers
from marketplace.drafts.models import DraftPicture
from marketplace.makers.models import LicenceClaim
from marketplace.matters.models import Matter, MatterStep
from tests.desks.conftest import studio
from tests.desks.papers import pdf, scan

LICENCE = "/desk/licences/new/"


def files(folder) -> list[str]:
    return sorted(file.suffix for file in folder.rglob("*") if file.is_file())


@pytest.fixture
def licence_form(flatweave):
    def filled(**changes):
        return {
            "token": str(uuid.uuid4()),
            "kind": "workshop",
            "craft_group": flatweave.pk,
            "number": " ۱۲۳/ک ",
            "issued_on": "۱۴۰۵/۰۱/۱۵",
            "expires_on": "۱۴۰۷/۰۱/۱۵",
            "pieces_a_year": "۴۰",
            "scan": pdf(),
        } | changes

    return filled


def codes(response) -> dict[str, list[str]]:
    return {name: [error.code for error in found] for name, found in response.context["form"].errors.as_data().items()}


def test_a_licence_waits_for_an_officer_and_counts_for_nothing_yet(
    at_desk, weaver, flatweave, licence_form, private_papers
):
    response = at_desk.post(LICENCE, licence_form())
    claim, matter = LicenceClaim.objects.get(), Matter.objects.get()
    assert (response.status_code, response.headers["Location"]) == (302, f"/desk/matters/{matter.pk}/")
    assert (claim.maker, claim.craft_group, claim.number, claim.issued_on, claim.pieces_a_year) == (
        weaver,
        flatweave,
        "۱۲۳/ک",
        date(2026, 4, 4),
        40,
    )
    assert (matter.kind, matter.maker, weaver.licences.count()) == ("production_licence", weaver, 0)
    assert (files(private_papers), claim.scan.name.startswith("licences/2026/")) == ([".pdf"], True)


def test_pressing_twice_sends_once_and_leaves_no_spare_file(at_desk, licence_form, private_papers):
    filled = licence_form()
    at_desk.post(LICENCE, filled)
    at_desk.post(LICENCE, filled | {"scan": pdf()})
    assert (LicenceClaim.objects.count(), Matter.objects.count(), files(private_papers)) == (1, 1, [".pdf"])


def test_every_mistake_is_told_and_the_paper_is_kept(at_desk, licence_form):
    response = at_desk.post(LICENCE, licence_form(number="", issued_on="دیروز"))
    assert (response.status_code, codes(response)) == (422, {"number": ["required"], "issued_on": ["invalid"]})
    kept = response.context["form"].scan_row()["word"]
    again = licence_form(kept_scan=kept)
    del again["scan"]
    assert at_desk.post(LICENCE, again).status_code == 302


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"expires_on": "1404/01/01"}, {"expires_on": ["licence_dates"]}),
        ({"issued_on": "2027-01-01", "expires_on": "2028-01-01"}, {"issued_on": ["future_event"]}),
        ({"scan": pdf(content=b"%PDF-1.7 cut")}, {"scan": ["paper_unreadable"]}),
        ({"scan": pdf("licence.pdf", b"<svg/>")}, {"scan": ["paper_kind"]}),
        ({"scan": pdf("licence.pdf", b"MZ\x90\0")}, {"scan": ["paper_kind"]}),
    ],
)
def test_a_wrong_paper_or_date_is_refused_and_nothing_is_sent(at_desk, licence_form, private_papers, changes, told):
    response = at_desk.post(LICENCE, licence_form(**changes))
    assert (response.status_code, codes(response)) == (422, told)
    assert (LicenceClaim.objects.count(), Matter.objects.count()) == (0, 0)


def test_a_paper_that_is_too_large_is_refused_and_not_stored(at_desk, licence_form, private_papers, monkeypatch):
    monkeypatch.setattr(papers, "MOST_BYTES", 40)
    response = at_desk.post(LICENCE, licence_form())
    assert (codes(response), files(private_papers)) == ({"scan": ["paper_too_large"]}, [])


def test_a_photo_is_encoded_anew_without_what_hid_in_it(at_desk, licence_form, private_papers):
    photo = scan()
    hidden = io.BytesIO(photo.getvalue() + b"PK\x03\x04<script>alert(1)</script>")
    hidden.name = "scan.jpg"
    at_desk.post(LICENCE, licence_form(scan=hidden))
    stored = next(file for file in private_papers.rglob("*.jpg")).read_bytes()
    assert (b"<script>" in stored, Image.open(io.BytesIO(stored)).format) == (False, "JPEG")


def test_a_kept_paper_is_good_for_its_own_sender_only(at_desk, client, licence_form, other_artisan, coppersmith):
    kept = at_desk.post(LICENCE, licence_form(number="")).context["form"].scan_row()["word"]
    client.force_login(other_artisan)
    stolen = licence_form(kept_scan=kept)
    del stolen["scan"]
    assert codes(client.post(LICENCE, stolen))["scan"][0] == "paper_gone"
    assert LicenceClaim.objects.count() == 0


def asked(**changes):
    return {
        "token": str(uuid.uuid4()),
        "text": "در کارگاه خودم بافتم.",
        "title_1": "عکس دار",
        "document_1": scan(),
    } | changes


def test_a_verification_is_asked_for_with_its_documents(at_copper_desk, unproven_tray, other_artisan):
    path = f"/desk/works/{unproven_tray.pk}/origin/"
    sent = asked(title_2="رسید مس", document_2=pdf())
    at_copper_desk.post(path, sent)
    matter = Matter.objects.get()
    assert (matter.kind, matter.subject) == ("origin", f"catalogue.product:{unproven_tray.pk}")
    assert list(OriginDocument.objects.values_list("title", "added_by")) == [
        ("عکس دار", other_artisan.pk),
        ("رسید مس", other_artisan.pk),
    ]
    assert MatterStep.objects.get().text == "در کارگاه خودم بافتم."
    at_copper_desk.post(path, sent | {"document_1": scan(), "document_2": pdf()})
    assert (OriginDocument.objects.count(), MatterStep.objects.count()) == (2, 1)
    assert f"/desk/matters/{matter.pk}/" in at_copper_desk.get(path).content.decode()


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"document_1": ""}, {"document_1": ["no_document"]}),
        ({"title_1": ""}, {"title_1": ["no_document_title"]}),
        ({"text": ""}, {"text": ["required"]}),
    ],
)
def test_a_question_without_what_shows_it_is_not_sent(at_copper_desk, unproven_tray, changes, told):
    response = at_copper_desk.post(f"/desk/works/{unproven_tray.pk}/origin/", asked(**changes))
    assert (response.status_code, codes(response)) == (422, told)
    assert (Matter.objects.count(), OriginDocument.objects.count()) == (0, 0)


def test_nobody_asks_about_anothers_work(at_desk, unproven_tray):
    path = f"/desk/works/{unproven_tray.pk}/origin/"
    assert (at_desk.get(path).status_code, at_desk.post(path, asked()).status_code) == (404, 404)
    assert (Matter.objects.count(), OriginDocument.objects.count()) == (0, 0)


def test_a_foreign_work_is_listed_with_its_permit(at_desk, work_form, weaver, private_papers):
    permit = {"permit_number": "G-7", "permit_issued_on": "۱۴۰۵/۰۲/۰۱", "permit_scan": pdf()}
    at_desk.post(studio(), work_form(origin_country="TR", **permit))
    work, registered = Product.objects.get(), ImportPermit.objects.get()
    assert (work.origin_state, work.import_permit, registered.number) == ("foreign", registered, "G-7")
    assert (registered.issued_on, registered.maker) == (date(2026, 4, 21), weaver)
    assert files(private_papers).count(".pdf") == 1
    assert (Matter.objects.get().kind, work.stockrecords.count()) == ("import_permit", 1)


def test_a_known_permit_is_found_again_and_not_sent_twice(at_desk, work_form):
    permit = {"permit_number": "G-7", "permit_issued_on": "2026-04-21"}
    at_desk.post(studio(), work_form(origin_country="TR", permit_scan=pdf(), **permit))
    at_desk.post(studio(), work_form(origin_country="TR", **permit))
    assert (Product.objects.count(), ImportPermit.objects.count(), Matter.objects.count()) == (2, 1, 1)


def test_a_foreign_work_without_a_permit_is_refused_recorded_and_nothing_typed_is_lost(at_desk, work_form, weaver):
    response = at_desk.post(studio(), work_form(origin_country="TR"))
    refusal, page = Refusal.objects.get(), response.content.decode()
    assert (response.status_code, refusal.code, refusal.door) == (422, "no_import_permit", "create_work")
    assert (refusal.sentence in page, "گلیم گل‌ریز" in page, 'href="#permit"' in page) == (True, True, True)
    assert DraftPicture.objects.count() == 1
    assert Product.objects.count() == 0


def test_a_permit_of_another_country_does_not_cover_the_work(at_desk, work_form):
    permit = {"permit_number": "G-7", "permit_issued_on": "2026-04-21"}
    at_desk.post(studio(), work_form(origin_country="TR", permit_scan=pdf(), **permit))
    response = at_desk.post(studio(), work_form(origin_country="CN", **permit))
    assert (response.status_code, Refusal.objects.get().code) == (422, "no_import_permit")
    assert (Product.objects.count(), ImportPermit.objects.get().country) == (1, "TR")
