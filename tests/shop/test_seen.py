"""What was looked at last is known to the browser only."""

from marketplace.shop.seen import COOKIE, MOST

PAGE = "/seen/"


def test_a_work_looked_at_is_remembered_first(client, kilim):
    client.get(kilim.get_absolute_url())
    cookie = client.cookies[COOKIE]
    assert (cookie.value, cookie["httponly"], cookie["samesite"]) == (str(kilim.pk), True, "Lax")
    assert kilim.title_fa in client.get(PAGE).content.decode()


def test_fetched_ahead_is_not_seen(client, kilim):
    client.get(kilim.get_absolute_url(), headers={"Sec-Purpose": "prefetch"})
    assert COOKIE not in client.cookies


def test_so_many_are_remembered_and_none_twice(client, kilim):
    client.cookies[COOKIE] = ".".join(map(str, [*range(900000, 900000 + MOST - 1), kilim.pk]))
    client.get(kilim.get_absolute_url())
    assert client.cookies[COOKIE].value.split(".") == [str(kilim.pk), *map(str, range(900000, 900000 + MOST - 1))]


def test_a_broken_cookie_is_nothing(client, db):
    for broken in ("abc", "1..2", "1" * 300, "-1"):
        client.cookies[COOKIE] = broken
        assert client.get("/en" + PAGE).status_code == 200


def test_they_are_forgotten(client, kilim):
    client.get(kilim.get_absolute_url())
    client.post(PAGE + "forget/")
    assert client.cookies[COOKIE].value == ""
    assert "Nothing was looked at yet" in client.get("/en" + PAGE).content.decode()
