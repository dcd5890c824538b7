"""The dates of a venue as a truth table of its licences' events; and raw SQL, which may only bind more and open less."""

from datetime import date, timedelta
from itertools import permutations

import pytest
from django.db import DatabaseError, connection, transaction

from marketplace.bazaars.dates import VenueDates, venue_dates
from marketplace.bazaars.models import LicenceEvent, Venue, VenueLicence
from marketplace.listing.licences import record_licence_event, renew_venue_licence
from tests.cast import DAY

JAN, FEB, MAR, APR, MAY, JUN = (date(2026, month, 10) for month in range(1, 7))
END, LATER = date(2026, 12, 31), date(2027, 12, 31)
ONE_DAY = timedelta(days=1)


def events(*told: tuple[str, str, date], ends: dict[str, date] | None = None) -> list[LicenceEvent]:
    """Events of licences A and B; each licence ends on END unless `ends` says otherwise."""
    licences = {
        name: VenueLicence(pk=pk, issued_on=JAN, expires_on=(ends or {}).get(name, END))
        for pk, name in ((1, "A"), (2, "B"))
    }
    return [LicenceEvent(pk=pk, licence=licences[name], kind=kind, on=on) for pk, (name, kind, on) in enumerate(told, 1)]  # fmt: skip


GRANT, SUSPEND, BACK = ("A", "granted", JAN), ("A", "suspended", FEB), ("A", "reinstated", MAR)
RENEW, REVOKE, AGAIN = ("A", "renewed", APR), ("A", "revoked", MAY), ("A", "granted", JUN)


@pytest.mark.parametrize(
    ("told", "dates"),
    [
        ((), VenueDates()),
        ((SUSPEND,), VenueDates()),
        ((REVOKE,), VenueDates()),
        ((GRANT,), VenueDates(JAN, None, END)),
        ((GRANT, SUSPEND), VenueDates(JAN, None, FEB - ONE_DAY)),
        ((GRANT, SUSPEND, BACK), VenueDates(JAN, None, END)),
        ((GRANT, SUSPEND, BACK, RENEW), VenueDates(JAN, None, END)),
        ((GRANT, SUSPEND, BACK, RENEW, REVOKE), VenueDates(JAN, MAY, None)),
        ((GRANT, SUSPEND, BACK, RENEW, REVOKE, AGAIN), VenueDates(JUN, None, END)),
        ((GRANT, SUSPEND, RENEW), VenueDates(JAN, None, FEB - ONE_DAY)),
        ((GRANT, SUSPEND, RENEW, ("A", "reinstated", MAY)), VenueDates(JAN, None, END)),
        ((GRANT, SUSPEND, ("A", "granted", MAR)), VenueDates(JAN, None, FEB - ONE_DAY)),
        ((SUSPEND, RENEW), VenueDates(APR, None, END)),
        ((GRANT, SUSPEND, ("A", "surrendered", MAR), RENEW), VenueDates(APR, None, END)),
        ((GRANT, SUSPEND, REVOKE), VenueDates(JAN, MAY, None)),
        ((GRANT, REVOKE, ("A", "suspended", JUN)), VenueDates(JAN, MAY, None)),
        ((GRANT, ("A", "surrendered", FEB)), VenueDates(JAN, FEB, None)),
        ((GRANT, ("A", "revoked", JAN)), VenueDates(JAN, JAN, None)),
        ((GRANT, REVOKE, ("A", "granted", MAY)), VenueDates(JAN, None, END)),
    ],
)
def test_one_licence(told, dates):
    assert venue_dates(events(*told)) == dates


def test_the_order_in_which_events_were_recorded_does_not_matter():
    told = (GRANT, SUSPEND, BACK, REVOKE, AGAIN)
    assert {venue_dates(events(*order)) for order in permutations(told)} == {VenueDates(JUN, None, END)}


def test_expiry_closes_the_sale_until_a_renewal_and_never_lifts_the_rule():
    lapsed = events(GRANT, ends={"A": FEB})
    assert venue_dates(lapsed) == VenueDates(JAN, None, FEB)
    assert venue_dates(events(GRANT, RENEW, ends={"A": LATER})) == VenueDates(JAN, None, LATER)
    assert venue_dates(events(GRANT, ("A", "suspended", MAR), ends={"A": FEB})) == VenueDates(JAN, None, FEB)


B = ("B", "granted", FEB)


@pytest.mark.parametrize(
    ("told", "dates"),
    [
        ((GRANT, B), VenueDates(JAN, None, LATER)),
        ((GRANT, B, ("B", "surrendered", MAR)), VenueDates(JAN, None, END)),
        ((GRANT, B, ("A", "revoked", MAR)), VenueDates(JAN, None, LATER)),
        ((GRANT, B, ("B", "suspended", MAR)), VenueDates(JAN, None, END)),
        ((GRANT, B, ("A", "suspended", MAR), ("B", "suspended", APR)), VenueDates(JAN, None, APR - ONE_DAY)),
        ((GRANT, B, ("A", "revoked", MAR), ("B", "revoked", APR)), VenueDates(JAN, APR, None)),
        ((GRANT, ("A", "revoked", FEB), ("B", "granted", MAR)), VenueDates(MAR, None, LATER)),
    ],
)
def test_two_licences_a_venue_is_bound_while_one_stands_and_open_while_one_is_in_force(told, dates):
    assert venue_dates(events(*told, ends={"B": LATER})) == dates


def stored(venue: Venue) -> VenueDates:
    return VenueDates(*Venue.objects.values_list("bound_since", "bound_until", "open_until").get(pk=venue.pk))


def refused(sql: str, *params) -> None:
    with pytest.raises(DatabaseError) as error, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)
    assert "venue_dates_follow_licence" in str(error.value)


def grant(venue: Venue, number: str, on: date, expires_on: date) -> VenueLicence:
    licence = VenueLicence.objects.create(
        venue=venue, number=number, issuer_fa="ا", issued_on=on, expires_on=expires_on
    )
    record_licence_event(licence=licence, kind="granted", on=on)
    return licence


@pytest.mark.django_db
@pytest.mark.parametrize(
    "sets",
    [
        "bound_since = NULL, open_until = NULL",
        "bound_since = '2026-11-23'",
        "bound_since = '2099-01-01'",
        "bound_until = '2026-11-01', open_until = NULL",
        "bound_until = '2099-01-01'",
        "open_until = NULL",
        "open_until = '2028-01-02'",
    ],
)
def test_raw_sql_does_not_free_a_licensed_venue_nor_keep_it_open(sets, bazaar):
    refused(f"UPDATE bazaars_venue SET {sets} WHERE id = %s", bazaar.pk)
    assert stored(bazaar) == VenueDates(date(2026, 1, 1), None, date(2028, 1, 1))


@pytest.mark.django_db
def test_raw_sql_may_bind_from_earlier_and_close_sooner(bazaar):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE bazaars_venue SET bound_since = '2025-01-01', open_until = '2026-01-01'")
    assert stored(bazaar) == VenueDates(date(2025, 1, 1), None, date(2026, 1, 1))


@pytest.mark.django_db
@pytest.mark.parametrize("day", [DAY - timedelta(days=10), DAY - timedelta(days=5), DAY, date(2028, 1, 1)])
def test_raw_sql_does_not_open_a_suspended_venue(day, bazaar):
    record_licence_event(licence=bazaar.licences.get(), kind="suspended", on=DAY - timedelta(days=10))
    shut = VenueDates(date(2026, 1, 1), None, DAY - timedelta(days=11))
    assert stored(bazaar) == shut
    refused("UPDATE bazaars_venue SET open_until = %s WHERE id = %s", day, bazaar.pk)
    assert stored(bazaar) == shut


@pytest.mark.django_db
@pytest.mark.parametrize("renewed", [DAY - timedelta(days=5), DAY - timedelta(days=10), DAY - timedelta(days=20)])
def test_a_renewal_recorded_in_any_order_opens_no_suspended_venue(renewed, bazaar):
    licence = bazaar.licences.get()
    record_licence_event(licence=licence, kind="suspended", on=DAY - timedelta(days=10))
    renew_venue_licence(licence=licence, on=renewed, expires_on=date(2030, 1, 1))
    shut = VenueDates(date(2026, 1, 1), None, DAY - timedelta(days=11))
    assert stored(bazaar) == shut
    refused("UPDATE bazaars_venue SET open_until = '2030-01-01' WHERE id = %s", bazaar.pk)
    assert stored(bazaar) == shut
    record_licence_event(licence=licence, kind="reinstated", on=DAY - timedelta(days=1))
    assert stored(bazaar) == VenueDates(date(2026, 1, 1), None, date(2030, 1, 1))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "sets", ["bound_since = '2099-01-01'", "bound_until = '2026-11-21'", "bound_until = '2026-05-01'"]
)
def test_an_earlier_revocation_excuses_nothing_after_a_new_grant(sets, bazaar):
    old = bazaar.licences.get()
    record_licence_event(licence=old, kind="revoked", on=date(2026, 3, 1))
    record_licence_event(licence=old, kind="granted", on=date(2026, 6, 1))
    refused(f"UPDATE bazaars_venue SET {sets} WHERE id = %s", bazaar.pk)
    assert stored(bazaar) == VenueDates(date(2026, 6, 1), None, date(2028, 1, 1))


@pytest.mark.django_db
def test_a_second_licence_given_back_frees_nobody_from_the_first(bazaar):
    second = grant(bazaar, "K-2", date(2026, 5, 1), date(2027, 5, 1))
    record_licence_event(licence=second, kind="surrendered", on=date(2026, 6, 1))
    assert stored(bazaar) == VenueDates(date(2026, 1, 1), None, date(2028, 1, 1))
    refused("UPDATE bazaars_venue SET bound_until = '2026-06-01', open_until = NULL WHERE id = %s", bazaar.pk)
    assert stored(bazaar) == VenueDates(date(2026, 1, 1), None, date(2028, 1, 1))


@pytest.mark.django_db
def test_a_licence_with_events_stays_with_its_venue(bazaar, free_shop):
    licence = bazaar.licences.get()
    refused("UPDATE bazaars_venuelicence SET venue_id = %s WHERE id = %s", free_shop.pk, licence.pk)
    assert list(bazaar.licences.all()) == [licence]
