"""The dates that `venue_dates` works out and the trigger that guards them say the same of every short story of licences.

The truth passes; a day more of sale, a rule that begins a day later, or one that ends a day sooner, does not.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from itertools import count, product

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from marketplace.bazaars.dates import VenueDates, venue_dates
from marketplace.bazaars.models import LicenceEvent, Venue, VenueLicence

pytestmark = pytest.mark.django_db

ONE_DAY = timedelta(days=1)
FIRST = date(2026, 3, 1)
#: The licences of a story end on different days, one of them in the middle of it.
ENDS = (FIRST + timedelta(days=400), FIRST + timedelta(days=20))
KINDS = ("granted", "renewed", "suspended", "reinstated", "revoked", "surrendered")
#: An event: which licence, what happened, and on which of the story's days. They are told in the order of recording.
Story = list[tuple[int, str, int]]

_number = count(1)


def told(story: Story, city) -> Venue:
    """A venue with these events, and dates that say nothing yet."""
    slug = f"story-{next(_number)}"
    venue = Venue.objects.create(slug=slug, name_fa=slug, name_en=slug, kind="shop", city=city)
    licences = [
        VenueLicence.objects.create(venue=venue, number=f"{slug}-{n}", issuer_fa="ا", issued_on=FIRST, expires_on=end)
        for n, end in enumerate(ENDS)
    ]
    for which, kind, day in story:
        LicenceEvent.objects.create(licence=licences[which], kind=kind, on=FIRST + timedelta(days=10 * day))
    return venue


def truth_of(venue: Venue) -> VenueDates:
    return venue_dates(LicenceEvent.objects.filter(licence__venue=venue).select_related("licence"))


def passes(venue: Venue, dates: VenueDates) -> bool:
    """Whether the database takes these dates, as raw SQL would write them."""
    with suppress(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE bazaars_venue SET bound_since = %s, bound_until = %s, open_until = %s WHERE id = %s",
            [dates.bound_since, dates.bound_until, dates.open_until, venue.pk],
        )
        return True
    return False


def too_free(truth: VenueDates) -> Iterator[VenueDates]:
    """The least that binds less or opens longer."""
    if truth.bound_since is None:
        return
    if truth.bound_until is None:
        assert truth.open_until is not None
        yield replace(truth, open_until=truth.open_until + ONE_DAY)
        yield replace(truth, open_until=None)
        yield replace(truth, bound_until=truth.bound_since)
        yield replace(truth, bound_until=date(2099, 1, 1))
        yield replace(truth, bound_since=truth.bound_since + ONE_DAY)
        yield replace(truth, bound_since=date(2099, 1, 1))
        yield VenueDates(None, None, truth.open_until)
        return
    yield VenueDates()
    if truth.bound_since < truth.bound_until:
        yield replace(truth, bound_until=truth.bound_until - ONE_DAY)
        yield replace(truth, bound_since=truth.bound_since + ONE_DAY)


def bound_more(truth: VenueDates) -> Iterator[VenueDates]:
    """What a shell may do: bind from earlier, free later, close sooner."""
    if truth.bound_since is None:
        return
    yield replace(truth, bound_since=truth.bound_since - ONE_DAY)
    if truth.open_until is not None:
        yield replace(truth, open_until=truth.open_until - ONE_DAY)
    if truth.bound_until is not None:
        yield replace(truth, bound_until=truth.bound_until + ONE_DAY)


def compare(story: Story, city) -> None:
    with transaction.atomic():
        venue = told(story, city)
        truth = truth_of(venue)
        for freer in too_free(truth):
            assert not passes(venue, freer), f"{story}: {truth} is right, and {freer} passes"
        for stricter in (truth, *bound_more(truth)):
            assert passes(venue, stricter), f"{story}: {truth} is right, and {stricter} is refused"
        transaction.set_rollback(True)


@pytest.mark.parametrize("length", [0, 1, 2])
def test_every_story_of_one_given_licence_is_read_alike(length, kerman):
    """With a grant before it and without; its events on one day, in order, and dated back."""
    stories = product(product(KINDS, repeat=length), product((1, 2), repeat=length), ([], [(0, "granted", 1)]))
    for kinds, days, begin in stories:
        compare([*begin, *((0, kind, day) for kind, day in zip(kinds, days, strict=True))], kerman)


event = st.tuples(st.integers(0, 1), st.sampled_from(KINDS), st.integers(0, 4))


@settings(
    max_examples=250,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(story=st.lists(event, max_size=8))
@example(story=[(0, "granted", 0), (0, "suspended", 1), (0, "renewed", 2)])
@example(story=[(0, "granted", 0), (0, "suspended", 1), (0, "granted", 2)])
@example(story=[(0, "granted", 0), (0, "renewed", 2), (0, "suspended", 1)])
@example(story=[(0, "granted", 0), (0, "suspended", 1), (0, "revoked", 2), (0, "renewed", 3)])
@example(story=[(0, "granted", 0), (0, "suspended", 2), (0, "surrendered", 2), (0, "renewed", 2)])
@example(story=[(0, "granted", 0), (0, "suspended", 1), (0, "reinstated", 1), (0, "suspended", 1)])
@example(story=[(0, "suspended", 1), (0, "renewed", 2)])
@example(story=[(0, "granted", 0), (0, "revoked", 2), (1, "granted", 2)])
@example(story=[(0, "granted", 0), (0, "revoked", 1), (1, "granted", 2), (1, "surrendered", 3)])
@example(story=[(0, "granted", 0), (1, "granted", 1), (0, "suspended", 2), (1, "revoked", 3)])
def test_any_story_of_two_licences_is_read_alike(story, kerman):
    compare(story, kerman)
