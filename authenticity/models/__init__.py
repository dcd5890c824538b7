"""Seals, passports of pieces, and the keys their credentials are signed with."""

from authenticity.models.applications import SealApplication, SealDocument
from authenticity.models.keys import IssuerKey
from authenticity.models.passports import Doubt, LabelSheet, Passport, Scan, ScanWatch, Transfer
from authenticity.models.seals import GrantQuerySet, SealGrant, SealScheme

__all__ = [
    "Doubt",
    "GrantQuerySet",
    "IssuerKey",
    "LabelSheet",
    "Passport",
    "Scan",
    "ScanWatch",
    "SealApplication",
    "SealDocument",
    "SealGrant",
    "SealScheme",
    "Transfer",
]
