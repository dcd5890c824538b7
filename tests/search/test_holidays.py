"""Works of a maker who rests stay found; they do not leave within days meanwhile, and their documents are made anew in time."""

from datetime import timedelta

import pytest

from marketplace.core import clock
from marketplace.listing.services import offer_in_venue
from marketplace.search.documents import documents
from tests.cast import DAY
from tests.makers.resting import rest

LEAVES = {"ready:yes", "lead:3d", "lead:7d", "lead:30d"}


def document(work) -> dict:
    [found] = documents([work.pk])
    return found


def leaves(work) -> bool:
    return bool(LEAVES & set(document(work)["fx"]))


@pytest.mark.parametrize("way", ["closed", "later"])
def test_a_work_of_a_maker_who_rests_is_found_and_does_not_leave(kilim, weaver, way):
    before = document(kilim)
    rest(weaver, way=way)
    meanwhile = document(kilim)
    assert LEAVES & set(before["fx"])
    assert set(before["fx"]) - set(meanwhile["fx"]) == LEAVES & set(before["fx"])
    assert meanwhile["sellable"] == before["sellable"]
    assert meanwhile["due"] == DAY + timedelta(days=10)


def test_a_break_to_come_changes_the_document_on_its_first_day(kilim, weaver):
    rest(weaver, begins_in=3)
    assert (leaves(kilim), document(kilim)["due"]) == (True, DAY + timedelta(days=3))
    clock.set_today(DAY + timedelta(days=3))
    assert not leaves(kilim)


def test_what_a_venue_sells_leaves_meanwhile(kilim, weaver, bazaar):
    offer_in_venue(work=kilim, venue=bazaar, price_rial=190_000_000, pieces=2)
    rest(weaver)
    assert leaves(kilim)
