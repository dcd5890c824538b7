"""What machines read of a work's seals: schema.org Certification as microdata, which needs no script."""

import re

import pytest

from authenticity.models import SealGrant

pytestmark = pytest.mark.django_db


def said(html: str) -> dict[str, str]:
    """The properties of the one certification of a page."""
    item = re.search(r'<li itemprop="hasCertification".*?</li>', html, re.DOTALL)
    assert item
    return dict(re.findall(r'<meta itemprop="(\w+)" content="([^"]*)"', item[0])) | {
        "name": re.findall(r'<span itemprop="name">([^<]*)', item[0])[0]
    }


@pytest.mark.parametrize(
    ("prefix", "name", "body"),
    [("", "مهر اصالت ملی", "میراث فرهنگی"), ("/en", "National seal", "Cultural Heritage")],
)
def test_a_seal_in_force_is_a_certification(client, market, prefix, name, body):
    html = client.get(prefix + market[0].get_absolute_url()).content.decode()
    assert 'itemtype="https://schema.org/Certification"' in html
    assert said(html) == {
        "name": name,
        "issuedBy": body,
        "certificationIdentification": "S-1",
        "validFrom": "2025-01-01",
        "expires": "2028-01-01",
        "certificationStatus": "https://schema.org/CertificationActive",
    }


def test_a_demo_seal_says_so_to_machines_too(client, market, seal):
    SealGrant.objects.filter(pk=seal.pk).update(is_demo=True)
    assert said(client.get("/en" + market[0].get_absolute_url()).content.decode())["description"] == "demo"


def test_a_work_without_a_seal_claims_none(client, market):
    assert "schema.org/Certification" not in client.get(market[1].get_absolute_url()).content.decode()


def test_a_revoked_seal_is_claimed_no_more(client, market, seal):
    SealGrant.objects.filter(pk=seal.pk).update(revoked_on="2026-11-22")
    assert "schema.org/Certification" not in client.get(market[0].get_absolute_url()).content.decode()
