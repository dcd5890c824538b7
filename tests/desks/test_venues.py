import uuid

import pytest


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
