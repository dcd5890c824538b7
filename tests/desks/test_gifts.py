"""A maker says whether they wrap gifts and for how much, and which works bear a text of the buyer's."""

import pytest

from tests.desks.test_work_edits import path, typed

PAGE = "/desk/gift-wrap/"


@pytest.mark.parametrize(
    ("sent", "rial"),
    [
        ({"wraps": "on", "price_rial": "۵۰٬۰۰۰"}, 500_000),
        ({"wraps": "on", "price_rial": "0"}, 0),
        ({"price_rial": "50000"}, None),
    ],
)
def test_the_price_is_typed_in_toman_and_nothing_means_no_wrapping(at_desk, weaver, sent, rial):
    assert at_desk.post(PAGE, sent).status_code == 302
    weaver.refresh_from_db()
    assert weaver.gift_wrap_rial == rial


@pytest.mark.parametrize("price", ["", "-1", "گران"])
def test_a_wrong_price_is_said_and_changes_nothing(at_desk, weaver, price):
    assert at_desk.post(PAGE, {"wraps": "on", "price_rial": price}).status_code == 422
    weaver.refresh_from_db()
    assert weaver.gift_wrap_rial is None


def test_the_page_stands_as_the_maker_said(at_desk, weaver):
    weaver.gift_wrap_rial = 500_000
    weaver.save()
    page = at_desk.get(PAGE).content.decode()
    assert ("checked" in page, 'value="۵۰۰۰۰"' in page) == (True, True)


def test_a_work_takes_a_text_of_so_many_letters(at_desk, kilim):
    at_desk.post(path(kilim), typed(kilim, personal_most="۱۲", personal_hint_fa="در حاشیه"))
    kilim.refresh_from_db()
    assert (kilim.personal_most, kilim.personal_hint_fa) == (12, "در حاشیه")
    assert "در حاشیه" in at_desk.get(kilim.get_absolute_url()).content.decode()
    at_desk.post(path(kilim), typed(kilim))
    kilim.refresh_from_db()
    assert kilim.personal_most == 0


def test_more_letters_than_any_work_holds_are_refused(at_desk, kilim):
    assert at_desk.post(path(kilim), typed(kilim, personal_most="201")).status_code == 422
    kilim.refresh_from_db()
    assert kilim.personal_most == 0


def test_a_hint_may_not_name_a_seal_that_is_not_in_force(at_desk, kilim):
    answer = at_desk.post(path(kilim), typed(kilim, personal_most="12", personal_hint_fa="با مهر یونسکو"))
    kilim.refresh_from_db()
    assert (answer.status_code, kilim.personal_hint_fa) == (422, "")
