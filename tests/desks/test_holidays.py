"""A maker tells a break at the desk, ends it, and buyers read of it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from marketplace.basket.models import Basket
from marketplace.basket.services import add_to_basket, offer_to_sell
from marketplace.core import clock
from marketplace.listing.holidays import end_holiday
from marketplace.makers.models import Holiday
from tests.cast import DAY
from tests.makers.resting import WORDS, rest

PAGE = "/desk/holiday/"
SENT = {"first": "۱۴۰۵/۹/۱", "last": "۱۴۰۵/۹/۱۰", "way": "later", "words_fa": WORDS}


def test_a_break_is_told_in_jalali(at_desk, weaver):
    assert at_desk.post(PAGE, SENT).status_code == 302
    told = weaver.holidays.get()
    assert (told.first, told.last, told.way, told.in_venues) == (DAY, DAY + timedelta(days=9), "later", False)
    page = at_desk.get(PAGE).content.decode()
    assert all(part in page for part in (WORDS, "۱ آذر ۱۴۰۵", "۱۰ آذر ۱۴۰۵"))


@pytest.mark.parametrize(
    "wrong", [{"first": "۱۴۰۵/۸/۳۰"}, {"last": "۱۴۰۵/۸/۳۰"}, {"way": "never"}, {"words_fa": ""}, {"first": "فردا"}]
)
def test_a_wrong_break_is_said_and_written_nowhere(at_desk, weaver, wrong):
    assert at_desk.post(PAGE, SENT | wrong).status_code == 422
    weaver.refresh_from_db()
    assert (Holiday.objects.count(), weaver.breaks) == (0, [])


def test_a_break_is_ended_early(at_desk, weaver):
    holiday = rest(weaver)
    clock.set_today(DAY + timedelta(days=1))
    assert at_desk.post(f"{PAGE}{holiday.pk}/end/").status_code == 302
    weaver.refresh_from_db()
    assert weaver.break_today is None


def test_another_makers_break_does_not_exist(at_desk, coppersmith):
    holiday = rest(coppersmith)
    assert at_desk.post(f"{PAGE}{holiday.pk}/end/").status_code == 404
    coppersmith.refresh_from_db()
    assert coppersmith.break_today == holiday.rest


@pytest.mark.parametrize(("way", "buttons"), [("closed", 0), ("later", 1)])
def test_the_work_and_its_maker_say_it(client, weaver, kilim, way, buttons):
    rest(weaver, way=way)
    work = client.get(kilim.get_absolute_url()).content.decode()
    maker = client.get(weaver.get_absolute_url()).content.decode()
    assert (work.count(WORDS), maker.count(WORDS)) == (1, 1)
    assert ("۱۰ آذر ۱۴۰۵" in work, "۱۰ آذر ۱۴۰۵" in maker) == (True, True)
    assert work.count('name="offer"') == buttons


def test_a_break_to_come_is_not_told_yet(client, weaver, kilim):
    rest(weaver, begins_in=1)
    assert WORDS not in client.get(kilim.get_absolute_url()).content.decode()


def test_many_breaks_cost_no_more_queries(at_desk, weaver, django_assert_num_queries):
    rest(weaver, days=1)
    at_desk.get(PAGE)
    with CaptureQueriesContext(connection) as one:
        at_desk.get(PAGE)
    for number in range(1, 6):
        rest(weaver, days=1, begins_in=number)
    with django_assert_num_queries(len(one)):
        at_desk.get(PAGE)
    assert len(one) <= 20


def test_a_basket_says_what_the_maker_says(client, buyer, weaver, kilim):
    add_to_basket(basket=Basket.objects.create(owner=buyer), offer=offer_to_sell(kilim.stockrecords.get().pk))
    client.force_login(buyer)
    closed = rest(weaver)
    page = client.get("/basket/").content.decode()
    assert (page.count(WORDS), "۱۰ آذر ۱۴۰۵" in page, "/checkout/" in page) == (1, True, False)
    end_holiday(closed)
    rest(weaver, way="later")
    page = client.get("/basket/").content.decode()
    assert (page.count(WORDS), "۱۰ آذر ۱۴۰۵" in page, "/checkout/" in page) == (1, True, True)
