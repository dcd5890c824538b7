import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from marketplace.bazaars.models import Inspection, VenueLicenceClaim
from marketplace.core.models import Refusal
from marketplace.listing.licences import record_licence_event
from marketplace.matters.models import Matter
from tests.cast import DAY
from tests.desks.papers import pdf


@pytest.fixture
def at_bazaar_desk(client, manager, bazaar):
    client.force_login(manager)
    return client


def test_a_manager_is_sent_to_the_venues(at_bazaar_desk):
    assert at_bazaar_desk.get("/desk/").headers["Location"] == "/desk/venues/"


def test_the_manager_sees_days_left_offers_and_refusals(
    at_bazaar_desk, client, bazaar, manager, artisan, kilim, other_artisan, foreign_tray, django_assert_max_num_queries
):
    for person, work in ((artisan, kilim), (other_artisan, foreign_tray)):
        client.force_login(person)
        sent = {"token": str(uuid.uuid4()), "place": bazaar.pk, "price_rial": "5000000", "pieces": "1"}
        client.post(f"/en/desk/works/{work.pk}/offer/", sent)
    client.force_login(manager)
    client.get("/en/desk/venues/")
    with django_assert_max_num_queries(20):
        response = client.get("/en/desk/venues/")
    assert (response.context["days_left"], response.context["is_bound"], response.context["venue"].offer_count) == (
        405,
        True,
        1,
    )
    assert [offer.product for offer in response.context["offers"]] == [kilim]
    assert "“Copper tray” is of foreign origin and cannot be sold in Qaleh Mahmoud bazaar" in response.content.decode()


def test_another_venue_is_not_there(at_bazaar_desk, free_shop):
    assert at_bazaar_desk.get(f"/desk/venues/?place={free_shop.slug}").status_code == 404


def test_a_maker_who_manages_a_venue_finds_it_from_the_desk(client, artisan, weaver, bazaar):
    client.force_login(artisan)
    assert "/desk/venues/" not in client.get("/desk/").content.decode()
    bazaar.managers.add(artisan)
    assert '<a href="/desk/venues/">' in client.get("/desk/").content.decode()


def test_who_manages_nothing_finds_nothing(client, buyer):
    client.force_login(buyer)
    assert client.get("/desk/venues/").status_code == 404


def licence_form(**changes):
    return {
        "kind": "bazaar",
        "number": "K-2",
        "issuer_fa": "اداره کل میراث فرهنگی کرمان",
        "issued_on": "۱۴۰۵/۰۶/۰۱",
        "expires_on": "۱۴۰۸/۰۶/۰۱",
        "scan": pdf(),
    } | changes


def test_a_renewal_waits_for_an_officer_and_changes_no_date_yet(at_bazaar_desk, bazaar, manager):
    held = bazaar.licences.get()
    sent = licence_form(renews=held.pk, number="K-1")
    response = at_bazaar_desk.post(f"/desk/venues/{bazaar.slug}/licence/", sent)
    assert (response.status_code, response.headers["Location"]) == (302, f"/desk/venues/?place={bazaar.slug}#licences")
    claim, matter = VenueLicenceClaim.objects.get(), Matter.objects.get()
    assert (claim.renews, claim.sent_by, claim.number, matter.kind) == (held, manager, "K-1", "venue_licence")
    before = bazaar.open_until
    bazaar.refresh_from_db()
    assert bazaar.open_until == before
    assert [one.state_class for one in at_bazaar_desk.get("/desk/venues/").context["claims"]] == ["wait"]


def test_pressing_twice_sends_the_licence_once(at_bazaar_desk, bazaar, private_papers):
    for _press in range(2):
        at_bazaar_desk.post(f"/desk/venues/{bazaar.slug}/licence/", licence_form(scan=pdf()))
    assert (VenueLicenceClaim.objects.count(), Matter.objects.count()) == (1, 1)
    assert len([file for file in private_papers.rglob("*") if file.is_file()]) == 1


def test_a_wrong_licence_is_told_and_not_sent(at_bazaar_desk, bazaar):
    sent = licence_form(expires_on="1400/01/01", issuer_fa="")
    response = at_bazaar_desk.post(f"/desk/venues/{bazaar.slug}/licence/", sent)
    assert (response.status_code, set(response.context["form"].errors)) == (422, {"expires_on", "issuer_fa"})
    assert (VenueLicenceClaim.objects.count(), Matter.objects.count()) == (0, 0)


def test_nobody_sends_a_licence_for_anothers_venue(at_bazaar_desk, free_shop):
    path = f"/desk/venues/{free_shop.slug}/licence/"
    assert (at_bazaar_desk.get(path).status_code, at_bazaar_desk.post(path, licence_form()).status_code) == (404, 404)
    assert VenueLicenceClaim.objects.count() == 0


def test_a_renewal_of_another_venues_licence_is_no_choice(at_bazaar_desk, bazaar, free_shop):
    theirs = free_shop.licences.create(
        number="F-1", issuer_fa="-", issued_on=bazaar.bound_since, expires_on=bazaar.open_until
    )
    response = at_bazaar_desk.post(f"/desk/venues/{bazaar.slug}/licence/", licence_form(renews=theirs.pk))
    assert (response.status_code, set(response.context["form"].errors)) == (422, {"renews"})
    assert VenueLicenceClaim.objects.count() == 0


@pytest.mark.parametrize(("ended", "offered"), [("revoked", False), ("surrendered", False), ("suspended", True)])
def test_a_licence_that_was_taken_back_is_not_offered_for_renewal(at_bazaar_desk, bazaar, ended, offered):
    licence = bazaar.licences.get()
    record_licence_event(licence=licence, kind=ended, on=DAY)
    address = f"/desk/venues/{bazaar.slug}/licence/"
    choices = [str(pk) for pk, _label in at_bazaar_desk.get(address).context["form"].fields["renews"].choices]
    assert choices == ([str(licence.pk)] if offered else []) + [""]
    response = at_bazaar_desk.post(address, licence_form(renews=licence.pk))
    assert (response.status_code, VenueLicenceClaim.objects.count()) == ((302, 1) if offered else (422, 0))


@pytest.fixture
def refused(at_bazaar_desk, bazaar, coppersmith, foreign_tray, other_artisan):
    """So many refusals of one seller's tries in the bazaar."""

    def many(number: int) -> None:
        Refusal.objects.bulk_create(
            Refusal(
                rule="forbid_foreign_goods",
                code="foreign_goods",
                door="offer_in_venue",
                by_seller=True,
                sentence_fa="نه",
                sentence_en="No.",
                user=other_artisan,
                subject=f"catalogue.product:{foreign_tray.pk}",
                place=f"bazaars.venue:{bazaar.pk}",
                seller=f"makers.maker:{coppersmith.pk}",
            )
            for _each in range(number)
        )

    return many


def test_refusals_are_paged_counted_per_seller_and_cost_the_same_at_5_and_500(
    at_bazaar_desk, refused, coppersmith, bazaar, django_assert_num_queries
):
    Inspection.objects.create(venue=bazaar, maker=coppersmith, because="refusals", opened_on=bazaar.bound_since)
    refused(5)
    at_bazaar_desk.get("/desk/venues/")
    with CaptureQueriesContext(connection) as five:
        first = at_bazaar_desk.get("/desk/venues/")
    refused(495)
    assert len(five) <= 20
    with django_assert_num_queries(len(five)):
        many = at_bazaar_desk.get("/desk/venues/")
    assert [(one.maker, one.times) for one in first.context["counts"]] == [(coppersmith, 5)]
    assert [(one.maker, one.times) for one in many.context["counts"]] == [(coppersmith, 500)]
    assert (len(many.context["refusals"]), many.context["refused_page"].paginator.num_pages) == (20, 25)
    assert "?refused=2" in many.content.decode()
    assert at_bazaar_desk.get("/desk/venues/?refused=25").context["refused_page"].number == 25


def test_what_was_refused_elsewhere_is_not_counted_here(at_bazaar_desk, refused, bazaar):
    refused(2)
    Refusal.objects.update(place="bazaars.venue:0")
    response = at_bazaar_desk.get("/desk/venues/")
    assert (response.context["counts"], response.context["refusals"]) == ([], [])
