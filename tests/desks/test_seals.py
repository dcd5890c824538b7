"""A maker's seals: asked for once, sent again after a return, seen by nobody else."""

import uuid

import pytest
from django.core.files.base import ContentFile

from authenticity.models import SealApplication, SealDocument, SealScheme
from authenticity.seals import apply_for_seal, return_papers
from catalogue.models import ProductLine
from marketplace.matters.models import Matter
from marketplace.matters.services import decide
from tests.desks.papers import pdf, scan

pytestmark = pytest.mark.django_db
CRITERIA = [{"code": "skill", "name_fa": "مهارت", "name_en": "Skill", "highest": 10}]
SEALS, NEW = "/desk/seals/", "/desk/seals/new/"


@pytest.fixture
def scheme(day):
    return SealScheme.objects.create(
        slug="national", name_fa="مهر ملی", name_en="National seal", body_fa="م", body_en="B", criteria=CRITERIA
    )


@pytest.fixture
def form(scheme, licence, kilim_line):
    def filled(**changes):
        return {
            "token": str(uuid.uuid4()),
            "scheme": scheme.pk,
            "line": kilim_line.pk,
            "text": "بافت ریز",
            "paper_1": scan(),
            "title_1": "پشت کار",
            "paper_2": pdf(),
            "title_2": "پروانه",
            "names_2": "on",
        } | changes

    return filled


@pytest.fixture
def application(scheme, licence, kilim_line, kilim, artisan):
    papers = [("عکس", ContentFile(b"photo", "work.webp"), False)]
    return apply_for_seal(scheme=scheme, line=kilim_line, papers=papers, by=artisan)


def codes(response) -> list[str]:
    return [error.code for found in response.context["form"].errors.as_data().values() for error in found]


def test_an_application_goes_to_the_officers_with_its_papers(at_desk, weaver, form):
    response = at_desk.post(NEW, form())
    application = SealApplication.objects.get()
    assert (response.status_code, response.headers["Location"]) == (302, f"/desk/seals/{application.pk}/")
    assert (application.maker, application.text, application.state) == (weaver, "بافت ریز", "sent")
    assert list(application.documents.values_list("title", "names_the_maker")) == [("پشت کار", False), ("پروانه", True)]
    assert Matter.objects.get().kind == "seal_papers"


def test_pressing_twice_asks_once(at_desk, form, private_papers):
    token = str(uuid.uuid4())
    for _press in range(2):
        assert at_desk.post(NEW, form(token=token)).status_code == 302
    assert (SealApplication.objects.count(), SealDocument.objects.count()) == (1, 2)
    assert len([file for file in private_papers.rglob("*") if file.is_file()]) == 2


@pytest.mark.parametrize(("for_officers_only", "told"), [(False, ["paper_unreadable"]), (True, [])])
def test_a_pdf_for_jurors_whose_pages_cannot_be_read_alone_is_not_sent(at_desk, form, for_officers_only, told):
    sent = form(paper_1=pdf(content=b"%PDF-1.7 locked %%EOF"), **({"names_1": "on"} if for_officers_only else {}))
    response = at_desk.post(NEW, sent)
    assert response.status_code == (302 if for_officers_only else 422)
    assert (codes(response) if told else []) == told
    assert SealApplication.objects.count() == (1 if for_officers_only else 0)


def test_a_second_application_in_the_same_round_is_refused(at_desk, form, application):
    response = at_desk.post(NEW, form())
    assert (response.status_code, codes(response)) == (422, ["applied_before"])
    assert SealApplication.objects.count() == 1


def test_an_application_without_a_paper_or_a_licence_is_refused(at_desk, form, licence):
    sent = form()
    response = at_desk.post(NEW, {name: sent[name] for name in ("token", "scheme", "line")})
    assert (response.status_code, codes(response)) == (422, ["no_papers"])
    licence.delete()
    assert codes(at_desk.post(NEW, form())) == ["no_licence"]
    assert SealApplication.objects.count() == 0


def test_a_paper_needs_a_title(at_desk, form):
    assert codes(at_desk.post(NEW, form(title_1=""))) == ["no_document_title"]
    assert SealApplication.objects.count() == 0


def test_neither_a_past_scheme_nor_anothers_line_can_be_chosen(at_desk, form, scheme, coppersmith, copper_craft):
    other = ProductLine.objects.create(maker=coppersmith, craft=copper_craft, name_fa="سینی", name_en="Trays")
    assert codes(at_desk.post(NEW, form(line=other.pk))) == ["invalid_choice"]
    SealScheme.objects.update(last_year=2012)
    assert codes(at_desk.post(NEW, form())) == ["invalid_choice"]
    assert SealApplication.objects.count() == 0


def test_a_returned_application_is_sent_again(at_desk, application, officer):
    decide(matter=Matter.objects.get(), decision="missing", reason="عکس پشت کار نیست", by=officer)
    page = at_desk.get(f"{SEALS}{application.pk}/").content.decode()
    assert "عکس پشت کار نیست" in page
    sent = {"token": str(uuid.uuid4()), "paper_1": scan(), "title_1": "پشت کار"}
    assert at_desk.post(f"{SEALS}{application.pk}/", sent).status_code == 302
    application.refresh_from_db()
    assert (application.state, application.documents.count()) == ("sent", 2)


def test_what_waits_cannot_be_sent_again(at_desk, application):
    response = at_desk.post(f"{SEALS}{application.pk}/", {"token": str(uuid.uuid4())})
    assert (response.status_code, codes(response)) == (422, ["wrong_step"])
    assert Matter.objects.count() == 1


def test_anothers_application_is_not_there(at_copper_desk, application):
    return_papers(application=application, because="x")
    address = f"{SEALS}{application.pk}/"
    sent = {"token": str(uuid.uuid4()), "paper_1": scan(), "title_1": "x"}
    assert (at_copper_desk.get(address).status_code, at_copper_desk.post(address, sent).status_code) == (404, 404)
    application.refresh_from_db()
    assert (application.state, application.documents.count()) == ("returned", 1)
    assert application.scheme.name not in at_copper_desk.get(SEALS).content.decode()


@pytest.mark.parametrize("address", [SEALS, NEW, SEALS + "{pk}/"])
def test_the_pages_ask_at_most_twenty_times(at_desk, application, seal, address, django_assert_max_num_queries):
    with django_assert_max_num_queries(20):
        assert at_desk.get(address.format(pk=application.pk)).status_code == 200


def test_the_list_shows_grants_and_applications(at_desk, application, seal):
    response = at_desk.get(SEALS)
    assert [row.grant for row in response.context["in_force"]] == [seal]
    assert response.context["applications"] == [(application, "wait")]
