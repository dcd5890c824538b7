"""What the issuer's lists say of a credential, each list judged by the given time."""

import re
from typing import Any

from authenticity.credentials.bundle import Bundle, id_of, moment
from authenticity.credentials.securing import require_signed_by_issuer
from authenticity.credentials.status_list import MINIMUM, PURPOSES, REVOCATION, decode, is_set
from authenticity.credentials.terms import undefined_terms
from authenticity.credentials.verdict import NotAccepted, State

Json = dict[str, Any]
ENTRY, LIST_CREDENTIAL, LIST = "BitstringStatusListEntry", "BitstringStatusListCredential", "BitstringStatusList"
_INDEX = re.compile(r"0|[1-9][0-9]{0,8}")


def status_refusals(credential: Json, bundle: Bundle) -> list[NotAccepted]:
    """One refusal for each of its status entries that speaks against it, or cannot be judged."""
    status = credential.get("credentialStatus")
    entries = status if isinstance(status, list) else [status] if status is not None else []
    found = []
    for entry in entries:
        try:
            _require_clear(entry, credential, bundle)
        except NotAccepted as refusal:
            found.append(refusal)
    return found


def _require_clear(entry: object, credential: Json, bundle: Bundle) -> None:
    index, purpose, address = _parts(entry)
    listing = bundle.lists.get(address)
    if not isinstance(listing, dict):
        raise NotAccepted(State.LIST_MISSING, f"The status list {address} is not in the bundle.")
    if listing.get("id") != address:
        raise NotAccepted(State.LIST_ID_UNLIKE_ADDRESS, f"The list at {address} calls itself {listing.get('id')}.")
    if id_of(listing.get("issuer")) != id_of(credential.get("issuer")):
        raise NotAccepted(State.LIST_FOREIGN_ISSUER, "The status list is another issuer's.")
    _require_right_list(listing, bundle)
    subject = listing["credentialSubject"]
    if subject.get("statusPurpose") != purpose:
        raise NotAccepted(State.LIST_WRONG_PURPOSE, f"The list at {address} is not one of {purpose}.")
    bits = _bits_of(subject)
    if index >= len(bits) * 8:
        raise NotAccepted(State.STATUS_UNKNOWN, f"The list has no place {index}.")
    if is_set(bits, index):
        _refuse_marked(purpose, listing, bundle)
    _require_fresh(listing, bundle)


def _parts(entry: object) -> tuple[int, str, str]:
    """Raises NotAccepted for an entry whose meaning is not known here: silence would let it pass."""
    entry = entry if isinstance(entry, dict) else {}
    index, purpose, address = (entry.get(name) for name in ("statusListIndex", "statusPurpose", "statusListCredential"))
    if entry.get("type") != ENTRY or purpose not in PURPOSES or entry.get("statusSize", 1) != 1:
        raise NotAccepted(State.STATUS_UNKNOWN, "The credential has a status that cannot be judged here.")
    if not isinstance(address, str) or not _INDEX.fullmatch(str(index)) or isinstance(index, bool):
        raise NotAccepted(State.STATUS_UNKNOWN, "The credential's status names no place in a list.")
    return int(str(index)), str(purpose), address


def _require_right_list(listing: Json, bundle: Bundle) -> None:
    subject, kinds = listing.get("credentialSubject"), listing.get("type")
    if not isinstance(subject, dict) or subject.get("type") != LIST:
        raise NotAccepted(State.LIST_UNREADABLE, "The status list holds no list.")
    if not isinstance(kinds, list) or LIST_CREDENTIAL not in kinds or "@context" not in listing:
        raise NotAccepted(State.LIST_UNREADABLE, f"The status list is no {LIST_CREDENTIAL}.")
    try:
        require_signed_by_issuer(listing, bundle)
        unknown = undefined_terms(listing, bundle.context_at)
    except NotAccepted as refusal:
        raise NotAccepted(State.LIST_NOT_SIGNED_RIGHT, f"The status list: {refusal.reason}") from refusal
    if unknown:
        raise NotAccepted(State.LIST_NOT_SIGNED_RIGHT, f"The status list uses undefined words: {', '.join(unknown)}.")


def _bits_of(subject: Json) -> bytes:
    try:
        bits = decode(subject.get("encodedList"))
    except ValueError as error:
        raise NotAccepted(State.LIST_UNREADABLE, f"The status list cannot be unpacked: {error}.") from error
    if len(bits) * 8 < MINIMUM:
        raise NotAccepted(
            State.LIST_TOO_SHORT, f"The status list has {len(bits) * 8:,} places; {MINIMUM:,} is the minimum."
        )
    return bits


def _refuse_marked(purpose: str, listing: Json, bundle: Bundle) -> None:
    """A revocation is for good, however old the list; a suspension counts while its list does."""
    if purpose == REVOCATION:
        raise NotAccepted(State.REVOKED, "The issuer has revoked this credential.")
    _require_fresh(listing, bundle)
    raise NotAccepted(State.SUSPENDED, "The issuer has suspended this credential.")


def _require_fresh(listing: Json, bundle: Bundle) -> None:
    if "validUntil" not in listing:
        raise NotAccepted(State.LIST_STALE, "The status list does not say until when it counts.")
    if moment(listing["validUntil"], "The list's validUntil") < bundle.now:
        raise NotAccepted(State.LIST_STALE, f"The status list counted until {listing['validUntil']} only.")
    if "validFrom" in listing and moment(listing["validFrom"], "The list's validFrom") > bundle.now:
        raise NotAccepted(State.LIST_NOT_YET_VALID, f"The status list counts from {listing['validFrom']} only.")
