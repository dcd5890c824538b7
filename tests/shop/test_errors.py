"""What a reader sees while the database is away."""

from unittest.mock import patch

import pytest
from django.db import InterfaceError, OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper

pytestmark = pytest.mark.django_db


def away(error: Exception):
    return patch.object(BaseDatabaseWrapper, "cursor", side_effect=error)


def ask(client, path: str):
    client.raise_request_exception = False
    return client.get(path)


@pytest.mark.parametrize("error", [OperationalError("connection refused"), InterfaceError("connection already closed")])
@pytest.mark.parametrize(
    ("path", "language"), [("/", "fa"), ("/basket/", "fa"), ("/en/", "en"), ("/en/basket/", "en"), ("/pay/en/x/", "en")]
)
def test_every_page_is_closed_in_the_reader_s_language_and_kept_by_nobody(client, error, path, language):
    with away(error):
        answer = ask(client, path)
    page = answer.content.decode()
    assert answer.status_code == 503
    assert (answer["Retry-After"], answer["Cache-Control"], answer["Content-Language"]) == ("30", "no-store", language)
    assert f'<html lang="{language}"' in page
    assert "Traceback" not in page
    assert str(error) not in page


def test_the_page_comes_back_by_itself(client):
    with away(OperationalError("database is locked")):
        assert ask(client, "/en/").status_code == 503
    assert ask(client, "/en/").status_code == 200


def test_another_error_is_a_500(client):
    with patch.object(BaseDatabaseWrapper, "cursor", side_effect=RuntimeError("ours")):
        assert ask(client, "/en/").status_code == 500
