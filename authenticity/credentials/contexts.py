"""The JSON-LD contexts a credential of ours uses: W3C's, kept here because it must never be fetched, and our own small one."""

import base64
import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

from authenticity.credentials.proof import jcs

W3C_CREDENTIALS = "https://www.w3.org/ns/credentials/v2"
#: Where our context is served, below the site's address. A term is never changed there: a new one gets a new version.
OWN_PATH = "/contexts/piece-v1.json"
SCHEMA_ORG = "https://schema.org/"
_DATE = "http://www.w3.org/2001/XMLSchema#date"


@cache
def w3c_credentials() -> dict[str, Any]:
    """The context of VC Data Model 2.0."""
    return json.loads((Path(__file__).parent / "contexts" / "credentials-v2.json").read_text())


def own_address(site: str) -> str:
    """Where a site's own context is found."""
    return site + OWN_PATH


@cache
def own_context(site: str) -> dict[str, Any]:
    """Every term of a piece's credential. What schema.org has a word for is said with it; the rest is defined at this address."""
    ours = own_address(site) + "#"
    dated = {"validUntil": "expires", "checkedOn": "datePublished"}
    return {
        "@context": {
            "@protected": True,
            "PieceCredential": ours + "PieceCredential",
            "Piece": ours + "Piece",
            "Maker": SCHEMA_ORG + "Organization",
            "City": SCHEMA_ORG + "City",
            "Craft": ours + "Craft",
            "AwardCheck": {
                "@id": ours + "AwardCheck",
                "@context": {
                    "@protected": True,
                    "award": {"@id": SCHEMA_ORG + "award"},
                    "awardedBy": {"@id": SCHEMA_ORG + "issuedBy"},
                    "certificateNumber": {"@id": SCHEMA_ORG + "certificationIdentification"},
                    "documentDigest": {"@id": "https://w3id.org/security#digestMultibase"},
                    **{term: {"@id": SCHEMA_ORG + word, "@type": _DATE} for term, word in dated.items()},
                },
            },
            "awardChecks": {"@id": SCHEMA_ORG + "hasCertification", "@type": "@id", "@container": "@set"},
            "batchSize": {"@id": ours + "batchSize"},
            "city": {"@id": SCHEMA_ORG + "locationCreated", "@type": "@id"},
            "country": {"@id": SCHEMA_ORG + "countryOfOrigin"},
            "craft": {"@id": ours + "craft", "@type": "@id"},
            "demo": {"@id": ours + "demo"},
            "gtin": {"@id": SCHEMA_ORG + "gtin"},
            "maker": {"@id": SCHEMA_ORG + "creator", "@type": "@id"},
            "originBasis": {"@id": ours + "originBasis"},
            "serial": {"@id": SCHEMA_ORG + "serialNumber"},
        }
    }


def digest_sri(value: Any) -> str:
    """Subresource Integrity of a JSON value in its canonical bytes, which are also the bytes we serve."""
    return "sha384-" + base64.b64encode(hashlib.sha384(jcs(value)).digest()).decode()
