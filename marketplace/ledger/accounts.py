"""The accounts of the market, by code. They are made when first written to."""

from collections.abc import Iterable

from django.db import IntegrityError, transaction

from marketplace.ledger.models import Account

Kind = Account.Kind

BANK = "bank"
REFUNDS = "refunds"
COMMISSION = "commission"
TAX = "tax"
DISCOUNTS = "discounts"
FEES = "fees"
#: Taken back by buyers' banks: while it is argued about, and when it is lost.
DISPUTES, LOSSES = "disputes", "losses"
SUSPENSE = "suspense"
PAYOUTS = "payouts"
CLEARING, PAYABLE = "clearing", "payable"
#: Rent that tenants owe venues. The market holds none of it: both accounts of a venue are each other's mirror.
RENT_OWED, RENT_TO_VENUES = "rent_owed", "rent_to_venues"

_KINDS = {
    BANK: Kind.ASSET,
    CLEARING: Kind.ASSET,
    REFUNDS: Kind.LIABILITY,
    PAYABLE: Kind.LIABILITY,
    PAYOUTS: Kind.LIABILITY,
    TAX: Kind.LIABILITY,
    SUSPENSE: Kind.LIABILITY,
    COMMISSION: Kind.INCOME,
    DISCOUNTS: Kind.EXPENSE,
    FEES: Kind.EXPENSE,
    DISPUTES: Kind.ASSET,
    LOSSES: Kind.EXPENSE,
    RENT_OWED: Kind.ASSET,
    RENT_TO_VENUES: Kind.LIABILITY,
}


def clearing(gateway: str) -> str:
    """What a gateway holds for the market until it settles."""
    return f"{CLEARING}:{gateway}"


def payable(seller_id: int) -> str:
    """What the market owes a seller; in debit, what the seller owes."""
    return f"{PAYABLE}:{seller_id}"


def rent_owed(venue_id: int) -> str:
    """What tenants of a venue owe it."""
    return f"{RENT_OWED}:{venue_id}"


def rent_to_venue(venue_id: int) -> str:
    """The same, seen from the venue."""
    return f"{RENT_TO_VENUES}:{venue_id}"


def kind_of(code: str) -> str:
    """The kind of an account. KeyError for a code the market does not know: a programming mistake."""
    return _KINDS[code.partition(":")[0]]


def accounts(codes: Iterable[str]) -> dict[str, Account]:
    """Accounts by code, in one query; what is missing is made. Raises IntegrityError where a seller is not there."""
    wanted = sorted(set(codes))
    found = {account.code: account for account in Account.objects.filter(code__in=wanted)}
    for code in wanted:
        if code not in found:
            found[code] = _made(code)
    return found


def _made(code: str) -> Account:
    word, _colon, rest = code.partition(":")
    seller_id = int(rest) if word == PAYABLE else None
    try:
        with transaction.atomic():
            return Account.objects.create(code=code, kind=kind_of(code), seller_id=seller_id)
    except IntegrityError:  # somebody at the same moment, or no such seller
        there = Account.objects.filter(code=code).first()
        if there is None:
            raise
        return there


def held_payables(seller_ids: Iterable[int]) -> dict[int, Account]:
    """Sellers' accounts, locked in the order of their numbers until the transaction ends; by seller.

    Whoever lessens what a seller is owed takes this lock first, and reads the balance after it. Sales only add, and do not wait.
    """
    ids = set(seller_ids)
    accounts(payable(seller_id) for seller_id in ids)
    locked = Account.objects.select_for_update(no_key=True).filter(seller_id__in=ids).order_by("pk")
    return {account.seller_id: account for account in locked if account.seller_id is not None}
