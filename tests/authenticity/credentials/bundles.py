"""A signed bundle of made-up parts, and the ways to spoil it. No database: the parts are made as our issuer makes them."""

import copy
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from authenticity.credentials.contexts import W3C_CREDENTIALS, own_address, own_context, w3c_credentials
from authenticity.credentials.documents import (
    IssuerPublicKey,
    build_credential,
    did_document,
    did_of,
    in_languages,
    stamp,
)
from authenticity.credentials.proof import sign
from authenticity.credentials.status_list import PURPOSES, build_status_list, entries

Json = dict[str, Any]
SITE = "https://rasteh.example"
CODE = "7K2M9QX41HZBC0DEFGHJKMNPQR"
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
INDEX = 77_001
SUBJECT = {
    "name": in_languages("گلیم شیریکی‌پیچ", "Shiriki-pich kilim"),
    "serial": "1405-000001",
    "maker": {"type": "Maker", "name": in_languages("کارگاه گلیم", "Kilim workshop")},
    "craft": {"type": "Craft", "name": in_languages("گلیم‌بافی", "Kilim weaving")},
    "city": {"type": "City", "name": in_languages("سیرجان", "Sirjan")},
    "country": "IR",
    "originBasis": "declared",
    "awardChecks": [
        {
            "type": "AwardCheck",
            "award": in_languages("نشان مرغوبیت", "Quality mark"),
            "certificateNumber": "Q-1",
            "checkedOn": "2026-05-01",
            "validUntil": "2028-05-01",
        }
    ],
    "demo": True,
}


class Issuer:
    """Somebody who signs: a site with a key from a seed, the same in every run."""

    def __init__(self, site: str = SITE, seed: int = 1) -> None:
        self.site, self.did = site, did_of(site)
        self.key = Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32)
        self.public = IssuerPublicKey(self.key.public_key().public_bytes_raw())

    def sign(self, document: Json, *, created: datetime = NOW - timedelta(minutes=5)) -> Json:
        return sign(document, key=self.key, method=self.public.address(self.did), created=stamp(created))

    def address(self, purpose: str) -> str:
        return f"{self.site}/status/{purpose}-0.json"

    def status_list(self, purpose: str, *, indexes: tuple[int, ...] = (3, 130_000), **changes: Any) -> Json:
        document = build_status_list(
            address=self.address(purpose),
            purpose=purpose,
            issuer=self.did,
            indexes=indexes,
            valid_from=stamp(NOW - timedelta(hours=1)),
            valid_until=stamp(NOW + timedelta(hours=23)),
        )
        return self.sign(document | changes)

    def credential(self, subject: Json = SUBJECT, **changes: Any) -> Json:
        document = build_credential(
            subject,
            site=self.site,
            code=CODE,
            issued_on=date(2026, 6, 1),
            valid_until=date(2031, 6, 1),
            status_entries=entries(address={one: self.address(one) for one in PURPOSES}, index=INDEX),
        )
        return self.sign(document | changes)

    def bundle(self, **parts: Any) -> Json:
        whole: Json = {
            "credential": self.credential(),
            "didDocuments": {self.did: did_document(self.did, [self.public])},
            "statusListCredentials": {self.address(one): self.status_list(one) for one in PURPOSES},
            "contexts": {W3C_CREDENTIALS: w3c_credentials(), own_address(self.site): own_context(self.site)},
            "trustedIssuers": [self.did],
            "now": stamp(NOW),
        }
        return copy.deepcopy(whole | parts)

    def with_list(self, purpose: str, **changes: Any) -> Json:
        """A bundle one of whose lists is another, signed all the same."""
        whole = self.bundle()
        whole["statusListCredentials"][self.address(purpose)] = self.status_list(purpose, **changes)
        return whole


OURS = Issuer()


def spoiled(change: Callable[[Json], Any], issuer: Issuer = OURS) -> Json:
    """A good bundle after `change` was let at it; nothing is signed anew."""
    bundle = issuer.bundle()
    change(bundle)
    return bundle
