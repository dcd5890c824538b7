"""The servers behind `make test-services` are the real ones, and the settings use them."""

import json
import urllib.request

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection

pytestmark = pytest.mark.services


@pytest.mark.django_db
def test_the_tests_database_is_postgresql():
    with connection.cursor() as cursor:
        cursor.execute("SELECT version()")
        (version,) = cursor.fetchone()

    assert connection.vendor == "postgresql"
    assert version.startswith("PostgreSQL ")


def test_elasticsearch_analyses_persian():
    body = json.dumps({"analyzer": "persian", "text": "گلیم‌های سیرجان"}).encode()
    request = urllib.request.Request(
        f"{settings.ELASTICSEARCH_URL}/_analyze", body, {"Content-Type": "application/json"}
    )

    with urllib.request.urlopen(request, timeout=10) as answer:
        tokens = [token["token"] for token in json.load(answer)["tokens"]]

    assert len(tokens) >= 2


def test_uploads_go_to_the_s3_server():
    name = default_storage.save("probe/kilim.txt", ContentFile("گلیم".encode()))
    try:
        with default_storage.open(name) as stored:
            assert stored.read().decode() == "گلیم"
    finally:
        default_storage.delete(name)

    assert type(default_storage._wrapped).__name__ == "S3Storage"
    assert not default_storage.exists(name)
