"""The page of notices, and the link in a mail: it works without signing in, on a press only, for whom it was written."""

from django.test import Client

from marketplace.core.notice_groups import group_of, unsubscribe_word, ways_of

PAGE = "/en/account/settings/notices/"
BASKET = group_of("basket_line_withdrawn")


def test_what_is_chosen_is_kept_and_nobody_elses(client, buyer, stranger):
    client.force_login(buyer)
    assert "This cannot be turned off" in client.get(PAGE).content.decode()
    client.post(PAGE, {"basket": ["sms"], "messages": ["mail", "sms"]})
    buyer.refresh_from_db()
    stranger.refresh_from_db()
    assert (ways_of(buyer, BASKET), ways_of(buyer, group_of("matter")), stranger.notice_ways) == (("sms",), (), {})


def test_orders_cannot_be_turned_off(client, buyer):
    client.force_login(buyer)
    client.post(PAGE, {"orders": ["sms"]})
    buyer.refresh_from_db()
    assert ways_of(buyer, group_of("order")) == ("mail",)


def test_an_unknown_way_changes_nothing(client, buyer):
    client.force_login(buyer)
    assert client.post(PAGE, {"basket": ["pigeon"]}).status_code == 422
    buyer.refresh_from_db()
    assert buyer.notice_ways == {}


def test_the_link_of_a_mail_works_without_signing_in_on_a_press_only(buyer):
    address = f"/en/account/unsubscribe/{unsubscribe_word(buyer, BASKET)}/"
    strict = Client(enforce_csrf_checks=True)
    assert "Send me no more such mails" in strict.get(address).content.decode()
    buyer.refresh_from_db()
    assert ways_of(buyer, BASKET) == ("mail",)
    assert strict.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200
    buyer.refresh_from_db()
    assert (ways_of(buyer, BASKET), ways_of(buyer, group_of("matter"))) == ((), ("mail",))
    assert strict.get("/account/").status_code == 302


def test_a_forged_link_is_not_found_and_changes_nothing(client, buyer, stranger):
    word = unsubscribe_word(buyer, BASKET)
    for forged in (word[:-2] + "xx", word.replace(":", ":a", 1)):
        assert client.post(f"/account/unsubscribe/{forged}/").status_code == 404
    buyer.refresh_from_db()
    assert buyer.notice_ways == {}
