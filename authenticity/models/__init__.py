"""Seals, and passports of pieces."""

from authenticity.models.passports import Doubt, LabelSheet, Passport, Scan, Transfer
from authenticity.models.seals import GrantQuerySet, SealGrant, SealScheme

__all__ = ["Doubt", "GrantQuerySet", "LabelSheet", "Passport", "Scan", "SealGrant", "SealScheme", "Transfer"]
