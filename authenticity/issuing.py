"""The market as an issuer: the credential of a passport, the lists that take it back, and all of it in one bundle.

A credential is signed when it is asked for, with the key of the day, from what the market holds today. Nothing of its owner is in it.
"""

import re
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone

from authenticity.credentials.contexts import W3C_CREDENTIALS, own_address, own_context, w3c_credentials
from authenticity.credentials.documents import (
    IssuerPublicKey,
    build_credential,
    did_document,
    did_of,
    in_languages,
    stamp,
)
from authenticity.credentials.multibase import digest_text, public_of
from authenticity.credentials.proof import sign
from authenticity.credentials.status_list import PURPOSES, REVOCATION, SUSPENSION, build_status_list, entries
from authenticity.keys import current_key, public_keys, secret_of
from authenticity.models import IssuerKey, Passport, SealGrant
from authenticity.passports import LIST_LENGTH
from authenticity.queries import valid_seals
from marketplace.core.clock import today

Json = dict[str, Any]
#: Long enough for a day at a border without a network, short enough that an old list cannot hide a revocation for long.
LIST_HOURS = 24
#: A reader's clock may be behind ours.
CLOCKS_APART = timedelta(minutes=5)
_NAME = re.compile(rf"({'|'.join(PURPOSES)})-(0|[1-9][0-9]{{0,3}})")
#: As the partial index says it, word for word, or the databases would not use it.
_NOT_IN_FORCE = Q(revoked_on__isnull=False) | Q(suspended_on__isnull=False) | Q(voided_on__isnull=False)
_MARKED = {
    REVOCATION: Q(revoked_on__isnull=False) | Q(voided_on__isnull=False),
    SUSPENSION: Q(suspended_on__isnull=False),
}


def issuer() -> str:
    """The market's DID."""
    return did_of(settings.SITE_URL)


def issuer_document() -> Json:
    """The market's DID document; it makes the first key if there is none."""
    return did_document(issuer(), public_keys() or [IssuerPublicKey(public_of(current_key().public))])


def for_credentials() -> QuerySet[Passport]:
    """Passports with all that a credential says of them."""
    return Passport.objects.select_related("work__maker", "work__craft", "work__city", "work__parent", "maker")


def list_address(purpose: str, number: int) -> str:
    """Where a status list is fetched from."""
    return f"{settings.SITE_URL}/status/{purpose}-{number}.json"


def unsigned_credential(passport: Passport) -> Json:
    """What the market says of a piece today, in one query (its seals) over a passport of `for_credentials`."""
    number, index = divmod(passport.status_index, LIST_LENGTH)
    return build_credential(
        _subject(passport),
        site=settings.SITE_URL,
        code=passport.code,
        issued_on=passport.issued_on,
        valid_until=passport.valid_until,
        status_entries=entries(address={one: list_address(one, number) for one in PURPOSES}, index=index),
    )


def _subject(passport: Passport) -> Json:
    work, day = passport.work, today()
    subject: Json = {
        "name": in_languages(work.get_title(), work.title_en),
        "serial": passport.serial,
        "maker": _named("Maker", passport.maker),
    }
    if work.craft:
        subject["craft"] = _named("Craft", work.craft)
    if work.craft_city:
        subject["city"] = _named("City", work.craft_city)
    if work.is_domestic_on(day):
        subject |= {"country": "IR", "originBasis": work.origin_work.origin_basis}
    if passport.gtin:
        subject["gtin"] = passport.gtin
    if passport.pieces > 1:
        subject["batchSize"] = passport.pieces
    seals = valid_seals([work], day).get(work.pk, [])
    if seals:
        subject["awardChecks"] = [_award_check(grant) for grant in seals]
    return subject | ({"demo": True} if passport.is_demo else {})


def _named(kind: str, thing: Any) -> Json:
    return {"type": kind, "name": in_languages(thing.name_fa, thing.name_en)}


def _award_check(grant: SealGrant) -> Json:
    """The market says which award it checked, by which document, on which day; it never speaks as the body that gave the award."""
    check: Json = {
        "type": "AwardCheck",
        "award": in_languages(grant.scheme.name_fa, grant.scheme.name_en),
        "awardedBy": in_languages(grant.scheme.body_fa, grant.scheme.body_en),
        "certificateNumber": grant.number,
        "validUntil": grant.valid_until.isoformat(),
    }
    if grant.certificate_digest:
        check["documentDigest"] = digest_text(bytes.fromhex(grant.certificate_digest))
    if grant.checked_on:
        check["checkedOn"] = grant.checked_on.isoformat()
    return check


def signed(document: Json, *, now: datetime, key: IssuerKey | None = None) -> Json:
    """The document signed now with the current key."""
    key = key or current_key()
    address = IssuerPublicKey(public_of(key.public)).address(issuer())
    return sign(document, key=secret_of(key), method=address, created=stamp(now))


def unsigned_list(name: str, *, now: datetime) -> Json | None:
    """A status list by its name, such as `revocation-0`, in at most two queries; None for one that does not exist."""
    parts = _NAME.fullmatch(name)
    if parts is None:
        return None
    purpose, number = parts[1], int(parts[2])
    first = number * LIST_LENGTH
    here = Passport.objects.filter(status_index__gte=first, status_index__lt=first + LIST_LENGTH)
    if number and not here.exists():
        return None
    marked = here.filter(_NOT_IN_FORCE).filter(_MARKED[purpose]).order_by()
    return build_status_list(
        address=list_address(purpose, number),
        purpose=purpose,
        issuer=issuer(),
        indexes=[index - first for index in marked.values_list("status_index", flat=True)],
        valid_from=stamp(now - CLOCKS_APART),
        valid_until=stamp(now + timedelta(hours=LIST_HOURS)),
    )


def contexts() -> dict[str, Json]:
    """The contexts of our credentials by address."""
    return {W3C_CREDENTIALS: w3c_credentials(), own_address(settings.SITE_URL): own_context(settings.SITE_URL)}


def bundle_of(passport: Passport, *, now: datetime | None = None) -> Json:
    """All that is needed to check a passport's credential without a network, as it stands now."""
    now = now or timezone.now()
    credential, key = unsigned_credential(passport), current_key()
    names = [f"{purpose}-{passport.status_index // LIST_LENGTH}" for purpose in PURPOSES]
    lists = [unsigned_list(name, now=now) for name in names]
    return {
        "credential": signed(credential, now=now, key=key),
        "didDocuments": {issuer(): issuer_document()},
        "statusListCredentials": {one["id"]: signed(one, now=now, key=key) for one in lists if one is not None},
        "contexts": contexts(),
        "trustedIssuers": [issuer()],
        "now": stamp(now),
    }
