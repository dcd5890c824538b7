"""Rent is asked once a month, paid once, and the books say the same."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from marketplace.core.clock import set_today
from marketplace.ledger.accounts import rent_owed, rent_to_venue
from marketplace.ledger.queries import balance
from marketplace.rents.audits import unpaid_rents_are_owed, venues_are_owed_their_rents
from marketplace.rents.models import Rent
from marketplace.rents.services import charge_every, record_payment, take_back_payment
from marketplace.stalls.services import end_lease
from tests.stalls.floor import FIRST, RENT

DEY = date(2026, 12, 22)


def owed(lease) -> tuple[int, int]:
    """What the books say the tenants owe, and the venue is to get."""
    venue = lease.stall.venue_id
    return balance(rent_owed(venue)), balance(rent_to_venue(venue))


def books_agree() -> bool:
    return [*unpaid_rents_are_owed(), *venues_are_owed_their_rents()] == []


def test_a_lease_that_begins_today_asks_the_first_month(lease):
    rent = Rent.objects.get()
    assert (rent.month, rent.due_on, rent.amount_rial, rent.paid_on) == (FIRST, date(2026, 11, 26), RENT, None)
    assert owed(lease) == (RENT, -RENT)
    assert books_agree()


def test_each_month_is_asked_once_when_it_begins(lease):
    assert charge_every() == 0
    set_today(DEY - timedelta(days=1))
    assert charge_every() == 0
    set_today(DEY)
    assert (charge_every(), charge_every()) == (1, 0)
    assert list(Rent.objects.values_list("month", "amount_rial")) == [(FIRST, RENT), (DEY, RENT)]
    assert owed(lease) == (2 * RENT, -2 * RENT)
    assert books_agree()


def test_months_that_the_worker_slept_through_are_asked_later(lease):
    set_today(date(2027, 3, 21))
    assert charge_every() == 4
    assert owed(lease)[0] == 5 * RENT


def test_a_free_stall_asks_nothing(lease):
    Rent.objects.all().delete()
    type(lease).objects.filter(pk=lease.pk).update(rent_rial=0)
    assert charge_every() == 0


def test_a_payment_settles_the_month(lease, manager, day):
    rent = record_payment(rent=Rent.objects.get(), paid_on=day, way="card", note="۱۲۳", by=manager)
    assert (rent.paid_on, rent.way, rent.note) == (day, "card", "۱۲۳")
    assert owed(lease) == (0, 0)
    assert books_agree()


def test_a_month_is_paid_once(lease, day):
    rent = record_payment(rent=Rent.objects.get(), paid_on=day, way="cash")
    with pytest.raises(ValidationError) as refused:
        record_payment(rent=rent, paid_on=day, way="card")
    assert refused.value.code == "rent_paid"
    assert (Rent.objects.get().way, owed(lease)) == ("cash", (0, 0))


def test_a_payment_of_tomorrow_is_refused(lease, day):
    with pytest.raises(ValidationError) as refused:
        record_payment(rent=Rent.objects.get(), paid_on=day + timedelta(days=1), way="cash")
    assert refused.value.code == "future_payment"
    assert (Rent.objects.get().paid_on, owed(lease)) == (None, (RENT, -RENT))


def test_a_payment_taken_back_is_owed_again_and_can_be_paid_again(lease, day):
    rent = Rent.objects.get()
    record_payment(rent=rent, paid_on=day, way="cash")
    assert take_back_payment(rent=rent).paid_on is None
    assert owed(lease) == (RENT, -RENT)
    with pytest.raises(ValidationError) as refused:
        take_back_payment(rent=rent)
    assert refused.value.code == "rent_unpaid"
    record_payment(rent=rent, paid_on=day, way="bank")
    assert owed(lease) == (0, 0)
    assert books_agree()


def test_a_lease_ended_in_a_month_owes_its_days(lease):
    end_lease(lease=lease, last_on=date(2026, 12, 6), because="خواست مستأجر")
    assert (Rent.objects.get().amount_rial, owed(lease)) == (RENT // 2, (RENT // 2, -RENT // 2))
    set_today(DEY)
    assert charge_every() == 0
    assert books_agree()


def test_what_was_paid_before_the_end_stays(lease, day):
    record_payment(rent=Rent.objects.get(), paid_on=day, way="cash")
    end_lease(lease=lease, last_on=day, because="خواست مستأجر")
    assert (Rent.objects.get().amount_rial, owed(lease)) == (RENT, (0, 0))
    assert books_agree()


def test_a_rent_that_the_books_do_not_know_is_found(lease):
    Rent.objects.update(amount_rial=RENT - 1)
    rent = Rent.objects.get()
    assert list(unpaid_rents_are_owed()) == [f"Rent {rent.pk}: {RENT - 1} rial are owed, the books say otherwise."]
    assert len(list(venues_are_owed_their_rents())) == 2
