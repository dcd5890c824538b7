"""A work's HS code on the desks: suggested, said by a person, remembered, and nobody else's to say."""

import re

import pytest

from marketplace.customs.codes import codes_of
from marketplace.customs.models import HsConfirmation
from marketplace.customs.services import confirm_code
from marketplace.listing.services import create_work


@pytest.fixture
def woollen(kilim, wool):
    kilim.materials.set([wool])
    return kilim


def page_of(work) -> str:
    return f"/en/desk/works/{work.pk}/hs-code/"


def said() -> list[tuple]:
    return list(HsConfirmation.objects.values_list("code", "by__username"))


def test_the_page_suggests_with_reasons_and_the_likeliest_is_chosen(at_desk, woollen):
    page = at_desk.get(page_of(woollen)).content.decode()
    assert page.index("5702.10") < page.index("5602.21")
    assert "Its craft is Kilim weaving." in page
    assert re.search(r'<input[^>]*value="5702.10"[^>]*checked', page)
    assert "none confirmed yet" in page


def test_saying_a_code_keeps_it_with_who_said_it(at_desk, artisan, woollen):
    answer = at_desk.post(page_of(woollen), {"choice": "5702.10"})
    assert (answer.status_code, answer.url) == (302, page_of(woollen))
    assert said() == [("5702.10", "artisan")]
    assert codes_of([woollen]) == {woollen.pk: "5702.10"}
    page = at_desk.get(page_of(woollen)).content.decode()
    assert "Kelem, Schumacks, Karamanie and similar hand-woven rugs" in page
    assert '<td data-label="By">you</td>' in page
    own_page = at_desk.get(f"/en/desk/works/{woollen.pk}/").content.decode()
    assert ("5702.10" in own_page, "Change the code" in own_page) == (True, True)


@pytest.mark.parametrize(("typed", "kept"), [("5702.10.00", "5702.10.00"), ("۵۷۰۲٫۱۰", "5702.10"), (" 8211 ", "8211")])
def test_another_code_can_be_typed(at_desk, woollen, typed, kept):
    assert at_desk.post(page_of(woollen), {"choice": "other", "other": typed}).status_code == 302
    assert said() == [(kept, "artisan")]


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"choice": "other"},
        {"choice": "other", "other": "rug"},
        {"choice": "9999.99"},
        {"choice": "other", "other": "1" * 30},
    ],
)
def test_a_form_sent_wrong_is_said_and_changes_nothing(at_desk, woollen, sent):
    answer = at_desk.post(page_of(woollen), sent)
    assert (answer.status_code, said()) == (422, [])
    assert "Please look again" in answer.content.decode()


def test_what_was_typed_stays(at_desk, woollen):
    page = at_desk.post(page_of(woollen), {"choice": "other", "other": "rug"}).content.decode()
    assert 'value="rug"' in page


def test_it_stands_first_for_the_next_work_of_the_same(at_desk, artisan, woollen, wool):
    confirm_code(work=woollen, code="5702.42", by=artisan)
    other = create_work(
        maker=woollen.maker,
        title_fa="گلیم",
        title_en="Runner",
        craft=woollen.craft,
        price_rial=1_000_000,
        materials=(wool,),
    )
    page = at_desk.get(page_of(other)).content.decode()
    assert page.index("5702.42") < page.index("5702.10")
    assert "it stands first here" in page
    assert said() == [("5702.42", "artisan")]


def test_other_materials_ask_again(at_desk, artisan, woollen):
    confirm_code(work=woollen, code="5702.10", by=artisan)
    woollen.materials.clear()
    page = at_desk.get(page_of(woollen)).content.decode()
    assert "Craft or materials changed since a code was said" in page
    assert "none confirmed yet" in at_desk.get(f"/en/desk/works/{woollen.pk}/").content.decode()


def test_a_maker_does_not_read_who_else_said_it(at_desk, officer, woollen):
    officer.first_name, officer.last_name = "Sara", "Officer"
    officer.save()
    confirm_code(work=woollen, code="5702.10", by=officer)
    page = at_desk.get(page_of(woollen)).content.decode()
    assert ("Sara" in page, "somebody of this market" in page) == (False, True)


def test_another_makers_work_does_not_exist_here(at_desk, foreign_tray):
    assert at_desk.get(page_of(foreign_tray)).status_code == 404
    assert at_desk.post(page_of(foreign_tray), {"choice": "other", "other": "7418.10"}).status_code == 404
    assert said() == []


def test_extra_fields_move_nothing(at_desk, officer, foreign_tray, woollen):
    at_desk.post(page_of(woollen), {"choice": "5702.10", "work": foreign_tray.pk, "by": officer.pk, "basis": "x"})
    assert list(HsConfirmation.objects.values_list("work", "by__username")) == [(woollen.pk, "artisan")]


def test_a_guest_is_asked_to_sign_in(client, woollen):
    assert client.post(page_of(woollen), {"choice": "5702.10"}).status_code == 302
    assert said() == []


def test_the_officers_page_is_the_officers(client, settings, artisan, woollen):
    settings.SECOND_FACTOR_REQUIRED = False
    address = f"/en/desk/officer/hs-codes/{woollen.pk}/"
    assert client.get(address).status_code == 302
    client.force_login(artisan)
    assert client.post(address, {"choice": "5702.10"}).status_code == 403
    assert said() == []


def test_an_officer_says_it_and_reads_who_said_what(at_officers_desk, artisan, woollen):
    confirm_code(work=woollen, code="5702.10", by=artisan)
    address = f"/en/desk/officer/hs-codes/{woollen.pk}/"
    assert "artisan" in at_officers_desk.get(address).content.decode()
    assert at_officers_desk.post(address, {"choice": "5602.21"}).status_code == 302
    assert said() == [("5702.10", "artisan"), ("5602.21", "officer")]
    assert at_officers_desk.get(f"/en/desk/officer/hs-codes/{woollen.pk + 999}/").status_code == 404


@pytest.mark.parametrize("times", [1, 12])
def test_a_long_history_costs_no_more_queries(at_desk, artisan, woollen, times, django_assert_max_num_queries):
    for number in range(times):
        confirm_code(work=woollen, code=f"57{number:02}", by=artisan)
    at_desk.get(page_of(woollen))
    with django_assert_max_num_queries(10):
        at_desk.get(page_of(woollen))


@pytest.mark.parametrize("language", ["", "/en"])
def test_the_page_stands_in_both_languages(at_desk, woollen, language):
    assert at_desk.get(f"{language}/desk/works/{woollen.pk}/hs-code/").status_code == 200
