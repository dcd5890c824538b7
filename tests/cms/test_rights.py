"""An editor of Ravar edits Ravar only, its secretary approves, and a term that is over gives nothing: by pages and by files."""

import io
import json

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from PIL import Image
from wagtail.documents import get_document_model
from wagtail.models import Collection, Page, TaskState

from cms.models import CityPage, CmsImage, NewsPage
from cms.rights import settle
from cms.services import publish_city_story
from marketplace.core import clock
from marketplace.core.models import User
from marketplace.secretariats import services
from marketplace.secretariats.models import Appointment
from tests.cast import DAY
from tests.core.test_pictures import own_media  # noqa: F401
from tests.secretariats.people import (  # noqa: F401
    TOMORROW,
    UNTIL,
    appoint,
    editor,
    eligibility,
    person,
    ravar,
    secretariat,
    secretary,
)

STORY = {"lead": "شهر قالی", "body": []}


@pytest.fixture
def pages(secretariat, ravar, sirjan, settings):  # noqa: F811
    """The pages of Ravar and Sirjan; no second factor is asked for here."""
    settings.SECOND_FACTOR_REQUIRED = False
    return publish_city_story(ravar, "fa", STORY), publish_city_story(sirjan, "fa", STORY)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def news_form(page: Page | None = None, **other) -> dict:
    empty = {"body-count": "0"}
    told = {"title": "خبر تازه", "slug": "news", "lead": "گشایش", "kind": "news", "announced_on": "2026-11-20", **empty}
    comments = {f"comments-{name}": "0" for name in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS")}
    return told | comments | other


def city_form(page: CityPage, **other) -> dict:
    told = news_form(title="راور، شهر قالی", slug=page.slug, lead="پیش‌نویس", **{"library-count": "0"})
    return told | other


def edit_of(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def picture_in(collection) -> CmsImage:
    out = io.BytesIO()
    Image.new("RGB", (40, 40), (20, 90, 90)).save(out, "PNG")
    return CmsImage.objects.create(title="قالی", file=ContentFile(out.getvalue(), "p.png"), collection=collection)


def paper_in(collection):
    return get_document_model().objects.create(title="پرونده", file=ContentFile(b"a,b", "p.csv"), collection=collection)


def test_a_draft_goes_live_when_the_secretary_approves(pages, editor, secretary, client):  # noqa: F811
    mine, _other = pages
    drafting = signed_in(editor)
    sent = drafting.post(edit_of(mine), city_form(mine, **{"action-submit": "1"}))
    assert sent.status_code == 302
    mine.refresh_from_db()
    assert mine.lead == "شهر قالی"
    state = TaskState.objects.get()
    assert state.status == "in_progress"
    approving = signed_in(secretary)
    address = reverse("wagtailadmin_pages:workflow_action", args=[mine.pk, "approve", state.pk])
    assert drafting.post(address, {"comment": ""}).status_code == 302  # Wagtail sends away whoever may not approve
    mine.refresh_from_db()
    assert (mine.lead, TaskState.objects.get().status) == ("شهر قالی", "in_progress")
    approving.post(address, {"comment": ""})
    mine.refresh_from_db()
    assert (mine.lead, mine.title, TaskState.objects.get().status) == ("پیش‌نویس", "راور، شهر قالی", "approved")
    assert "پیش‌نویس" in client.get("/city/ravar/").content.decode()


def test_an_editor_cannot_publish(pages, editor):  # noqa: F811
    mine, _other = pages
    signed_in(editor).post(edit_of(mine), city_form(mine, **{"action-publish": "1"}))
    mine.refresh_from_db()
    assert (mine.lead, mine.has_unpublished_changes) == ("شهر قالی", True)


def test_an_editor_writes_news_below_their_city(pages, editor):  # noqa: F811
    mine, other = pages
    drafting = signed_in(editor)
    for parent in (mine, other):
        drafting.post(reverse("wagtailadmin_pages:add", args=["cms", "newspage", parent.pk]), news_form())
    assert [page.get_parent().pk for page in NewsPage.objects.all()] == [mine.pk]
    assert not NewsPage.objects.get().live


@pytest.mark.parametrize("view", ["edit", "delete", "copy", "move", "unpublish", "history", "view_draft"])
def test_an_editor_is_refused_on_another_city(pages, editor, view):  # noqa: F811
    _mine, other = pages
    before = other.latest_revision_id
    drafting = signed_in(editor)
    address = reverse(f"wagtailadmin_pages:{view}", args=[other.pk])
    for answer in (drafting.get(address), drafting.post(address, city_form(other))):
        assert answer.status_code in (302, 403, 404)
    other.refresh_from_db()
    assert (other.lead, other.latest_revision_id, other.live) == ("شهر قالی", before, True)


def test_the_secretary_of_one_city_does_not_approve_for_another(pages, editor, secretary, sirjan):  # noqa: F811
    _mine, other = pages
    theirs = services.found(city=sirjan)
    drafter = person("drafter", 130)
    appoint(theirs, "editor", drafter)
    signed_in(drafter).post(edit_of(other), city_form(other, **{"action-submit": "1"}))
    state = TaskState.objects.get()
    address = reverse("wagtailadmin_pages:workflow_action", args=[other.pk, "approve", state.pk])
    assert signed_in(secretary).post(address, {"comment": ""}).status_code in (302, 403)
    other.refresh_from_db()
    assert (other.lead, TaskState.objects.get().status) == ("شهر قالی", "in_progress")


def test_city_and_address_of_a_page_cannot_be_changed(pages, editor, sirjan):  # noqa: F811
    mine, _other = pages
    form = city_form(mine, city=sirjan.pk, slug="elsewhere", rank="world")
    signed_in(editor).post(edit_of(mine), form)
    draft = CityPage.objects.get(pk=mine.pk).get_latest_revision_as_object()
    assert (draft.lead, draft.city.slug, draft.slug, draft.city.rank) == ("پیش‌نویس", "ravar", "ravar", "national")


@pytest.mark.parametrize("view", ["delete", "move"])
def test_a_citys_own_page_stays_although_it_is_not_live(pages, editor, secretary, view):  # noqa: F811
    mine, _other = pages
    mine.unpublish()
    for user in (editor, secretary):
        signed_in(user).post(reverse(f"wagtailadmin_pages:{view}", args=[mine.pk]), {})
    assert CityPage.objects.filter(pk=mine.pk, path=mine.path).exists()


def test_many_pages_at_once_do_not_take_the_city_away(pages, secretary):  # noqa: F811
    mine, _other = pages
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    signed_in(secretary).post(f"{address}?id={mine.pk}&next=/cms/", {"confirm": "1"})
    assert CityPage.objects.filter(pk=mine.pk).exists()


def test_a_term_that_ended_yesterday_gives_nothing_today(pages, editor, secretary):  # noqa: F811
    mine, _other = pages
    drafting, approving = signed_in(editor), signed_in(secretary)
    assert (drafting.get(edit_of(mine)).status_code, approving.get(edit_of(mine)).status_code) == (200, 200)
    drafting.post(edit_of(mine), city_form(mine, **{"action-submit": "1"}))
    state = TaskState.objects.get()
    clock.set_today(UNTIL)
    assert approving.get(edit_of(mine)).status_code == 200
    clock.set_today(UNTIL.replace(day=UNTIL.day + 1))
    address = reverse("wagtailadmin_pages:workflow_action", args=[mine.pk, "approve", state.pk])
    assert approving.post(address, {"comment": ""}).status_code == 302
    assert drafting.get(edit_of(mine)).status_code == 302
    assert drafting.get("/cms/").status_code == 302
    mine.refresh_from_db()
    assert (mine.lead, TaskState.objects.get().status) == ("شهر قالی", "in_progress")


def test_a_term_that_is_ended_gives_nothing_from_that_moment(pages, editor):  # noqa: F811
    mine, _other = pages
    drafting = signed_in(editor)
    assert drafting.get(edit_of(mine)).status_code == 200
    services.end_term(appointment=Appointment.objects.get(user=editor), on=DAY, because="moved away", by=None)
    assert not mine.permissions_for_user(User.objects.get(pk=editor.pk)).can_edit()
    assert drafting.post(edit_of(mine), city_form(mine)).status_code == 302
    mine.refresh_from_db()
    assert not mine.has_unpublished_changes


def test_a_term_that_has_not_begun_gives_nothing(pages, secretariat):  # noqa: F811
    mine, _other = pages
    early = person("early", 131)
    appoint(secretariat, "editor", early, since=TOMORROW)
    assert signed_in(early).get(edit_of(mine)).status_code == 302
    clock.set_today(TOMORROW)
    assert signed_in(early).get(edit_of(mine)).status_code == 200


def test_groups_that_are_not_a_secretariats_are_left_alone(pages, editor, secretariat):  # noqa: F811
    own = Group.objects.create(name="Choir")
    editor.groups.add(own)
    settle(editor, on=UNTIL.replace(year=2030))
    assert list(editor.groups.all()) == [own]


def test_a_page_in_another_language_is_the_secretariats_too(pages, editor, ravar):  # noqa: F811
    english = publish_city_story(ravar, "en", {"lead": "City of carpets", "body": []})
    assert signed_in(editor).get(edit_of(english)).status_code == 200


@pytest.fixture
def files(pages, editor, sirjan, own_media):  # noqa: F811
    """(Ravar's, Sirjan's) picture and document."""
    theirs = services.found(city=sirjan)
    appoint(theirs, "editor", person("drafter", 132))
    collections = [Collection.objects.get(name="Ravar"), Collection.objects.get(name="Sirjan")]
    return [(picture_in(one), paper_in(one)) for one in collections]


@pytest.mark.parametrize("verb", ["edit", "delete"])
def test_files_of_another_city_are_refused(files, editor, verb):  # noqa: F811
    (picture, paper), (other_picture, other_paper) = files
    drafting = signed_in(editor)

    def answers(image, document) -> list[int]:
        addresses = [
            reverse(f"wagtailimages:{verb}", args=[image.pk]),
            reverse(f"wagtaildocs:{verb}", args=[document.pk]),
        ]
        return [drafting.get(address).status_code for address in addresses]

    assert answers(picture, paper) == [200, 200]
    assert answers(other_picture, other_paper) == [302, 302]
    for address in (f"wagtailimages:{verb}", f"wagtaildocs:{verb}"):
        drafting.post(
            reverse(address, args=[other_picture.pk if "images" in address else other_paper.pk]), {"title": "x"}
        )
    assert CmsImage.objects.get(pk=other_picture.pk).title == "قالی"
    assert get_document_model().objects.get(pk=other_paper.pk).title == "پرونده"


def test_lists_and_choosers_show_the_citys_own_files(files, editor):  # noqa: F811
    drafting = signed_in(editor)
    (picture, paper), (other_picture, other_paper) = files
    chooser = drafting.get(reverse("wagtailimages_chooser:choose")).json()["html"]
    assert (f"/{picture.pk}/" in chooser, f"/{other_picture.pk}/" in chooser) == (True, False)
    papers = drafting.get(reverse("wagtaildocs_chooser:choose")).json()["html"]
    assert (f"/{paper.pk}/" in papers, f"/{other_paper.pk}/" in papers) == (True, False)


def test_the_editors_api_gives_no_file_of_another_city(files, editor):  # noqa: F811
    drafting = signed_in(editor)
    (picture, paper), (other_picture, other_paper) = files
    for kind, own, other in (("images", picture, other_picture), ("documents", paper, other_paper)):
        told = json.loads(drafting.get(f"/cms/api/main/{kind}/").content)
        assert [item["id"] for item in told["items"]] == [own.pk], kind
        assert drafting.get(f"/cms/api/main/{kind}/{other.pk}/").status_code == 404


def test_the_editors_api_gives_no_draft_of_another_city(pages, editor):  # noqa: F811
    mine, other = pages
    drafting = signed_in(editor)
    told = json.loads(drafting.get("/cms/api/main/pages/?type=cms.CityPage").content)
    assert {item["id"] for item in told["items"]} == {
        mine.pk,
        mine.get_parent().pk,
    }  # what is above is shown, not opened
    assert drafting.get(f"/cms/api/main/pages/{other.pk}/").status_code == 404


def test_the_editors_api_writes_nothing_on_another_city(pages, editor):  # noqa: F811
    _mine, other = pages
    answer = signed_in(editor).post(f"/cms/api/main/pages/{other.pk}/action/unpublish/", {})
    assert answer.status_code in (403, 404)
    other.refresh_from_db()
    assert other.live


def test_an_editor_stands_behind_the_second_factor(pages, editor, settings):  # noqa: F811
    mine, _other = pages
    settings.SECOND_FACTOR_REQUIRED = True
    answer = signed_in(editor).get(edit_of(mine))
    assert (answer.status_code, answer.url) == (302, "/account/two_factor/")
