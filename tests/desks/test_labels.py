"""A maker's labels: made once within the quota, kept until printed, voided with a reason, seen by nobody else."""

import io
import uuid
from datetime import timedelta

import pypdfium2
import pytest
from django.utils import timezone

from authenticity.models import LabelSheet, Passport
from authenticity.passports import activate, make_labels
from authenticity.printing import forget_old_sheets, quotas
from tests.cast import DAY

pytestmark = pytest.mark.django_db
LABELS, NEW = "/desk/labels/", "/desk/labels/new/"


@pytest.fixture
def capacity(licence):
    licence.pieces_a_year = 6
    licence.save()
    return licence


@pytest.fixture
def form(capacity, kilim, site):
    def filled(**changes):
        wanted = {"work": kilim.pk, "count": "۴", "layout": "a4-2x4", "language": "en", "gtin": ""}
        return {"token": str(uuid.uuid4()), **wanted} | changes

    return filled


@pytest.fixture
def sheet(at_desk, form):
    assert at_desk.post(NEW, form()).status_code == 302
    return LabelSheet.objects.get()


def codes(response) -> list[str]:
    return [error.code for found in response.context["form"].errors.as_data().values() for error in found]


def is_kept(name: str) -> bool:
    return LabelSheet._meta.get_field("file").storage.exists(name)


def test_a_sheet_is_made_and_downloaded(at_desk, sheet, weaver, artisan):
    assert (sheet.maker, sheet.made_by, sheet.passports.count()) == (weaver, artisan, 4)
    response = at_desk.get(f"{LABELS}{sheet.pk}/sheet.pdf")
    assert response.headers["Content-Disposition"] == f'attachment; filename="labels-{sheet.pk}.pdf"'
    assert "no-store" in response.headers["Cache-Control"]
    document = pypdfium2.PdfDocument(io.BytesIO(b"".join(response.streaming_content)))
    assert sheet.passports.first().serial in document[0].get_textpage().get_text_bounded()
    assert [row.left for row in quotas(weaver, on=DAY)] == [2]


def test_pressing_twice_makes_one_sheet(at_desk, form):
    sent = form()
    assert [at_desk.post(NEW, sent).status_code for _press in range(2)] == [302, 302]
    assert (LabelSheet.objects.count(), Passport.objects.count()) == (1, 4)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"count": "7"}, "over_capacity"),
        ({"count": "0"}, "min_value"),
        ({"gtin": "12345678"}, "bad_gtin"),
        ({"layout": "a3"}, "invalid_choice"),
    ],
)
def test_what_a_rule_refuses_makes_no_label(at_desk, form, changes, code):
    response = at_desk.post(NEW, form(**changes))
    assert (response.status_code, codes(response)) == (422, [code])
    assert (LabelSheet.objects.count(), Passport.objects.count()) == (0, 0)


def test_another_makers_gtin_is_refused(at_desk, form, coppersmith, unproven_tray):
    Passport.objects.create(
        code="0" * 26,
        serial="1405-000001",
        gtin="04006381333931",
        status_index=1,
        work=unproven_tray,
        maker=coppersmith,
        issued_on=DAY,
    )
    response = at_desk.post(NEW, form(gtin="۴۰۰۶۳۸۱۳۳۳۹۳۱"))
    assert (response.status_code, codes(response)) == (422, ["gtin_of_another"])
    assert LabelSheet.objects.count() == 0


def test_neither_anothers_work_nor_a_foreign_one_can_be_chosen(at_desk, form, unproven_tray):
    response = at_desk.post(NEW, form(work=unproven_tray.pk))
    assert (response.status_code, codes(response), Passport.objects.count()) == (422, ["invalid_choice"], 0)


def test_printed_well_deletes_the_file(at_desk, sheet, django_capture_on_commit_callbacks):
    name = sheet.file.name
    assert is_kept(name)
    with django_capture_on_commit_callbacks(execute=True):
        assert at_desk.post(f"{LABELS}{sheet.pk}/printed/").status_code == 302
    sheet.refresh_from_db()
    assert (bool(sheet.file), sheet.printed_at is not None, is_kept(name)) == (False, True, False)
    assert at_desk.get(f"{LABELS}{sheet.pk}/sheet.pdf").status_code == 404
    first = sheet.printed_at
    at_desk.post(f"{LABELS}{sheet.pk}/printed/")
    sheet.refresh_from_db()
    assert sheet.printed_at == first


def test_files_older_than_thirty_days_go(sheet, django_capture_on_commit_callbacks):
    name = sheet.file.name
    assert (forget_old_sheets(), is_kept(name)) == (0, True)
    LabelSheet.objects.update(made_at=timezone.now() - timedelta(days=31))
    with django_capture_on_commit_callbacks(execute=True):
        assert forget_old_sheets() == 1
    sheet.refresh_from_db()
    assert (bool(sheet.file), sheet.printed_at, is_kept(name)) == (False, None, False)
    assert forget_old_sheets() == 0


def test_a_spoiled_label_is_voided_with_a_reason(at_desk, sheet, weaver):
    label = sheet.passports.order_by("serial").first()
    address = f"{LABELS}label/{label.pk}/void/"
    assert at_desk.post(address, {"because": ""}).status_code == 422
    assert at_desk.post(address, {"because": "پاره شد"}).status_code == 302
    label.refresh_from_db()
    assert (label.voided_on, label.because) == (DAY, "پاره شد")
    assert [row.left for row in quotas(weaver, on=DAY)] == [3]
    assert "پاره شد" in at_desk.get(f"{LABELS}{sheet.pk}/").content.decode()
    assert at_desk.get(f"{LABELS}label/{label.pk}/card.pdf").status_code == 404


def test_a_label_in_use_is_not_voided(at_desk, capacity, kilim):
    label = make_labels(work=kilim, count=1)[1][0]
    activate(passport=label.passport, scratch=label.scratch, place="p", device="d")
    response = at_desk.post(f"{LABELS}label/{label.passport.pk}/void/", {"because": "x"})
    assert (response.status_code, codes(response)) == (422, ["label_used"])
    assert Passport.objects.get().voided_on is None


def test_the_card_names_the_piece_and_its_seal(at_desk, sheet, seal):
    label = sheet.passports.first()
    response = at_desk.get(f"{LABELS}label/{label.pk}/card.pdf")
    text = "".join(
        page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(io.BytesIO(response.content))
    )
    assert label.serial in text
    assert "Quality" in text


def test_anothers_labels_are_not_there(at_desk, sheet, client, other_artisan, coppersmith):
    label = sheet.passports.first()
    client.force_login(other_artisan)
    own = (f"{LABELS}{sheet.pk}/", f"{LABELS}{sheet.pk}/sheet.pdf", f"{LABELS}label/{label.pk}/card.pdf")
    assert [client.get(address).status_code for address in own] == [404, 404, 404]
    assert client.post(f"{LABELS}{sheet.pk}/printed/").status_code == 404
    assert client.post(f"{LABELS}label/{label.pk}/void/", {"because": "x"}).status_code == 404
    label.refresh_from_db()
    assert (label.voided_on, is_kept(sheet.file.name), len(client.get(LABELS).context["page"])) == (None, True, 0)


@pytest.mark.parametrize("address", [LABELS, NEW, LABELS + "{sheet}/", LABELS + "label/{label}/void/"])
def test_the_pages_ask_at_most_twenty_times(at_desk, sheet, address, django_assert_max_num_queries):
    with django_assert_max_num_queries(20):
        page = at_desk.get(address.format(sheet=sheet.pk, label=sheet.passports.first().pk))
    assert page.status_code == 200
