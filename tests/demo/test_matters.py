"""The officers' inbox of the demo: one of each kind, once, and an appeal that the printed officer may decide."""

import pytest
from django.core.files.storage import storages
from django.db import transaction

from marketplace.core import clock
from marketplace.demo.accounts import OFFICER, SECOND_OFFICER, user_of
from marketplace.demo.joining import SAMPLES
from marketplace.demo.matters import make_matters
from marketplace.demo.services import make_demo
from marketplace.matters.models import Matter
from marketplace.matters.services import decide
from tests.cast import DAY

KINDS = ["appeal", "import_permit", "origin", "production_licence", "venue_licence"]


@pytest.fixture(scope="module")
def demo_once(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        clock.set_today(DAY)
        make_demo(works=60, pictures="none")
        yield
        clock.set_today(None)
        transaction.set_rollback(True)


@pytest.fixture
def demo(demo_once, day):
    """The filled market; what a test does to it is undone."""


def waiting():
    """The sample matters, less those of the newcomers who join."""
    return Matter.objects.waiting().filter(kind__in=KINDS).exclude(maker__slug__in=SAMPLES)


def test_one_of_each_kind_waits_and_all_say_that_they_are_samples(demo):
    assert sorted(waiting().values_list("kind", flat=True)) == KINDS
    assert not Matter.objects.filter(is_demo=False).exists()


def test_one_is_overdue(demo):
    assert [matter.kind for matter in Matter.objects.overdue_on(DAY)] == ["import_permit"]


def test_what_was_decided_is_not_made_again(demo):
    for matter in waiting().exclude(kind="appeal"):
        chosen = {"import_permit": "refused", "origin": "unproven"}.get(matter.kind, "returned")
        decide(matter=matter, decision=chosen, reason="Sample.", by=user_of(OFFICER))
    assert make_matters() == 0


def test_the_appeal_is_against_the_second_officers_decision(demo):
    appeal = waiting().get(kind="appeal")
    assert appeal.appeal_of.decided_by == user_of(SECOND_OFFICER)
    decide(matter=appeal, decision="overturned", reason="It can be read.", by=user_of(OFFICER))
    assert appeal.maker.licences.count() == 2


def test_the_papers_can_be_opened_and_say_that_they_are_samples(demo):
    claim = waiting().get(kind="production_licence").maker.licence_claims.get()
    with storages["private"].open(claim.scan.name) as paper:
        assert paper.read(8) == b"\x89PNG\r\n\x1a\n"
    assert claim.number.startswith("نمونه-")
