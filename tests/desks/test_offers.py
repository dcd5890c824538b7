import uuid

import pytest

from marketplace.core.models import Refusal
from marketplace.partner.models import StockRecord

PRICE = "۵٬۰۰۰٬۰۰۰"


def offer(client, work, place, **changes):
    sent = {"token": str(uuid.uuid4()), "place": place, "price_rial": PRICE, "pieces": "۱"} | changes
    return client.post(f"/desk/works/{work.pk}/offer/", sent)


@pytest.fixture
def at_copper_desk(client, other_artisan, coppersmith):
    client.force_login(other_artisan)
    return client


def test_an_iranian_work_is_offered_in_a_bound_bazaar(at_desk, kilim, bazaar):
    response = offer(at_desk, kilim, bazaar.pk)
    assert (response.status_code, response.headers["Location"]) == (302, f"/desk/works/{kilim.pk}/")
    made = StockRecord.objects.get(venue=bazaar)
    assert (made.product, made.price, made.num_in_stock, made.partner.maker) == (kilim, 50_000_000, 1, kilim.maker)


@pytest.mark.parametrize("which", ["foreign_tray", "unproven_tray"])
def test_what_is_not_iranian_is_refused_on_the_form_and_nothing_changes(
    at_copper_desk, bazaar, other_artisan, request, which
):
    work = request.getfixturevalue(which)
    before = list(StockRecord.objects.values())
    response = offer(at_copper_desk, work, bazaar.pk)
    page = response.content.decode()
    assert response.status_code == 422
    assert (work.name in page, bazaar.name in page, PRICE in page) == (True, True, True)
    refusal = Refusal.objects.get()
    assert refusal.sentence in response.context["form"].non_field_errors()
    assert (refusal.rule, refusal.code, refusal.door) == ("forbid_foreign_goods", "foreign_goods", "offer_in_venue")
    assert (refusal.user, refusal.subject, refusal.place) == (
        other_artisan,
        f"catalogue.product:{work.pk}",
        f"bazaars.venue:{bazaar.pk}",
    )
    assert list(StockRecord.objects.values()) == before


def test_a_foreign_work_is_offered_outside(at_copper_desk, foreign_tray, free_shop):
    assert offer(at_copper_desk, foreign_tray, free_shop.pk).status_code == 302
    assert StockRecord.objects.filter(venue=free_shop, product=foreign_tray).count() == 1
    assert Refusal.objects.count() == 0


def test_a_refused_form_can_be_sent_again_for_another_place(at_copper_desk, foreign_tray, bazaar, free_shop):
    token = str(uuid.uuid4())
    assert offer(at_copper_desk, foreign_tray, bazaar.pk, token=token).status_code == 422
    assert offer(at_copper_desk, foreign_tray, free_shop.pk, token=token).status_code == 302
    assert StockRecord.objects.filter(venue=free_shop).count() == 1


def test_pressing_twice_offers_once(at_desk, kilim, bazaar):
    token = str(uuid.uuid4())
    first, second = (offer(at_desk, kilim, bazaar.pk, token=token) for _press in range(2))
    assert (first.status_code, second.status_code) == (302, 302)
    assert StockRecord.objects.filter(venue=bazaar).count() == 1


def test_a_work_is_not_offered_twice_in_one_place(at_desk, kilim, bazaar):
    offer(at_desk, kilim, bazaar.pk)
    assert offer(at_desk, kilim, bazaar.pk).status_code == 422
    assert StockRecord.objects.filter(venue=bazaar).count() == 1


def test_a_wrong_offer_keeps_what_was_typed(at_desk, kilim, bazaar):
    response = offer(at_desk, kilim, bazaar.pk, price_rial="ارزان", pieces="")
    assert (response.status_code, set(response.context["form"].errors)) == (422, {"price_rial", "pieces"})
    assert "ارزان" in response.content.decode()
    assert StockRecord.objects.filter(venue=bazaar).count() == 0


def test_another_makers_work_cannot_be_offered(at_desk, foreign_tray, free_shop):
    assert offer(at_desk, foreign_tray, free_shop.pk).status_code == 404
    assert StockRecord.objects.filter(venue=free_shop).count() == 0


def test_an_offer_is_withdrawn_and_can_be_made_anew(at_desk, kilim, bazaar):
    offer(at_desk, kilim, bazaar.pk)
    made = StockRecord.objects.get(venue=bazaar)
    assert at_desk.post(f"/desk/offers/{made.pk}/withdraw/").headers["Location"] == f"/desk/works/{kilim.pk}/"
    made.refresh_from_db()
    assert (made.withdrawn_at is not None, made.withdrawn_because) == (True, "by_maker")
    assert at_desk.post(f"/desk/offers/{made.pk}/withdraw/").status_code == 404
    assert offer(at_desk, kilim, bazaar.pk).status_code == 302


def test_another_makers_offer_cannot_be_withdrawn(at_desk, foreign_tray):
    theirs = StockRecord.objects.get(product=foreign_tray)
    assert at_desk.post(f"/desk/offers/{theirs.pk}/withdraw/").status_code == 404
    theirs.refresh_from_db()
    assert theirs.withdrawn_at is None


def test_an_offer_whose_licence_lapsed_says_so(at_desk, kilim, bazaar, day):
    from datetime import date

    from marketplace.core import clock

    offer(at_desk, kilim, bazaar.pk)
    clock.set_today(date(2027, 12, 1))
    page = at_desk.get(f"/en/desk/works/{kilim.pk}/").content.decode()
    assert "The production licence that showed the Iranian origin" in page
