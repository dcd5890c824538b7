"""Wherever a password is asked for, guesses are counted together: no other door and no other spelling gives twenty more."""

import pytest
from django.core.cache import cache

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
