"""What machines read of visits, events and courses: each date with its places, its price and whether it takes place; read by rdflib."""

from datetime import timedelta

import pytest
from rdflib import RDF
from rdflib.namespace import SDO

from cms.sitemap import month_lists
from marketplace.bookings.models import Session
from marketplace.bookings.services import cancel_session
from tests.bookings.visits import booked, host  # noqa: F401
from tests.cms.events.conftest import MORNING, city_pages, publish  # noqa: F401
from tests.cms.visits.test_pages import loom, page_of  # noqa: F401
from tests.found.reading import graph, nodes, unknown_terms

SITE = "http://testserver"


@pytest.fixture
def sold_visit(host):  # noqa: F811
    """Four Fridays, a place costs 1,500,000 rial."""
    return page_of(host.maker, price_rial=1_500_000)


def html_of(client, page) -> str:
    return client.get(page.get_url()).content.decode()


def test_each_date_of_a_visit_is_an_event_with_its_offer_and_free_places(client, sold_visit):
    first = Session.objects.earliest("starts_at")
    booked(first, party=1)
    dates = nodes(html_of(client, sold_visit), "Event")
    assert [one["startDate"] for one in dates] == [
        f"2026-{day}T10:00:00+03:30" for day in ("11-27", "12-04", "12-11", "12-18")
    ]
    maker = {"@type": "Organization", "name": sold_visit.maker.name, "url": f"{SITE}/en/maker/{sold_visit.maker.slug}/"}
    assert dates[0]["organizer"] == maker
    assert (dates[0]["maximumAttendeeCapacity"], dates[0]["remainingAttendeeCapacity"]) == (4, 3)
    assert dates[0]["inLanguage"] == ["fa", "en"]
    assert dates[0]["offers"] == {
        "@type": "Offer",
        "url": f"{SITE}/en/visit/session/{first.pk}/",
        "price": "1500000",
        "priceCurrency": "IRR",
        "availability": "https://schema.org/InStock",
        "validThrough": "2026-11-27T08:00:00+03:30",
        "seller": maker,
    }


def test_the_terms_are_schema_orgs_and_every_date_has_one_status_and_one_place(client, sold_visit):
    found = graph(html_of(client, sold_visit))
    assert unknown_terms(found) == set()
    events = list(found.subjects(RDF.type, SDO.Event))
    assert len(events) == 4
    for event in events:
        assert len(list(found.objects(event, SDO.location))) == 1
        assert [str(one) for one in found.objects(event, SDO.eventStatus)] == ["https://schema.org/EventScheduled"]


def test_a_date_that_is_full_is_sold_out(client, sold_visit):
    booked(Session.objects.earliest("starts_at"), party=4)
    first = nodes(html_of(client, sold_visit), "Event")[0]
    assert (first["offers"]["availability"], first["remainingAttendeeCapacity"]) == ("https://schema.org/SoldOut", 0)


def test_a_date_that_was_called_off_says_so_and_offers_nothing(client, sold_visit):
    cancel_session(session=Session.objects.earliest("starts_at"), reason="Flood")
    called_off, *others = nodes(html_of(client, sold_visit), "Event")
    assert (called_off["eventStatus"], "offers" in called_off) == ("https://schema.org/EventCancelled", False)
    assert [one["eventStatus"] for one in others] == ["https://schema.org/EventScheduled"] * 3


def test_a_date_whose_bookings_are_closed_offers_nothing(client, sold_visit):
    first = Session.objects.earliest("starts_at")
    Session.objects.filter(pk=first.pk).update(closes_at=first.starts_at - timedelta(days=30))
    assert "offers" not in nodes(html_of(client, sold_visit), "Event")[0]


def test_a_visit_free_of_charge_is_offered_for_nothing(client, loom):  # noqa: F811
    first = nodes(html_of(client, loom), "Event")[0]
    assert (first["isAccessibleForFree"], first["offers"]["price"]) == (True, "0")


def test_a_made_up_visit_is_told_to_no_machine(client, weaver):
    page = page_of(weaver, is_demo=True)
    assert nodes(html_of(client, page), "Event") == []


def test_an_event_that_is_booked_has_an_offer_of_its_next_time(client, publish):  # noqa: F811
    page = publish(takes_bookings=True, places=20, is_free=True, **MORNING)
    session = Session.objects.get(subject=page.translation_key)
    booked(session, party=2)
    (node,) = nodes(html_of(client, page), "Event")
    assert (node["remainingAttendeeCapacity"], node["offers"]["url"]) == (18, f"{SITE}/en/visit/session/{session.pk}/")
    assert unknown_terms(graph(html_of(client, page))) == set()


def test_the_month_list_of_a_city_stands_in_the_sitemap_once_something_takes_place(loom, sirjan):  # noqa: F811
    assert [path for path, _changed in month_lists()] == ["/city/sirjan/events/"]
    loom.unpublish()
    assert list(month_lists()) == []


def test_the_month_list_shows_visits_with_their_next_free_date_and_may_be_indexed(client, loom):  # noqa: F811
    html = client.get("/en/city/sirjan/events/").content.decode()
    assert ("At the loom" in html, "27 November 2026, 10:00" in html) == (True, True)
    assert f'<link rel="canonical" href="{SITE}/en/city/sirjan/events/">' in html
    assert "noindex" not in html
    xml = b"".join(client.get("/sitemaps/pages-0.xml").streaming_content).decode()
    assert f"<loc>{SITE}/city/sirjan/events/</loc>" in xml
    assert f"<loc>{SITE}/en/city/sirjan/events/</loc>" in xml
