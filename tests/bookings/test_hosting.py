"""A host changes what harms nobody: dates with visitors keep price, languages and hour, and lose no place."""

import threading
from datetime import time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, connections

from marketplace.bookings import rules, services
from marketplace.bookings.hosting import Outcome, add_date, change_date, change_plan
from marketplace.bookings.models import HostPlan, Session
from marketplace.bookings.plans import Plan, WeekTime, make_dates, with_hosts_word
from marketplace.bookings.services import cancel, cancel_session, take_places
from tests.bookings.visits import VISIT, at, booked, host, paid_visit, session_of, visit  # noqa: F401
from tests.cast import DAY

FRIDAY, THURSDAY = 4, 3
TEN = WeekTime(FRIDAY, time(10), 4)


@pytest.fixture
def plan(host) -> Plan:  # noqa: F811
    """Fridays at ten, four places, 1,000,000 rial each."""
    maker = host.maker
    facts = {"title_fa": "پای دار", "title_en": "At the loom", "city": maker.city, "maker": maker, "times": (TEN,)}
    hours = {"length": timedelta(hours=2), "closes_hours": 2, "cancel_hours": 24}
    return Plan(subject=VISIT, price_rial=1_000_000, languages=("fa",), **facts, **hours)


@pytest.fixture
def fridays(plan) -> list[Session]:
    """The four dates of the plan, soonest first."""
    assert make_dates(plan) == 4
    return list(Session.objects.order_by("starts_at"))


def facts_of(session: Session) -> tuple:
    session.refresh_from_db()
    return session.places, int(session.price_rial), session.languages


def refused(code: str, act, **facts) -> None:
    before = list(Session.objects.order_by("pk").values())
    with pytest.raises(ValidationError) as error:
        act(**facts)
    assert (error.value.code, list(Session.objects.order_by("pk").values())) == (code, before)


def test_a_single_date_stands_beside_the_week_with_the_visits_own_facts(plan, fridays):
    made = add_date(plan=plan, starts_at=at(3, 16), places=9)
    assert (made.single, made.title_en, made.ends_at, made.closes_at) == (True, "At the loom", at(3, 18), at(3, 14))
    assert (facts_of(made), made.maker, made.kind) == ((9, 1_000_000, ["fa"]), plan.maker, "visit")


@pytest.mark.parametrize(("when", "code"), [((0, 0), "too_soon"), ((-1, 10), "too_soon"), ((366, 10), "too_far")])
def test_a_date_is_made_while_it_can_still_be_booked_and_not_years_ahead(plan, when, code):
    refused(code, add_date, plan=plan, starts_at=at(*when), places=4)


@pytest.mark.parametrize(("hour", "code"), [(9, "hour_taken"), (11, "hour_taken"), (12, None), (8, None)])
def test_a_host_receives_one_group_at_a_time(plan, fridays, hour, code):
    day = (fridays[0].starts_at.date() - DAY).days
    if code:
        refused(code, add_date, plan=plan, starts_at=at(day, hour), places=4)
    else:
        assert add_date(plan=plan, starts_at=at(day, hour), places=4).pk


def test_an_hour_that_was_called_off_stays_so(plan, fridays):
    cancel_session(session=fridays[0], reason="Flood")
    refused("called_off", add_date, plan=plan, starts_at=fridays[0].starts_at, places=4)


def test_a_date_nobody_booked_changes_and_stands_for_itself(fridays):
    changed = change_date(session=fridays[0], places=2, price_rial=500_000, languages=["fa", "en"])
    assert (facts_of(changed), changed.single) == ((2, 500_000, ["fa", "en"]), True)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"price_rial": 900_000}, "price_stands"),
        ({"price_rial": 0}, "price_stands"),
        ({"languages": ["en"]}, "languages_stand"),
        ({"places": 3}, "fewer_places"),
    ],
)
def test_a_booked_date_keeps_what_was_booked(fridays, change, code):
    booked(fridays[0])
    facts = {"places": 4, "price_rial": 1_000_000, "languages": ["fa"]}
    refused(code, change_date, session=fridays[0], **(facts | change))


def test_a_booked_date_may_get_more_places(fridays):
    booked(fridays[0], party=4)
    change_date(session=fridays[0], places=6, price_rial=1_000_000, languages=["fa"])
    assert (facts_of(fridays[0]), fridays[0].free_places) == ((6, 1_000_000, ["fa"]), 2)


def test_what_was_called_off_or_began_is_not_changed(fridays, weaver, visit):  # noqa: F811
    facts = {"places": 9, "price_rial": 0, "languages": ["fa"]}
    cancel_session(session=fridays[0], reason="Flood")
    refused("session_cancelled", change_date, session=fridays[0], **facts)
    Session.objects.filter(pk=visit.pk).update(starts_at=at(-1, 9), closes_at=at(-1, 8), ends_at=at(-1, 11))
    refused("session_begun", change_date, session=visit, **facts)


def test_who_sells_nothing_takes_no_price(visit):  # noqa: F811
    refused("no_seller", change_date, session=visit, places=3, price_rial=1000, languages=["fa", "en"])


def test_a_new_plan_holds_for_dates_nobody_booked(plan, fridays):
    booked(fridays[0])
    single = add_date(plan=plan, starts_at=at(3, 16), places=9)
    new = [WeekTime(FRIDAY, time(10), 6), WeekTime(THURSDAY, time(15), 2)]
    done = change_plan(plan=plan, times=new, price_rial=0, languages=["en"], by=None)
    assert done == Outcome(made=4, changed=3, removed=0, booked=1)
    assert facts_of(fridays[0]) == (6, 1_000_000, ["fa"])  # more places harm nobody; price and language stay
    assert [facts_of(one) for one in fridays[1:]] == [(6, 0, ["en"])] * 3
    assert facts_of(single) == (9, 1_000_000, ["fa"])


def test_a_plan_with_fewer_places_takes_none_from_a_booked_date(plan, fridays):
    booked(fridays[0])
    change_plan(plan=plan, times=[WeekTime(FRIDAY, time(10), 2)], price_rial=1_000_000, languages=["fa"], by=None)
    assert [facts_of(one)[0] for one in fridays] == [4, 2, 2, 2]


def test_dates_the_plan_names_no_more_go_unless_somebody_has_booked(plan, fridays):
    booked(fridays[0])
    cancel(booking=booked(fridays[1]))
    done = change_plan(plan=plan, times=[], price_rial=1_000_000, languages=["fa"], by=None)
    assert done == Outcome(made=0, changed=0, removed=3, booked=1)
    assert [one.cancelled_at is None for one in Session.objects.order_by("starts_at")] == [True, False]


def test_the_hosts_word_stands_over_the_pages_and_a_new_hosts_page_over_it(plan, fridays, coppersmith):
    change_plan(plan=plan, times=[WeekTime(THURSDAY, time(15), 2)], price_rial=0, languages=["en"], by=None)
    (told,) = with_hosts_word([plan])
    assert (told.times, told.price_rial, told.languages, told.by_host) == (
        (WeekTime(THURSDAY, time(15), 2),),
        0,
        ("en",),
        True,
    )
    assert (make_dates(told), HostPlan.objects.count()) == (0, 1)
    HostPlan.objects.update(maker=coppersmith)
    assert with_hosts_word([plan]) == [plan]


def test_an_hour_stands_in_a_plan_once(plan, fridays):
    again = WeekTime(FRIDAY, time(10), 9)
    refused("time_twice", change_plan, plan=plan, times=[TEN, again], price_rial=0, languages=["fa"], by=None)
    assert HostPlan.objects.count() == 0


def test_a_booking_at_a_price_that_changed_meanwhile_is_refused(fridays):
    read = Session.objects.get(pk=fridays[0].pk)
    change_date(session=fridays[0], places=4, price_rial=9_000_000, languages=["fa"])
    refused("price_changed", take_places, session=read, people=1)


def test_a_booking_of_a_date_that_was_taken_out_meanwhile_is_refused(plan, fridays):
    change_plan(plan=plan, times=[], price_rial=0, languages=["fa"], by=None)
    refused("price_changed", take_places, session=fridays[0], people=1)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="row locks need PostgreSQL")
@pytest.mark.parametrize("guard", [True, False], ids=["guard on", "guard off"])
def test_price_and_booking_at_once_agree(fridays, monkeypatch, guard):
    """A visitor read 1,000,000; the host makes it 9,000,000 before the place is taken."""
    read, ready = Session.objects.get(pk=fridays[0].pk), threading.Barrier(2)
    if not guard:
        monkeypatch.setattr(
            "marketplace.bookings.services.take_places",
            lambda session, people: Session.objects.filter(pk=session.pk).update(taken=people),
        )
    outcome: list[str] = []

    def visitor() -> None:
        try:
            ready.wait(10)
            ready.wait(10)
            services.take_places(read, 1)
            outcome.append("booked")
        except ValidationError as error:
            outcome.append(str(error.code))
        finally:
            connections.close_all()

    thread = threading.Thread(target=visitor)
    thread.start()
    ready.wait(10)
    change_date(session=fridays[0], places=4, price_rial=9_000_000, languages=["fa"])
    ready.wait(10)
    thread.join(20)
    assert outcome == (["price_changed"] if guard else ["booked"])


def test_the_rule_lets_anything_change_where_nobody_booked(fridays):
    rules.require_harmless_change(fridays[0], places=1, price_rial=0, languages=["en"])
