"""The jury's desk: a dossier that names nobody, points handed in once; officers see how many, not what."""

import io

import pytest
from django.contrib.auth.models import Permission
from django.core.files.base import ContentFile

from authenticity.models import SealApplication, SealGrant, SealScheme
from authenticity.seals import apply_for_seal
from catalogue.pictures import add_picture
from marketplace.core.models import LogEntry, Notice, User
from marketplace.core.pictures import read_picture
from marketplace.juries.models import Score, Seat
from marketplace.juries.services import hand_in, seat
from marketplace.matters.models import Matter
from marketplace.matters.services import decide
from tests.core.marked_pdf import marked_pdf
from tests.desks.papers import pdf, scan

pytestmark = pytest.mark.django_db
CRITERIA = [
    {"code": "skill", "name_fa": "مهارت", "name_en": "Skill", "highest": 10},
    {"code": "colour", "name_fa": "رنگ", "name_en": "Colour", "highest": 10},
]
NAMES = ("weaver", "کارگاه گلیم", "Kilim workshop", "سیرجان", "Sirjan", "artisan", "گلیم شیریکی", "Shiriki")


@pytest.fixture
def application(day, licence, kilim_line, kilim, artisan, officer, own_media):
    add_picture(work=kilim, image=read_picture(scan()), alt_fa="کارگاه گلیم در سیرجان", alt_en="weaver of Sirjan")
    scheme = SealScheme.objects.create(
        slug="national", name_fa="مهر ملی", name_en="National seal", body_fa="م", body_en="B", criteria=CRITERIA
    )
    papers = [
        ("پشت کار آرتیزان artisan", ContentFile(b"photo", "weaver-of-sirjan.webp"), False),
        ("پروانه", ContentFile(b"scan", "licence.pdf"), True),
    ]
    asked = apply_for_seal(scheme=scheme, line=kilim_line, papers=papers, by=artisan)
    decide(matter=Matter.objects.get(), decision="whole", reason="", by=officer)
    return SealApplication.objects.get(pk=asked.pk)


@pytest.fixture
def juror(application):
    person = User.objects.create_user("first-juror", "first@example.org", mobile="+989131110021")
    seat(panel=application.panel, juror=person)
    return person


@pytest.fixture
def second(application):
    person = User.objects.create_user("second-juror", "second@example.org")
    seat(panel=application.panel, juror=person)
    hand_in(panel=application.panel, juror=person, points={"skill": 3, "colour": 4}, remark="سخن دیگری")
    return person


@pytest.fixture
def at_jury(client, juror):
    client.force_login(juror)
    return client


@pytest.fixture
def address(application):
    return f"/desk/jury/{application.panel_id}/"


def main_of(client, address: str) -> str:
    """A page without the site's header: its search field suggests "Kilim of Sirjan" to everybody."""
    return client.get(address).content.decode().partition("<main")[2]


def page_of(application) -> str:
    return f"/desk/officer/applications/{application.pk}/"


def test_the_dossier_names_neither_maker_nor_other_jurors(at_jury, address, second, kilim):
    page = main_of(at_jury, address) + main_of(at_jury, "/desk/jury/")
    for name in (*NAMES, "second-juror", "second@example.org", "سخن دیگری", "T-1", "licence.pdf"):
        assert name not in page
    assert "گلیم‌بافی" in page
    assert "۱۲۰ × ۸۰" in page
    assert 'alt="اثر ۱، تصویر ۱"' in page or 'alt="Work ۱, picture ۱"' in page


def test_the_dossier_in_english_names_nobody_either(at_jury, address, second, kilim):
    page = main_of(at_jury, f"/en{address}")
    for name in (*NAMES, "second-juror"):
        assert name not in page
    assert "Kilim weaving" in page


def test_points_are_handed_in_once(at_jury, address, juror):
    sent = {"points_0": "۹", "points_1": "8", "remark": "بافت یکدست"}
    assert at_jury.post(address, sent).status_code == 302
    mine = Seat.objects.get(juror=juror)
    assert dict(mine.scores.values_list("criterion", "points")) == {"skill": 9, "colour": 8}
    again = at_jury.post(address, sent | {"points_0": "1"})
    assert (again.status_code, again.context["form"].non_field_errors().as_data()[0].code) == (422, "handed_in")
    assert dict(mine.scores.values_list("criterion", "points")) == {"skill": 9, "colour": 8}
    assert "بافت یکدست" in at_jury.get(address).content.decode()


@pytest.mark.parametrize("points", [{"points_0": "9"}, {"points_0": "11", "points_1": "1"}, {"points_0": "-1"}])
def test_points_that_are_not_whole_or_out_of_range_are_refused(at_jury, address, points):
    assert at_jury.post(address, points).status_code == 422
    assert Score.objects.count() == 0


def test_who_does_not_sit_finds_nothing(client, buyer, address, juror):
    client.force_login(buyer)
    assert client.get(address).status_code == 404
    assert client.post(address, {"points_0": "1", "points_1": "1"}).status_code == 404
    assert client.get(f"{address}papers/1/").status_code == 404
    assert (Score.objects.count(), list(client.get("/desk/jury/").context["rows"])) == (0, [])


def test_a_paper_opens_under_a_name_that_tells_nothing(at_jury, address):
    response = at_jury.get(f"{address}papers/1/")
    assert response.headers["Content-Disposition"] == 'attachment; filename="paper-1.webp"'
    assert b"".join(response.streaming_content) == b"photo"
    assert at_jury.get(f"{address}papers/2/").status_code == 404


def test_a_pdf_tells_jurors_nothing_beside_its_pages(at_jury, address, application):
    paper = application.documents.order_by("pk").first()
    paper.file.save("weaver.pdf", ContentFile(marked_pdf()))
    response = at_jury.get(f"{address}papers/1/")
    content = b"".join(response.streaming_content)
    assert response.headers["Content-Disposition"] == 'attachment; filename="paper-1.pdf"'
    assert (content[:5], b"Zahra" in content) == (b"%PDF-", False)
    paper.file.save("weaver.pdf", ContentFile(b"%PDF-1.7 unreadable"))
    assert at_jury.get(f"{address}papers/1/").status_code == 404


@pytest.mark.parametrize("page", ["/desk/jury/", "/desk/jury/{pk}/"])
def test_a_jurors_pages_ask_at_most_twenty_times(at_jury, application, second, page, django_assert_max_num_queries):
    with django_assert_max_num_queries(20):
        assert at_jury.get(page.format(pk=application.panel_id)).status_code == 200


def test_an_officer_calls_jurors_who_are_told(at_officers_desk, application, buyer, manager):
    manager.user_permissions.add(Permission.objects.get(codename="sit"))
    sent = {"act": "call", "known": [manager.pk], "other": "۰۹۱۳۱۱۱۰۰۰۲"}
    assert at_officers_desk.post(page_of(application), sent).status_code == 302
    assert set(application.panel.seats.values_list("juror", flat=True)) == {buyer.pk, manager.pk}
    told = Notice.objects.get(user=buyer, kind="jury_called")
    assert told.link.endswith(f"/desk/jury/{application.panel_id}/")
    for name in NAMES:
        assert name not in told.text_fa + told.text_en


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ("nobody@example.org", "unknown_person"),
        ("", "nobody_chosen"),
        ("artisan@example.org", "interested"),
        ("officer@example.org", "knows_the_maker"),
    ],
)
def test_who_may_not_sit_is_not_called(at_officers_desk, application, other, code):
    response = at_officers_desk.post(page_of(application), {"act": "call", "other": other})
    found = [error.code for errors in response.context["form"].errors.as_data().values() for error in errors]
    assert (response.status_code, found, Seat.objects.count()) == (422, [code], 0)


def test_a_jury_ends_with_three_and_the_officer_never_sees_whose_points(at_officers_desk, application, juror, second):
    page = at_officers_desk.get(page_of(application))
    assert (page.context["handed_in"], "سخن دیگری" in page.content.decode()) == (1, False)
    response = at_officers_desk.post(page_of(application), {"act": "close"})
    assert (response.status_code, Matter.objects.waiting().count()) == (422, 0)
    for name in ("third", "fourth"):
        person = User.objects.create_user(name)
        seat(panel=application.panel, juror=person)
        hand_in(panel=application.panel, juror=person, points={"skill": 9, "colour": 9})
    assert at_officers_desk.post(page_of(application), {"act": "close"}).status_code == 302
    assert Matter.objects.waiting().get().kind == "seal_decision"


def test_a_maker_is_not_let_to_the_officers_pages(at_desk, application, seal, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    for address in (page_of(application), f"/desk/officer/grants/{seal.pk}/"):
        assert at_desk.get(address).status_code == 403
        assert at_desk.post(address, {"act": "revoke", "reason": "x"}).status_code == 403
    seal.refresh_from_db()
    assert (seal.revoked_on, Seat.objects.count()) == (None, 0)


def test_a_grant_is_suspended_reinstated_and_revoked_with_a_reason(at_officers_desk, seal, officer, day):
    address = f"/desk/officer/grants/{seal.pk}/"
    assert at_officers_desk.post(address, {"act": "suspend", "reason": ""}).status_code == 422
    for act, state in (("suspend", "bad"), ("reinstate", "good"), ("revoke", "bad")):
        assert at_officers_desk.post(address, {"act": act, "reason": "یک پرسش"}).status_code == 302
        assert at_officers_desk.get(address).context["row"].state_class == state
    assert at_officers_desk.post(address, {"act": "suspend", "reason": "x"}).status_code == 422
    kept = LogEntry.objects.filter(chain="seal-officers").order_by("number")
    assert [(line.kind, line.body["by"]) for line in kept] == [
        ("suspend", officer.pk),
        ("reinstate", officer.pk),
        ("revoke", officer.pk),
    ]
    assert Notice.objects.filter(kind="seal_changed").count() == 3
    seal.refresh_from_db()
    assert (seal.revoked_on, seal.suspended_on) == (day, None)


def test_a_certificate_is_kept_byte_for_byte(at_officers_desk, seal, day):
    address = f"/desk/officer/grants/{seal.pk}/"
    refused = at_officers_desk.post(address, {"certificate": "1", "file": scan()})
    assert refused.status_code == 422
    assert SealGrant.objects.get().certificate_digest == ""
    whole = pdf()
    assert at_officers_desk.post(address, {"certificate": "1", "file": whole}).status_code == 302
    kept = SealGrant.objects.get()
    assert (kept.certificate.read(), kept.checked_on, len(kept.certificate_digest)) == (whole.getvalue(), day, 64)
    assert isinstance(whole, io.BytesIO)


@pytest.mark.parametrize("page", ["applications/{application}/", "grants/{grant}/"])
def test_the_officers_pages_ask_at_most_twenty_times(
    at_officers_desk, application, seal, second, page, django_assert_max_num_queries
):
    with django_assert_max_num_queries(20):
        address = "/desk/officer/" + page.format(application=application.pk, grant=seal.pk)
        assert at_officers_desk.get(address).status_code == 200
