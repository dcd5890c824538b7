"""Every error is a problem (RFC 9457)."""

import pytest
from django.db import OperationalError

from marketplace.api import throttle, views
from marketplace.core.models import OutboxEvent

pytestmark = pytest.mark.django_db


def problem(answer, status: int) -> dict:
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    body = answer.json()
    assert {"type", "title", "status", "detail", "instance"} <= body.keys()
    assert body["status"] == status
    return body


@pytest.mark.parametrize(
    "path", ["nothing", "works/x", "works/-1", "makers/nobody", "makers/a%00b", "makers/گلیم", "works/1/more"]
)
def test_nothing_there(client, path):
    assert problem(client.get(f"/api/v1/{path}"), 404)["title"] == "Not Found"


@pytest.mark.parametrize(
    ("asked", "parameter"),
    [
        ("limit=0", "limit"), ("limit=101", "limit"), ("limit=x", "limit"), ("cursor=zz", "cursor"), ("cursor=%00", "cursor"),
        ("sort=fame", "sort"), ("lang=de", "lang"), ("origin=mars", "origin"), ("price_min=-1", "price_min"),
        ("price_max=1e99", "price_max"),
    ],
)  # fmt: skip
def test_a_wrong_parameter_is_named(client, asked, parameter):
    body = problem(client.get(f"/api/v1/works?{asked}"), 422)
    assert [error["parameter"] for error in body["errors"]] == [parameter]


@pytest.mark.parametrize("name", ["makers", "venues", "cities", "crafts"])
@pytest.mark.parametrize("cursor", ["zz", "%00", "2YXZhw", "a" * 5000])
def test_a_wrong_cursor_of_a_list(client, name, cursor):
    assert problem(client.get(f"/api/v1/{name}?cursor={cursor}"), 422)["errors"][0]["parameter"] == "cursor"


def test_an_error_of_ours_tells_nothing_of_its_cause(client, monkeypatch, caplog):
    def fail(*args):
        raise RuntimeError("secret")

    monkeypatch.setattr(views.queries, "work_records", fail)
    body = problem(client.get("/api/v1/works"), 500)
    assert "secret" not in str(body)
    assert "RuntimeError" in caplog.text


def test_while_the_database_is_away_it_says_when_to_come_back(client, monkeypatch):
    def fail(*args):
        raise OperationalError("connection refused")

    monkeypatch.setattr(views.queries, "work_records", fail)
    answer = client.get("/api/v1/works")
    assert problem(answer, 503)["status"] == 503
    assert (answer["Retry-After"], answer["Cache-Control"]) == ("30", "no-store")
    assert "refused" not in answer.content.decode()


def test_too_many_calls_from_one_address(client, monkeypatch):
    monkeypatch.setattr(throttle, "CALLS", 3)
    monkeypatch.setattr(throttle.time, "time", lambda: 1_800_000_010.0)
    calls = [client.get("/api/v1/crafts", REMOTE_ADDR="192.0.2.1") for _ in range(4)]
    assert [call.status_code for call in calls] == [200, 200, 200, 429]
    problem(calls[-1], 429)
    assert calls[-1]["Retry-After"] == "50"
    assert client.get("/api/v1/crafts", REMOTE_ADDR="192.0.2.2").status_code == 200
    forged = client.get("/api/v1/crafts", REMOTE_ADDR="192.0.2.1", HTTP_X_FORWARDED_FOR="192.0.2.9")
    assert forged.status_code == 429
    monkeypatch.setattr(throttle.time, "time", lambda: 1_800_000_060.0)
    assert client.get("/api/v1/crafts", REMOTE_ADDR="192.0.2.1").status_code == 200


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_is_written(client, kilim, method):
    before = OutboxEvent.objects.count()
    assert getattr(client, method)(f"/api/v1/works/{kilim.pk}").status_code == 405
    assert OutboxEvent.objects.count() == before
