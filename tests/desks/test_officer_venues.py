"""Licences of venues, origins and production licences as officers change them: previewed first, refused with nothing changed."""

from datetime import date, timedelta

import pytest

from catalogue.models import FOR_EVER, OriginDecision
from marketplace.bazaars.models import LicenceEvent, VenueLicence
from marketplace.core.chain import first_broken
from marketplace.core.models import LogEntry, Notice
from marketplace.desks.officer.services import CHAIN
from marketplace.listing.services import offer_in_venue
from marketplace.partner.models import StockRecord
from tests.cast import DAY

YES = {"confirmed": "1"}


@pytest.fixture
def in_bazaar(kilim, bazaar):
    """The kilim, offered in the bazaar."""
    return offer_in_venue(work=kilim, venue=bazaar, price_rial=190_000_000, pieces=1)


@pytest.fixture
def in_shop(unproven_tray, free_shop):
    """The tray of unproven origin, offered in the shop that no licence binds."""
    return offer_in_venue(work=unproven_tray, venue=free_shop, price_rial=52_000_000, pieces=1)


def active() -> int:
    return StockRecord.objects.active().count()


def event(licence, **changes) -> dict:
    return {
        "act": "event",
        "event-licence": licence.pk,
        "event-kind": "suspended",
        "event-on": "2026-11-20",
        "event-note": "After the visit.",
    } | changes


def test_venues_are_listed_with_their_dates(at_officers_desk, bazaar, free_shop, django_assert_max_num_queries):
    at_officers_desk.get("/en/desk/officer/venues/")
    with django_assert_max_num_queries(12):
        response = at_officers_desk.get("/en/desk/officer/venues/")
    assert {(venue.slug, bound, is_open) for venue, bound, is_open in response.context["rows"]} == {
        ("qaleh-mahmoud", True, True),
        ("free-shop", False, True),
    }


@pytest.mark.parametrize(("typed", "many"), [("قلعه", 1), ("kerman", 2), ("free kerman", 1), ("tehran", 0)])
def test_venues_are_found_by_name_city_and_province(at_officers_desk, bazaar, free_shop, typed, many):
    response = at_officers_desk.get("/en/desk/officer/venues/", {"name": typed})
    assert len(response.context["rows"]) == many


def test_a_venues_page_shows_licences_events_and_dates(at_officers_desk, bazaar, django_assert_max_num_queries):
    with django_assert_max_num_queries(20):
        page = at_officers_desk.get(f"/en/desk/officer/venues/{bazaar.slug}/").content.decode()
    for words in ("K-1", "granted", "since 1 January 2026", "last day 1 January 2028"):
        assert words in page


def test_a_suspension_is_previewed_then_recorded(at_officers_desk, bazaar, in_bazaar, officer):
    address, licence = f"/en/desk/officer/venues/{bazaar.slug}/", bazaar.licences.get()
    page = at_officers_desk.post(address, event(licence)).content.decode()
    assert "0 offers will be withdrawn" in page
    assert "Nothing can be sold there: its last day of sale was 19 November 2026." in page
    bazaar.refresh_from_db()
    assert (bazaar.open_until, licence.events.count()) == (date(2028, 1, 1), 1)
    assert at_officers_desk.post(address, event(licence) | YES).url == address
    bazaar.refresh_from_db()
    assert (bazaar.open_until, bazaar.is_bound_on(DAY)) == (date(2026, 11, 19), True)
    recorded = licence.events.last()
    assert (recorded.kind, recorded.recorded_by, recorded.note) == ("suspended", officer, "After the visit.")


def test_a_first_licence_says_how_many_offers_it_takes_back(at_officers_desk, free_shop, in_shop):
    address = f"/en/desk/officer/venues/{free_shop.slug}/"
    sent = {
        "act": "grant",
        "grant-number": "K-9",
        "grant-kind": "shop",
        "grant-issuer_fa": "اداره کل میراث فرهنگی",
        "grant-issued_on": "2026-11-01",
        "grant-expires_on": "2028-11-01",
    }
    before = active()
    page = at_officers_desk.post(address, sent).content.decode()
    assert "1 offer will be withdrawn" in page
    assert "Chased tray" in page
    assert (active(), VenueLicence.objects.count()) == (before, 0)
    at_officers_desk.post(address, sent | YES)
    free_shop.refresh_from_db()
    assert (active(), free_shop.is_bound_on(DAY)) == (before - 1, True)


def test_a_renewal_needs_its_new_end_and_moves_it(at_officers_desk, bazaar):
    address, licence = f"/en/desk/officer/venues/{bazaar.slug}/", bazaar.licences.get()
    sent = event(licence, **{"event-kind": "renewed"}) | YES
    response = at_officers_desk.post(address, sent)
    assert (response.status_code, set(response.context["event_form"].errors)) == (422, {"expires_on"})
    assert licence.events.count() == 1
    at_officers_desk.post(address, sent | {"event-expires_on": "2030-01-01"})
    bazaar.refresh_from_db()
    assert bazaar.open_until == date(2030, 1, 1)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"event-on": "2026-11-23"}, "this day is still to come"),
        ({"event-on": "soon"}, "Write the day as"),
        ({"event-kind": "sold"}, "Select a valid choice"),
        ({"event-kind": "renewed", "event-expires_on": "2020-01-01"}, "cannot end before it is issued"),
    ],
)
@pytest.mark.parametrize("confirmed", [{}, YES])
def test_an_event_that_cannot_be_is_told_and_not_recorded(at_officers_desk, bazaar, changes, words, confirmed):
    address, licence = f"/en/desk/officer/venues/{bazaar.slug}/", bazaar.licences.get()
    response = at_officers_desk.post(address, event(licence, **changes) | confirmed)
    assert response.status_code == 422
    assert words in response.content.decode()
    bazaar.refresh_from_db()
    assert (LicenceEvent.objects.count(), bazaar.open_until) == (1, date(2028, 1, 1))


def test_another_venues_licence_is_not_a_choice(at_officers_desk, bazaar, free_shop):
    response = at_officers_desk.post(f"/en/desk/officer/venues/{free_shop.slug}/", event(bazaar.licences.get()) | YES)
    assert response.status_code == 422
    assert LicenceEvent.objects.count() == 1


def test_an_officer_records_nothing_on_a_venue_they_manage(at_officers_desk, bazaar, officer):
    bazaar.managers.add(officer)
    response = at_officers_desk.post(f"/en/desk/officer/venues/{bazaar.slug}/", event(bazaar.licences.get()) | YES)
    assert response.status_code == 422
    assert "You cannot decide about your own workshop" in response.content.decode()
    assert LicenceEvent.objects.count() == 1


def origin(**changes) -> dict:
    return {"state": "foreign", "country": "TR", "place": "", "until": "", "reason": "Seen in Tabriz."} | changes


def test_an_origins_page_shows_how_it_came_to_it(at_officers_desk, kilim, officer, django_assert_max_num_queries):
    address = f"/en/desk/officer/origins/{kilim.pk}/"
    at_officers_desk.post(address, origin(state="disputed", country="IR", reason="A doubt.") | YES)
    with django_assert_max_num_queries(20):
        page = at_officers_desk.get(address).content.decode()
    assert "A doubt." in page
    assert "Origin disputed" in page


def test_a_work_found_foreign_is_previewed_then_withdrawn(at_officers_desk, kilim, in_bazaar, artisan, officer):
    address, before = f"/en/desk/officer/origins/{kilim.pk}/", active()
    page = at_officers_desk.post(address, origin()).content.decode()
    assert "2 offers will be withdrawn" in page
    assert (active(), OriginDecision.objects.count(), Notice.objects.count()) == (before, 0, 0)
    assert at_officers_desk.post(address, origin() | YES).url == address
    kilim.refresh_from_db()
    assert (kilim.origin_state, kilim.origin_country, active()) == ("foreign", "TR", before - 2)
    said = OriginDecision.objects.get()
    assert (said.by, said.reason) == (officer, "Seen in Tabriz.")
    assert Notice.objects.filter(user=artisan, kind="origin_decided").count() == 1


@pytest.mark.parametrize(("until", "stored"), [("", FOR_EVER), ("2027-03-01", date(2027, 3, 1))])
def test_a_verified_work_is_domestic_to_its_day(at_officers_desk, unproven_tray, until, stored):
    sent = origin(state="domestic", country="IR", place="Kerman", until=until) | YES
    at_officers_desk.post(f"/en/desk/officer/origins/{unproven_tray.pk}/", sent)
    unproven_tray.refresh_from_db()
    assert (unproven_tray.domestic_until, unproven_tray.origin_place) == (stored, "Kerman")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"country": "IR"}, "Country and origin do not fit"),
        ({"state": "domestic", "country": "TR"}, "Country and origin do not fit"),
        ({"state": "domestic", "country": "IR", "until": "2026-11-21"}, "This day has passed"),
        ({"reason": " "}, "This field is required."),
        ({"state": "martian"}, "Select a valid choice"),
    ],
)
def test_a_word_that_does_not_fit_together_is_not_recorded(at_officers_desk, kilim, changes, words):
    response = at_officers_desk.post(f"/en/desk/officer/origins/{kilim.pk}/", origin(**changes) | YES)
    assert response.status_code == 422
    assert words in response.content.decode()
    kilim.refresh_from_db()
    assert (kilim.origin_state, OriginDecision.objects.count()) == ("domestic", 0)


def test_an_officer_does_not_verify_their_own_work(at_officers_desk, unproven_tray, coppersmith, officer):
    coppersmith.owner = officer
    coppersmith.save()
    sent = origin(state="domestic", country="IR") | YES
    response = at_officers_desk.post(f"/en/desk/officer/origins/{unproven_tray.pk}/", sent)
    assert response.status_code == 422
    assert OriginDecision.objects.count() == 0


def change(licence, **changes) -> dict:
    return {"licence": licence.pk, "act": "revoke", "on": "2026-11-22", "reason": "Lent to another."} | changes


def test_a_makers_page_shows_licences_and_the_past(at_officers_desk, kilim, licence, django_assert_max_num_queries):
    with django_assert_max_num_queries(20):
        page = at_officers_desk.get("/en/desk/officer/makers/weaver/").content.decode()
    assert "T-1" in page
    assert "Before, on the same maker" in page


def test_a_revocation_is_previewed_then_follows_through(
    at_officers_desk,
    kilim,
    in_bazaar,
    licence,
    artisan,
    officer,
):
    address, before = "/en/desk/officer/makers/weaver/", active()
    page = at_officers_desk.post(address, change(licence)).content.decode()
    assert "1 offer will be withdrawn" in page
    assert "The origin of 1 work is no longer proven." in page
    licence.refresh_from_db()
    assert (licence.revoked_on, active(), LogEntry.objects.filter(chain=CHAIN).count()) == (None, before, 0)
    assert at_officers_desk.post(address, change(licence) | YES).url == address
    licence.refresh_from_db()
    kilim.refresh_from_db()
    assert (licence.revoked_on, active(), kilim.origin_state) == (DAY, before - 1, "unproven")
    line = LogEntry.objects.get(chain=CHAIN)
    assert (line.kind, line.body["by"], line.body["reason"]) == ("revoked", officer.pk, "Lent to another.")
    assert first_broken(CHAIN) is None
    assert "Lent to another." in Notice.objects.get(user=artisan, kind="licence_changed").text_en


def test_a_renewal_moves_the_end(at_officers_desk, kilim, licence):
    sent = change(licence, act="renew", on="2029-01-01") | YES
    at_officers_desk.post("/en/desk/officer/makers/weaver/", sent)
    kilim.refresh_from_db()
    assert kilim.domestic_until == date(2029, 1, 1)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"on": (DAY + timedelta(days=1)).isoformat()}, "this day is still to come"),
        ({"act": "renew", "on": "2020-01-01"}, "cannot end before it is issued"),
        ({"reason": ""}, "This field is required."),
    ],
)
def test_a_change_that_cannot_be_is_told_and_not_made(at_officers_desk, kilim, licence, changes, words):
    response = at_officers_desk.post("/en/desk/officer/makers/weaver/", change(licence, **changes) | YES)
    assert response.status_code == 422
    assert words in response.content.decode()
    licence.refresh_from_db()
    assert (licence.revoked_on, licence.expires_on) == (None, date(2027, 6, 1))
    assert not LogEntry.objects.filter(chain=CHAIN).exists()


def test_an_officer_does_not_renew_their_own_licence(at_officers_desk, licence, weaver, officer):
    weaver.owner = officer
    weaver.save()
    sent = change(licence, act="renew", on="2029-01-01") | YES
    assert at_officers_desk.post("/en/desk/officer/makers/weaver/", sent).status_code == 422
    licence.refresh_from_db()
    assert licence.expires_on == date(2027, 6, 1)
