"""Searches a buyer keeps: what is kept, whose it is, how many there may be."""

import pytest

from marketplace.saved import rules
from marketplace.saved.models import SavedSearch

LIST = "/account/searches/"
NEW = LIST + "new/?q=گلیم&city=sirjan&sort=price&cursor=x"
TYPED = {"name": "گلیم سیرجان", "often": "weekly"}


@pytest.fixture
def saved(client, buyer, kerman_province):
    client.force_login(buyer)
    client.post(NEW, TYPED)
    return SavedSearch.objects.get()


def test_a_search_is_kept_without_its_order_and_place(client, saved):
    assert (saved.address.text, saved.address.facets, saved.address.sort) == ("گلیم", {"city": ("sirjan",)}, "")
    assert (saved.name, saved.often) == ("گلیم سیرجان", "weekly")
    page = client.get(LIST).content.decode()
    assert f'"{LIST}{saved.pk}/"' in page
    assert client.get(saved.get_absolute_url()).status_code == 200


def test_the_name_offered_says_what_is_looked_for(client, buyer, sirjan):
    client.force_login(buyer)
    page = client.get("/en" + LIST + "new/?q=gelim&city=sirjan").content.decode()
    assert 'value="gelim · Sirjan"' in page


def test_the_same_search_again_takes_the_new_name(client, saved):
    client.post(LIST + "new/?city=sirjan&q=گلیم", {"name": "دیگر", "often": "daily"})
    assert list(SavedSearch.objects.values_list("pk", "name", "often")) == [(saved.pk, "دیگر", "daily")]


def test_a_search_for_everything_is_refused_and_what_was_typed_stays(client, buyer):
    client.force_login(buyer)
    answer = client.post("/en" + LIST + "new/", TYPED)
    assert (answer.status_code, "Say first what to look for" in answer.content.decode()) == (422, True)
    assert 'value="گلیم سیرجان"' in answer.content.decode()
    assert SavedSearch.objects.count() == 0


def test_one_more_than_there_is_room_for_is_refused(client, saved, monkeypatch):
    monkeypatch.setattr(rules, "MOST_SEARCHES", 1)
    answer = client.post("/en" + LIST + "new/?q=خاتم", TYPED)
    assert (answer.status_code, "all there is room for" in answer.content.decode()) == (422, True)
    assert SavedSearch.objects.count() == 1
    assert client.post(NEW, TYPED).status_code == 302  # one that is kept already takes no more room


def test_it_is_changed_and_removed(client, saved):
    client.post(f"{LIST}{saved.pk}/", {"name": "نام تازه", "often": "never"})
    saved.refresh_from_db()
    assert (saved.name, saved.often) == ("نام تازه", "never")
    client.post(f"{LIST}{saved.pk}/remove/")
    assert SavedSearch.objects.count() == 0


def test_anothers_search_is_not_found_and_stays(client, stranger, saved):
    client.force_login(stranger)
    answers = [client.get(f"{LIST}{saved.pk}/"), client.post(f"{LIST}{saved.pk}/", TYPED | {"name": "x"})]
    answers.append(client.post(f"{LIST}{saved.pk}/remove/"))
    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert f"{LIST}{saved.pk}/" not in client.get(LIST).content.decode()
    saved.refresh_from_db()
    assert saved.name == "گلیم سیرجان"


def test_who_is_not_signed_in_comes_back_to_the_same_search(client):
    answer = client.get(LIST + "new/?q=kilim")
    assert answer.headers["Location"] == "/sign-in/?next=/account/searches/new/%3Fq%3Dkilim"
