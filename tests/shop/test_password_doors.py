"""Wherever a password is asked for, guesses are counted together: no other door and no other spelling gives twenty more."""

import pytest
from django.core import signing
from django.core.cache import cache
from django.test import Client

from marketplace.core import known_devices
from tests.cast import PASSWORD

SHOP = ("/sign-in/", "")
STAFF = ("/account/login/", "auth-")
EDITORS = ("/cms/login/", "")


@pytest.fixture(autouse=True)
def _fresh_cache():
    cache.clear()


def guess(client, door: tuple[str, str], name: str, typed: str = "x", address: str = "127.0.0.1") -> int:
    path, prefix = door
    form = {f"{prefix}username": name, f"{prefix}password": typed, "login_view-current_step": "auth"}
    return client.post(path, form, REMOTE_ADDR=address).status_code


@pytest.mark.parametrize("door", [STAFF, EDITORS])
def test_guessing_at_the_doors_of_staff_is_slowed_down(client, buyer, door):
    assert [guess(client, door, "buyer@example.org") for _ in range(21)] == [200] * 20 + [429]


def test_guesses_at_three_doors_are_counted_together(client, buyer):
    answers = [guess(client, (SHOP, STAFF, EDITORS)[nth % 3], "buyer@example.org") for nth in range(22)]
    assert answers == [200] * 20 + [429] * 2


def test_guesses_of_one_account_from_many_addresses_and_in_other_spellings_are_counted_together(client, buyer):
    spellings = ["09131110002", "+98 913 111 0002", "۰۹۱۳۱۱۱۰۰۰۲", "0098-913-111-0002", "٠٩١٣١١١٠٠٠٢"]
    answers = [guess(client, (SHOP, STAFF)[nth % 2], spellings[nth % 5], address=f"10.0.0.{nth}") for nth in range(22)]
    assert answers == [200] * 20 + [429] * 2


def test_who_knows_the_password_comes_in_by_the_door_of_staff_and_is_not_counted(client, artisan):
    for _time in range(25):
        assert guess(client, STAFF, artisan.username, PASSWORD) == 302
        client.logout()


def sign_out(client) -> None:
    """By the button: the browser keeps its other cookies, which the test client's own way throws away."""
    client.post("/sign-out/")


def tried_by_strangers(client_of_another, name: str) -> None:
    """A stranger has used up the tries of a name, from many addresses."""
    for nth in range(21):
        guess(client_of_another, SHOP, name, address=f"10.1.0.{nth}")
    assert guess(client_of_another, SHOP, name, PASSWORD, address="10.1.1.1") == 429


@pytest.mark.parametrize("door", [SHOP, STAFF, EDITORS])
def test_a_stranger_who_used_up_the_tries_of_a_name_does_not_shut_out_its_owners_device(client, artisan, door):
    guess(client, SHOP, artisan.username, PASSWORD)
    sign_out(client)
    tried_by_strangers(Client(), artisan.username)
    assert guess(client, door, artisan.username, PASSWORD) == 302


def test_without_the_devices_cookie_the_owner_is_shut_out_too(client, artisan):
    guess(client, SHOP, artisan.username, PASSWORD)
    sign_out(client)
    del client.cookies[known_devices.COOKIE]
    tried_by_strangers(Client(), artisan.username)
    assert guess(client, SHOP, artisan.username, PASSWORD) == 429


def test_a_device_that_is_known_has_twenty_wrong_tries_of_its_own(client, artisan):
    guess(client, SHOP, artisan.username, PASSWORD)
    sign_out(client)
    assert [guess(client, SHOP, artisan.username) for _ in range(21)] == [200] * 20 + [429]
    assert guess(client, SHOP, artisan.username, PASSWORD) == 429
    assert guess(Client(), SHOP, artisan.username, PASSWORD, address="10.2.0.1") == 302


def test_the_cookie_of_one_account_is_worth_nothing_for_another(client, artisan, buyer):
    guess(client, SHOP, artisan.username, PASSWORD)
    sign_out(client)
    tried_by_strangers(Client(), buyer.username)
    assert guess(client, SHOP, buyer.username, PASSWORD) == 429


def test_one_device_is_known_to_two_accounts(client, artisan, buyer):
    for person in (artisan, buyer):
        guess(client, SHOP, person.username, PASSWORD)
        sign_out(client)
    for person in (artisan, buyer):
        tried_by_strangers(Client(), person.username)
        assert guess(client, SHOP, person.username, PASSWORD) == 302
        sign_out(client)


@pytest.mark.parametrize("spoil", [lambda cookie: "x", lambda cookie: cookie[:-2] + "zz", lambda cookie: ""])
def test_a_cookie_that_we_did_not_write_is_worth_nothing(client, artisan, spoil):
    guess(client, SHOP, artisan.username, PASSWORD)
    sign_out(client)
    client.cookies[known_devices.COOKIE] = spoil(client.cookies[known_devices.COOKIE].value)
    tried_by_strangers(Client(), artisan.username)
    assert guess(client, SHOP, artisan.username, PASSWORD) == 429


def test_another_password_forgets_every_device(client, artisan):
    guess(client, SHOP, artisan.username, PASSWORD)
    sign_out(client)
    artisan.set_password("another long sentence")
    artisan.save()
    tried_by_strangers(Client(), artisan.username)
    assert guess(client, SHOP, artisan.username, "another long sentence") == 429


def test_the_cookie_names_nobody_and_no_script_reads_it(client, artisan):
    guess(client, SHOP, artisan.username, PASSWORD)
    cookie = client.cookies[known_devices.COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", known_devices.SECONDS)
    device, *marks = signing.loads(cookie.value, salt="marketplace.known-devices")
    assert len(marks) == 1
    assert not {artisan.username, artisan.email, artisan.mobile, str(artisan.pk)} & {device, *marks}


def test_a_wrong_password_writes_no_cookie(client, artisan):
    guess(client, SHOP, artisan.username)
    assert known_devices.COOKIE not in client.cookies
