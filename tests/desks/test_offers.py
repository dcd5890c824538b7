import re
import uuid

import pytest

from marketplace.core.models import Refusal
from marketplace.desks.mending import MENDINGS
from marketplace.listing.licences import record_licence_event
from marketplace.listing.services import offer_in_venue
from marketplace.partner.models import StockRecord
from tests.cast import DAY

PRICE = "۵٬۰۰۰٬۰۰۰"


def offer(client, work, place, **changes):
    sent = {"token": str(uuid.uuid4()), "place": place, "price_rial": PRICE, "pieces": "۱"} | changes
    return client.post(f"/desk/works/{work.pk}/offer/", sent)


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


def test_the_refusal_page_says_why_its_source_and_the_steps_and_keeps_the_form(at_copper_desk, unproven_tray, bazaar):
    response = offer(at_copper_desk, unproven_tray, bazaar.pk)
    told, page = response.context["refused"], response.content.decode()
    assert response.templates[0].name == "desks/refusal.html"
    assert (told["work"], told["place"], told["sentence"]) == (unproven_tray, bazaar, Refusal.objects.get().sentence)
    assert [step["url"] for step in told["steps"]] == [
        "/desk/licences/new/",
        f"/desk/works/{unproven_tray.pk}/origin/",
        f"/desk/works/{unproven_tray.pk}/#offer",
    ]
    assert all(step["url"] in page for step in told["steps"])
    assert (f'value="{bazaar.pk}" selected' in page, PRICE in page) == (True, True)


def change(client, offer, *, seen=(3, 0), price_rial="۲۰٬۰۰۰٬۰۰۰", pieces="3"):
    """The form of an offer, sent as its page gave it."""
    sent = {"price_rial": price_rial, "pieces": pieces, "seen_stock": seen[0], "seen_allocated": seen[1]}
    return client.post(f"/desk/offers/{offer.pk}/", sent)


def test_an_offer_is_changed_and_held_pieces_are_not_counted(at_desk, kilim):
    mine = kilim.stockrecords.get()
    StockRecord.objects.filter(pk=mine.pk).update(num_allocated=1)
    assert at_desk.get(f"/desk/offers/{mine.pk}/").context["form"].initial == {
        "price_rial": 180_000_000,
        "pieces": 2,
        "seen_stock": 3,
        "seen_allocated": 1,
    }
    response = change(at_desk, mine, seen=(3, 1), pieces="۴")
    assert (response.status_code, response.headers["Location"]) == (302, f"/desk/works/{kilim.pk}/")
    mine.refresh_from_db()
    assert (mine.price, mine.num_in_stock, mine.net_stock_level) == (200_000_000, 5, 4)


def hidden(page: str) -> list[str]:
    """The stock that a page carries: in stock, held."""
    return [re.search(f'name="seen_{name}" value="([^"]*)"', page)[1] for name in ("stock", "allocated")]


@pytest.mark.parametrize("now", [(2, 0), (3, 1)])
def test_pieces_sold_while_the_form_was_open_are_not_put_back_on_sale(at_desk, kilim, now):
    mine = kilim.stockrecords.get()
    StockRecord.objects.filter(pk=mine.pk).update(num_in_stock=now[0], num_allocated=now[1])
    response = change(at_desk, mine, pieces="4")
    page, errors = response.content.decode(), response.context["form"].errors.as_data()
    assert (response.status_code, list(errors), errors["pieces"][0].code) == (422, ["pieces"], "stock_moved")
    assert errors["pieces"][0].messages[0] in page
    mine.refresh_from_db()
    assert (mine.price, mine.num_in_stock, mine.num_allocated) == (180_000_000, *now)


@pytest.mark.parametrize("now", [(2, 0), (3, 1)])
def test_a_stale_form_comes_back_with_the_stock_of_now_and_what_was_typed(at_desk, kilim, now):
    mine = kilim.stockrecords.get()
    StockRecord.objects.filter(pk=mine.pk).update(num_in_stock=now[0], num_allocated=now[1])
    sent = {"price_rial": "19,000,000", "pieces": "4", "seen_stock": 3, "seen_allocated": 0}
    page = at_desk.post(f"/en/desk/offers/{mine.pk}/", sent).content.decode()
    assert "since you opened this page: 2 are left now." in page
    assert hidden(page) == [str(now[0]), str(now[1])]
    assert ('value="19,000,000"' in page, 'name="pieces" value="4"' in page) == (True, True)
    assert ("1 piece more is held" in page) == (now[1] == 1)
    again = sent | {"seen_stock": now[0], "seen_allocated": now[1]}
    assert at_desk.post(f"/en/desk/offers/{mine.pk}/", again).status_code == 302
    mine.refresh_from_db()
    assert (mine.price, mine.net_stock_level) == (190_000_000, 4)


def test_pieces_nobody_touched_follow_the_stock_when_a_stale_form_has_another_mistake(at_desk, kilim):
    mine = kilim.stockrecords.get()
    StockRecord.objects.filter(pk=mine.pk).update(num_in_stock=2)
    response = change(at_desk, mine, price_rial="12")
    page = response.content.decode()
    assert (response.status_code, set(response.context["form"].errors)) == (422, {"price_rial", "pieces"})
    assert (hidden(page), response.context["form"]["pieces"].value()) == (["2", "0"], "۲")


def test_a_stale_form_that_a_rule_refuses_carries_the_stock_of_now(at_desk, kilim, bazaar):
    mine = offer_in_venue(work=kilim, venue=bazaar, price_rial=190_000_000, pieces=3)
    record_licence_event(licence=bazaar.licences.get(), kind="suspended", on=DAY)
    StockRecord.objects.filter(pk=mine.pk).update(num_in_stock=1)
    response = change(at_desk, mine, pieces="4")
    assert (response.status_code, response.context["refused"] is not None) == (422, True)
    assert hidden(response.content.decode()) == ["1", "0"]
    assert "stock_moved" in [error.code for error in response.context["form"].errors.as_data()["pieces"]]


def test_a_new_price_leaves_the_stock_alone_though_the_last_piece_was_sold_meanwhile(at_desk, kilim):
    mine = kilim.stockrecords.get()
    StockRecord.objects.filter(pk=mine.pk).update(num_in_stock=0, num_allocated=0)
    assert change(at_desk, mine).status_code == 302
    mine.refresh_from_db()
    assert (mine.price, mine.num_in_stock, mine.num_allocated) == (200_000_000, 0, 0)


def test_the_form_carries_the_stock_it_showed_and_is_refused_without(at_desk, kilim):
    mine = kilim.stockrecords.get()
    page = at_desk.get(f"/desk/offers/{mine.pk}/").content.decode()
    assert ('name="seen_stock" value="3"' in page, 'name="seen_allocated" value="0"' in page) == (True, True)
    response = at_desk.post(f"/desk/offers/{mine.pk}/", {"price_rial": "9000000", "pieces": "9"})
    assert (response.status_code, set(response.context["form"].errors)) == (422, {"seen_stock", "seen_allocated"})
    mine.refresh_from_db()
    assert (mine.price, mine.num_in_stock) == (180_000_000, 3)


def test_a_wrong_change_keeps_what_was_typed_and_changes_nothing(at_desk, kilim):
    mine = kilim.stockrecords.get()
    response = change(at_desk, mine, price_rial="12", pieces="بسیار")
    assert (response.status_code, set(response.context["form"].errors)) == (422, {"price_rial", "pieces"})
    assert "بسیار" in response.content.decode()
    mine.refresh_from_db()
    assert (mine.price, mine.num_in_stock) == (180_000_000, 3)


def test_an_offer_whose_origin_lapsed_is_not_refreshed_and_the_try_is_recorded(at_desk, kilim, bazaar, weaver):
    from datetime import date

    from marketplace.core import clock

    offer(at_desk, kilim, bazaar.pk)
    mine = StockRecord.objects.get(venue=bazaar)
    clock.set_today(date(2027, 12, 1))
    response = change(at_desk, mine, seen=(1, 0), price_rial="6000000", pieces="9")
    assert response.status_code == 422
    refusal = Refusal.objects.get()
    assert (refusal.door, refusal.code, refusal.by_seller, refusal.seller) == (
        "edit_offer",
        "foreign_goods",
        True,
        f"makers.maker:{weaver.pk}",
    )
    assert response.context["refused"]["mending"] is MENDINGS["foreign_goods:lapsed"]
    assert "6000000" in response.content.decode()
    mine.refresh_from_db()
    assert (mine.price, mine.num_in_stock) == (50_000_000, 1)


def test_an_offer_moves_to_another_place(at_copper_desk, foreign_tray, free_shop):
    mine = foreign_tray.stockrecords.get()
    assert str(free_shop.pk) in at_copper_desk.get(f"/desk/offers/{mine.pk}/move/").content.decode()
    response = at_copper_desk.post(f"/desk/offers/{mine.pk}/move/", {"place": free_shop.pk})
    assert (response.status_code, StockRecord.objects.get().venue) == (302, free_shop)


def test_a_move_into_a_bound_place_is_refused_recorded_once_and_moves_nothing(at_copper_desk, foreign_tray, bazaar):
    mine = foreign_tray.stockrecords.get()
    response = at_copper_desk.post(f"/desk/offers/{mine.pk}/move/", {"place": bazaar.pk})
    assert (response.status_code, Refusal.objects.get().door) == (422, "move_offer")
    assert f'value="{bazaar.pk}" selected' in response.content.decode()
    assert StockRecord.objects.get().venue is None


def test_a_move_needs_a_place_where_it_does_not_stand_already(at_copper_desk, foreign_tray):
    mine = foreign_tray.stockrecords.get()
    response = at_copper_desk.post(f"/desk/offers/{mine.pk}/move/", {"place": "workshop"})
    assert (response.status_code, set(response.context["form"].errors)) == (422, {"place"})


@pytest.mark.parametrize("page", ["", "move/"])
def test_another_makers_offer_does_not_exist_here(at_desk, foreign_tray, free_shop, page):
    theirs = foreign_tray.stockrecords.get()
    path = f"/desk/offers/{theirs.pk}/{page}"
    sent = {"price_rial": "9000000", "pieces": "9", "place": free_shop.pk}
    assert (at_desk.get(path).status_code, at_desk.post(path, sent).status_code) == (404, 404)
    now = foreign_tray.stockrecords.get()
    assert (now.price, now.num_in_stock, now.venue, Refusal.objects.count()) == (45_000_000, 2, None, 0)
