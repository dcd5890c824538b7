"""Staff doors open to a verified second factor only; private files to a signed address only; pages carry a strict policy."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.signing import TimestampSigner
from django.test import Client

from marketplace.core.storage import PrivateFileSystemStorage, private_signer

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("door", ["/admin/", "/cms/", "/dashboard/"])
def test_staff_without_a_second_factor_is_sent_to_make_one(door, officer):
    client = Client()
    client.force_login(officer)
    response = client.get(door)
    assert (response.status_code, response.url) == (302, "/account/two_factor/")


@pytest.mark.parametrize("door", ["/admin/", "/cms/", "/dashboard/"])
def test_a_buyer_is_sent_away_from_staff_doors(door, buyer):
    client = Client()
    client.force_login(buyer)
    assert client.get(door).url == "/"


@pytest.fixture
def private(tmp_path, monkeypatch):
    """A private store of this test's own."""
    store = PrivateFileSystemStorage(location=tmp_path)
    monkeypatch.setitem(storages._storages, "private", store)
    return store


def test_a_private_file_is_read_through_its_signed_address(private):
    address = private.url(private.save("licences/scan.txt", ContentFile(b"scan")))
    response = Client().get(address)
    assert b"".join(response.streaming_content) == b"scan"
    assert response["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("signed", ["licences/scan.txt", "licences/scan.txt:x:y"])
def test_an_unsigned_address_is_not_there(private, signed):
    private.save("licences/scan.txt", ContentFile(b"scan"))
    assert Client().get(f"/private/{signed}").status_code == 404


def test_an_old_signed_address_is_not_there(private, monkeypatch):
    name = private.save("licences/scan.txt", ContentFile(b"scan"))
    monkeypatch.setattr(TimestampSigner, "timestamp", lambda self: "1aaaaa")
    old = private_signer().sign(name)
    monkeypatch.undo()
    assert Client().get(f"/private/{old}").status_code == 404


def test_a_private_name_cannot_climb_out(private):
    climbing = private_signer().sign("../../etc/hostname")
    assert Client().get(f"/private/{climbing}").status_code in {400, 404}


def test_shop_pages_carry_a_strict_policy(day):
    policy = Client().get("/about/")["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe-inline" not in policy
    assert "frame-ancestors 'none'" in policy


def test_health_and_readiness(day):
    assert Client().get("/healthz").content == b"ok"
    assert Client().get("/readyz").json() == {"database": "ok"}
