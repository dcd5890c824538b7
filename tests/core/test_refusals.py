"""A refusal is written once, by the outermost door, where no refused transaction can take it away."""

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from marketplace.core import registry
from marketplace.core.models import Refusal
from marketplace.core.refusals import Refused, acting, actor, kept, outermost, refused_of
from marketplace.core.registry import door

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _doors_of_this_test():
    before = dict(registry._doors)
    yield
    registry._doors.clear()
    registry._doors.update(before)


def refuse() -> None:
    raise Refused("No %(what)s.", rule="r", code="c", params={"what": lambda: "way"})


@pytest.fixture
def inner():
    return door("inner", rule="r", by="seller")(transaction.atomic(refuse))


@pytest.fixture
def outer(inner):
    return door("outer", rule="r")(inner)


def test_one_record_with_the_outermost_doors_name(outer):
    with pytest.raises(Refused):
        outer()
    record = Refusal.objects.get()
    assert (record.door, record.rule, record.code, record.by_seller) == ("outer", "r", "c", False)
    assert record.sentence_en == "No way."


def test_a_sellers_door_marks_the_act_as_the_sellers(inner):
    with pytest.raises(Refused):
        inner()
    assert Refusal.objects.get().by_seller is True


def test_inside_a_transaction_nothing_is_written_until_it_is_gone(inner):
    @kept
    @transaction.atomic
    def service():
        inner()

    with pytest.raises(Refused):
        service()
    assert Refusal.objects.get().door == "inner"


def test_an_error_that_no_rule_raised_leaves_no_record():
    @door("plain", rule="r")
    def act():
        raise ValidationError("Choose one.", code="quantity")

    with pytest.raises(ValidationError):
        act()
    assert Refusal.objects.count() == 0


def test_an_error_that_carries_a_refusal_is_recorded(inner):
    class Carries(ValidationError):
        pass

    @door("carrier", rule="r")
    def act():
        try:
            inner()
        except Refused as error:
            carried = Carries(error)
            carried.refused = error
            raise carried from None

    with pytest.raises(Carries) as raised:
        act()
    assert refused_of(raised.value) is not None
    assert [record.door for record in Refusal.objects.all()] == ["carrier"]


def test_who_acts_is_the_signed_in_user_of_the_request(buyer, outer):
    with acting(buyer), pytest.raises(Refused):
        outer()
    assert actor() is None
    assert Refusal.objects.get().user == buyer


def test_outermost_knows_our_transactions_from_the_tests_own():
    assert outermost()
    with transaction.atomic():
        assert not outermost()
