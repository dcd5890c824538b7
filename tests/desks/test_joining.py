"""The checklist on the maker's desk, and its other side on the officer's."""

import pytest

from marketplace.core.models import Notice
from marketplace.joining.models import Joining, StateStep
from marketplace.joining.services import reopen, send, suspend
from marketplace.joining.steps import joining_of
from marketplace.makers.models import Maker
from marketplace.matters.models import Matter
from tests.desks.conftest import jpeg, studio
from tests.desks.papers import pdf
from tests.desks.test_makers import newcomer, typed  # noqa: F401
from tests.joining.conftest import CODE, SHEBA, complete, facts_of, picture, sent, started  # noqa: F401

JOIN = "/en/desk/join/"


@pytest.fixture
def at_checklist(client, artisan, started):  # noqa: F811
    """The weaver whose joining has begun, signed in."""
    client.force_login(artisan)
    return client


def codes(response) -> dict[str, list[str]]:
    return {name: [error.code for error in found] for name, found in response.context["form"].errors.as_data().items()}


def states(client) -> dict[str, str]:
    return {str(step.step): step.state for step in client.get(JOIN).context["steps"]}


def test_who_becomes_a_maker_comes_to_the_checklist_and_resumes_it(newcomer, sirjan, kilim_craft):  # noqa: F811
    assert newcomer.post("/desk/become/", typed(sirjan, kilim_craft)).headers["Location"] == "/desk/join/"
    page = newcomer.get(JOIN)
    assert (page.context["done"], states(newcomer)["workshop"]) == (1, "done")
    newcomer.post(f"{JOIN}identity/", {"legal_name": "نام نمونه", "code": "۰۰۱۲۳۴۵۶۷۹"})
    assert (newcomer.get(JOIN).context["done"], states(newcomer)["identity"]) == (2, "done")
    assert "/desk/join/" in newcomer.get("/desk/").content.decode()


def test_every_step_is_kept_by_itself_and_the_whole_is_sent(at_checklist, started, private_papers, flatweave, sirjan):  # noqa: F811
    craft = started.crafts.get()
    steps = {
        "identity": {"legal_name": "نام نمونه", "code": CODE},
        "workshop": typed(sirjan, craft, name_fa="کارگاه دیگر"),
        "account": {"iban": SHEBA, "owner": "نام نمونه"},
        "pictures": {"portrait": jpeg("me.jpg"), "workshop": jpeg("room.jpg")},
    }
    for name, sent_in in steps.items():
        answer = at_checklist.post(f"{JOIN}{name}/", sent_in)
        assert (answer.status_code, answer.headers.get("Location")) == (302, JOIN), name
    started.refresh_from_db()
    assert (started.name_fa, len(list(private_papers.rglob("*.jpg"))) >= 2) == ("کارگاه دیگر", True)
    refused = at_checklist.post(JOIN)
    assert (refused.status_code, "Production licence" in refused.context["errors"][0]) == (422, True)
    assert (len(refused.context["errors"]), Matter.objects.count()) == (1, 0)


def test_a_wrong_code_is_told_and_the_name_stays_typed(at_checklist, started):  # noqa: F811
    before = facts_of(started)
    answer = at_checklist.post(f"{JOIN}identity/", {"legal_name": "نام نمونه", "code": "1111111111"})
    assert (answer.status_code, codes(answer)) == (422, {"code": ["bad_national_code"]})
    assert ("نام نمونه" in answer.content.decode(), facts_of(started)) == (True, before)


def test_anothers_code_is_told_at_its_field(client, artisan, complete, coppersmith, other_artisan):  # noqa: F811
    Maker.objects.filter(pk=coppersmith.pk).update(state="started")
    client.force_login(other_artisan)
    answer = client.post(f"{JOIN}identity/", {"legal_name": "دیگری", "code": CODE})
    assert (answer.status_code, codes(answer)) == (422, {"code": ["code_taken"]})
    assert Joining.objects.filter(code_print__isnull=False).count() == 1


def test_a_paper_is_no_picture_and_a_sent_picture_is_kept(at_checklist, started, private_papers):  # noqa: F811
    answer = at_checklist.post(f"{JOIN}pictures/", {"portrait": jpeg("me.jpg"), "workshop": pdf("room.pdf")})
    assert (answer.status_code, codes(answer)) == (422, {"workshop": ["paper_kind"]})
    assert not joining_of(started).portrait
    word = answer.context["form"].paper_row("portrait")["word"]
    answer = at_checklist.post(f"{JOIN}pictures/", {"kept_portrait": word, "workshop": jpeg("room.jpg")})
    assert (answer.status_code, bool(joining_of(started).portrait)) == (302, True)


@pytest.mark.parametrize("address", ["licence/", "nothing/"])
def test_what_is_no_step_of_its_own_is_not_there(at_checklist, address):
    assert at_checklist.get(JOIN + address).status_code == 404


@pytest.mark.parametrize("step", ["identity", "workshop", "account", "pictures"])
def test_what_was_sent_is_read_but_not_changed(client, artisan, complete, sent, step):  # noqa: F811
    client.force_login(artisan)
    before = facts_of(complete)
    answer = client.post(f"{JOIN}{step}/", {"legal_name": "x", "code": CODE, "iban": SHEBA, "owner": "x"})
    assert (answer.status_code, answer.headers["Location"], facts_of(complete)) == (302, JOIN, before)
    page = client.get(JOIN)
    assert (page.context["can_edit"], "With an officer" in page.content.decode()) == (False, True)


def test_a_maker_from_before_has_no_checklist_and_strangers_become_makers_first(at_desk, client, buyer):
    assert at_desk.get(JOIN).headers["Location"] == "/en/desk/"
    client.force_login(buyer)
    assert client.get(JOIN).headers["Location"] == "/en/desk/"
    assert Joining.objects.count() == 0


def test_a_draft_is_written_before_approval_but_not_listed(at_checklist, work_form):
    answer = at_checklist.post(studio(), work_form())
    page = answer.content.decode()
    assert (answer.status_code, "Your joining is not finished" in page or "پیوستن شما تمام نشده" in page) == (422, True)
    assert "گلیم گل‌ریز" in page


def test_nobody_sees_a_maker_before_approval_but_the_owner_and_officers(client, started, artisan, officer, buyer):  # noqa: F811
    address = started.get_absolute_url()
    assert client.get(address).status_code == 404
    for user, status in ((buyer, 404), (artisan, 200), (officer, 200)):
        client.force_login(user)
        assert client.get(address).status_code == status
    assert started.slug not in client.get("/en/makers/").content.decode()


def test_an_officer_returns_steps_and_the_maker_reads_the_reasons(at_officers_desk, sent, complete, artisan):  # noqa: F811
    page = at_officers_desk.get(f"/en/desk/officer/{sent.pk}/").content.decode()
    assert ("ends in 679" in page, CODE in page) == (True, False)
    empty = at_officers_desk.post(f"/en/desk/officer/joinings/{sent.pk}/return/", {"return-identity": " "})
    complete.refresh_from_db()
    assert (empty.status_code, complete.state) == (422, "waiting")
    at_officers_desk.post(f"/en/desk/officer/joinings/{sent.pk}/return/", {"return-identity": "نام ناخواناست"})
    at_officers_desk.force_login(artisan)
    page = at_officers_desk.get(JOIN)
    assert (states(at_officers_desk)["identity"], page.context["can_edit"]) == ("returned", True)
    assert "نام ناخواناست" in page.content.decode()


def test_another_matter_is_no_joining_to_return(at_officers_desk, origin_matter):
    answer = at_officers_desk.post(f"/en/desk/officer/joinings/{origin_matter.pk}/return/", {"return-identity": "x"})
    assert (answer.status_code, Matter.objects.get().is_open) == (404, True)


def test_an_officer_suspends_with_a_reason_and_opens_again(at_officers_desk, weaver, kilim, artisan):
    address = f"/en/desk/officer/makers/{weaver.slug}/state/"
    for wrong in ({}, {"state-act": "reopen", "state-reason": "x"}, {"state-act": "suspend", "state-reason": " "}):
        assert at_officers_desk.post(address, wrong).status_code == 422
    assert (Maker.objects.get(pk=weaver.pk).state, StateStep.objects.count()) == ("active", 0)
    at_officers_desk.post(address, {"state-act": "suspend", "state-reason": "شکایت خریدار"})
    assert Maker.objects.get(pk=weaver.pk).state == "suspended"
    assert "شکایت خریدار" in Notice.objects.filter(user=artisan).latest("pk").text_fa
    at_officers_desk.force_login(artisan)
    assert "شکایت خریدار" in at_officers_desk.get("/en/desk/").content.decode()


def test_only_officers_move_states_and_return_joinings(client, settings, artisan, buyer, sent, complete):  # noqa: F811
    settings.SECOND_FACTOR_REQUIRED = False
    before = facts_of(complete)
    for user in (artisan, buyer):
        client.force_login(user)
        state = {"state-act": "suspend", "state-reason": "x"}
        assert client.post(f"/en/desk/officer/makers/{complete.slug}/state/", state).status_code in (403, 404)
        returned = client.post(f"/en/desk/officer/joinings/{sent.pk}/return/", {"return-identity": "x"})
        assert returned.status_code in (403, 404)
    assert facts_of(complete) == before


def test_a_suspended_makers_sheet_costs_few_queries(at_officers_desk, weaver, officer, django_assert_max_num_queries):
    for _turn in range(3):
        suspend(maker=weaver, by=officer, reason="x")
        reopen(maker=weaver, by=officer, reason="x")
    with django_assert_max_num_queries(20):
        at_officers_desk.get(f"/en/desk/officer/makers/{weaver.slug}/")


def test_the_checklist_costs_few_queries(client, artisan, complete, django_assert_max_num_queries):  # noqa: F811
    send(maker=complete, by=artisan)
    client.force_login(artisan)
    with django_assert_max_num_queries(15):
        client.get(JOIN)
