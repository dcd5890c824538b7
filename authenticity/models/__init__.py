"""Seals, passports of pieces, and the keys their credentials are signed with."""

from authenticity.models.applications import SealApplication, SealDocument
from authenticity.models.keys import IssuerKey
from authenticity.models.passports import Doubt, LabelSheet, Passport, Scan, Transfer
from authenticity.models.seals import GrantQuerySet, SealGrant, SealScheme

__all__ = [
    "Doubt",
    "GrantQuerySet",
    "IssuerKey",
    "LabelSheet",
    "Passport",
    "Scan",
    "SealApplication",
    "SealDocument",
    "SealGrant",
    "SealScheme",
    "Transfer",
]
