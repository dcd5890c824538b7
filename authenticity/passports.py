"""What happens to passports: labels are made, spoiled, sent with a piece, activated once, looked at, passed on, suspended, revoked.

Guarantees: a code names one passport for ever; a piece is activated once and sent once, by conditional updates; each change of force is
a line of the public log; a look is counted without keeping who looked.
"""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from authenticity import rules
from authenticity.codes import keyed_hash, new_code, new_scratch, scratch_fits, scratch_hash
from authenticity.models import LabelSheet, Passport, Scan, Transfer
from catalogue.models import Piece, Product
from marketplace.core import chain
from marketplace.core.clock import today
from marketplace.core.jalali import jalali_year_of, year_bounds

LOG = "passports"
#: Entries of one public status list; W3C asks for at least so many, so that a place tells nothing.
LIST_LENGTH = 131_072
DAYS_TO_ACCEPT = 14


class State(Enum):
    """What a passport is on a day, as the page says it."""

    VALID = "valid"
    NOT_ACTIVATED = "not_activated"
    SUSPENDED = "suspended"
    REVOKED = "revoked"
    EXPIRED = "expired"
    VOID = "void"
    UNKNOWN = "unknown"


def state_of(passport: Passport | None, *, on: date) -> State:
    """The gravest thing that is true of it."""
    if passport is None:
        return State.UNKNOWN
    if passport.voided_on:
        return State.VOID
    if passport.revoked_on:
        return State.REVOKED
    if passport.suspended_on:
        return State.SUSPENDED
    if passport.valid_until is not None and passport.valid_until < on:
        return State.EXPIRED
    return State.VALID if passport.activated_at else State.NOT_ACTIVATED


@dataclass(frozen=True)
class Label:
    """A label as it is printed, once: the word under the scratch field is stored nowhere."""

    passport: Passport
    scratch: str


def made_this_year(maker: Any, group: int, *, on: date) -> int:
    """Pieces a maker has labels for in the Jalali year of a day, in a craft group; void labels count not."""
    first, last = year_bounds(jalali_year_of(on))
    mine = Passport.objects.filter(
        maker=maker, work__craft__group=group, issued_on__range=(first, last), voided_on=None
    )
    return sum(mine.values_list("pieces", flat=True))


@transaction.atomic
def make_labels(
    *,
    work: Product,
    count: int,
    layout: str = LabelSheet.Layout.MEDIUM,
    by: Any = None,
    gtin: str = "",
    pieces_each: int = 1,
    valid_until: date | None = None,
    is_demo: bool = False,
) -> tuple[LabelSheet, list[Label]]:
    """Make labels for pieces of a work, within its maker's licensed capacity. Raises ValidationError and makes none.

    `pieces_each` above 1 makes passports of batches.
    """
    day = today()
    assert work.maker
    assert work.craft
    # one at a time for a maker, or two sheets at once would each fit into what is left
    maker = type(work.maker).objects.select_for_update().get(pk=work.maker_id)
    rules.require_passport_origin(work, on=day)
    rules.require_gtin(gtin)
    if gtin:
        # two makers at once would each find it free: the log's end is the one row that both wait for
        chain.hold(LOG)
        rules.require_free_gtin(Passport.objects.filter(gtin=gtin.zfill(14)).exclude(maker=maker).exists())
    group = work.craft.group_id
    licences = [one for one in maker.licences.valid_on(day) if one.craft_group_id == group]
    rules.require_label_quota(licences, made=made_this_year(maker, group, on=day), wanted=count * pieces_each)
    sheet = LabelSheet.objects.create(maker=maker, work=work, layout=layout, made_by=by)
    return sheet, _labels(work, sheet, count, gtin.zfill(14) if gtin else "", pieces_each, valid_until, is_demo)


def _labels(work, sheet, count, gtin, pieces_each, valid_until, is_demo) -> list[Label]:
    year, first = jalali_year_of(today()), _next_serial(work.maker_id)
    pieces = _pieces(work, count) if pieces_each == 1 else [None] * count
    labels = []
    for place, index in zip(range(count), free_indexes(count), strict=True):
        code, scratch = new_code(), new_scratch()
        passport = Passport(
            code=code,
            serial=f"{year}-{first + place:06d}",
            gtin=gtin,
            scratch_hash=scratch_hash(code, scratch),
            status_index=index,
            work=work,
            maker=work.maker,
            piece=pieces[place],
            pieces=pieces_each,
            sheet=sheet,
            issued_on=today(),
            valid_until=valid_until,
            is_demo=is_demo,
        )
        labels.append(Label(passport, scratch))
    Passport.objects.bulk_create([label.passport for label in labels], batch_size=500)
    _log("issued", sheet=sheet.pk, serials=[label.passport.serial for label in labels])
    return labels


def _next_serial(maker_id: int) -> int:
    last = Passport.objects.filter(maker=maker_id).aggregate(last=Max("serial"))["last"]
    return int(last.rsplit("-", 1)[1]) + 1 if last else 1


def _pieces(work: Product, count: int) -> list[Piece]:
    last = Piece.objects.filter(work=work).aggregate(last=Max("number"))["last"] or 0
    return Piece.objects.bulk_create(Piece(work=work, number=last + place) for place in range(1, count + 1))


def free_indexes(count: int) -> list[int]:
    """Places in the public lists, at random, so that neighbours in a list are not neighbours in a workshop."""
    start = Passport.objects.count() // (LIST_LENGTH // 2) * LIST_LENGTH
    found: list[int] = []
    while len(found) < count:
        tried = {start + secrets.randbelow(LIST_LENGTH) for _nth in range(2 * (count - len(found)))} - set(found)
        taken = set(Passport.objects.filter(status_index__in=tried).values_list("status_index", flat=True))
        found += list(tried - taken)[: count - len(found)]
    return found


def _log(kind: str, **body: Any) -> None:
    chain.append(chain=LOG, kind=kind, body=body)


def _change(passport: Passport, kind: str, because: str, **fields: Any) -> Passport:
    for name, value in fields.items():
        setattr(passport, name, value)
    passport.because = because
    passport.save(update_fields=[*fields, "because"])
    _log(kind, serial=passport.serial, maker=passport.maker_id, because=because)
    return passport


def _held(passport: Passport) -> Passport:
    return Passport.objects.select_for_update().get(pk=passport.pk)


@transaction.atomic
def void_label(*, passport: Passport, because: str) -> Passport:
    """A spoiled label; its place in the quota is free again."""
    passport = _held(passport)
    rules.require_unused_label(passport)
    return _change(passport, "voided", because, voided_on=today())


@transaction.atomic
def suspend(*, passport: Passport, because: str) -> Passport:
    """Not in force until it is reinstated."""
    passport = _held(passport)
    rules.require_in_force(passport, on=today())
    return _change(passport, "suspended", because, suspended_on=today())


@transaction.atomic
def reinstate(*, passport: Passport, because: str) -> Passport:
    """Ends a suspension; a revocation stays."""
    return _change(_held(passport), "reinstated", because, suspended_on=None)


@transaction.atomic
def revoke(*, passport: Passport, because: str) -> Passport:
    """For good."""
    passport = _held(passport)
    return passport if passport.revoked_on else _change(passport, "revoked", because, revoked_on=today())


@transaction.atomic
def annul_revocation(*, passport: Passport, because: str) -> Passport:
    """A revocation that another pair of eyes found wrong never was; nothing else ends one."""
    return _change(_held(passport), "revocation annulled", because, revoked_on=None)


@transaction.atomic
def activate(*, passport: Passport, scratch: str, place: str, device: str, by: Any = None) -> Passport:
    """The buyer scratches and types the word, once; signed in, the title is theirs. Raises ValidationError and changes nothing."""
    passport = _held(passport)
    rules.require_in_force(passport, on=today())
    rules.require_not_activated(passport)
    rules.require_scratch(scratch_fits(passport.code, scratch, passport.scratch_hash))
    passport.activated_at = timezone.now()
    passport.owner = by if by is not None and by.is_authenticated else None
    passport.save(update_fields=["activated_at", "owner"])
    Scan.objects.create(
        passport=passport, kind=Scan.Kind.ACTIVATED, place=place, device=_here(passport, device), at=timezone.now()
    )
    _log("activated", serial=passport.serial, maker=passport.maker_id)
    return passport


def looked(*, passport: Passport, place: str, device: str, kind: str = Scan.Kind.LOOKED) -> None:
    """Count a look (or a refused activation), in one statement; nothing that names the reader is kept."""
    Scan.objects.create(passport=passport, kind=kind, place=place, device=_here(passport, device), at=timezone.now())


def _here(passport: Passport, device: str) -> str:
    """A device as this passport knows it: the same one is another at the next label, so looks join to no person's trail."""
    return keyed_hash("device", f"{passport.pk}:{device}", length=16)


def hashed_place(address: str) -> str:
    """A network (first half of the address), as a keyed hash of 64 bits."""
    parts = address.split(":")[:2] if ":" in address else address.split(".")[:2]
    return keyed_hash("place", ".".join(parts), length=16)


@transaction.atomic
def tie_to_line(*, passport: Passport, line: Any) -> Passport:
    """Scanned at dispatch: this piece leaves with this order line. Raises ValidationError and changes nothing."""
    passport = _held(passport)
    rules.require_in_force(passport, on=today())
    rules.require_own_passport(passport, maker_id=line.maker_id, work_id=line.product.parent_id or line.product_id)
    rules.require_free_for_dispatch(passport)
    passport.order_line, passport.dispatched_at = line, timezone.now()
    passport.save(update_fields=["order_line", "dispatched_at"])
    _log("dispatched", serial=passport.serial, maker=passport.maker_id)
    return passport


@transaction.atomic
def send_abroad(*, passport: Passport) -> Passport:
    """The piece leaves with a consignment; one that left with an order line before keeps that day. Raises ValidationError."""
    passport = _held(passport)
    rules.require_in_force(passport, on=today())
    if passport.dispatched_at is None:
        passport.dispatched_at = timezone.now()
        passport.save(update_fields=["dispatched_at"])
    _log("sent abroad", serial=passport.serial, maker=passport.maker_id)
    return passport


@transaction.atomic
def offer_title(*, passport: Passport, by: Any) -> tuple[Transfer, str]:
    """The owner offers the title; returns the secret of the link that the taker opens. An earlier open offer is withdrawn."""
    passport = _held(passport)
    rules.require_owner(passport, by)
    rules.require_in_force(passport, on=today())
    open_ones = Transfer.objects.filter(passport=passport, accepted_at=None, withdrawn_at=None)
    open_ones.update(withdrawn_at=timezone.now())
    secret = secrets.token_urlsafe(24)
    transfer = Transfer.objects.create(
        passport=passport,
        giver=by,
        token_hash=keyed_hash("title", secret),
        ends_at=timezone.now() + timedelta(days=DAYS_TO_ACCEPT),
    )
    return transfer, secret


@transaction.atomic
def accept_title(*, secret: str, by: Any) -> Passport:
    """The taker accepts: the title moves, the history keeps that it did. Raises ValidationError with code `transfer_closed`."""
    hashed = keyed_hash("title", secret)
    transfer = Transfer.objects.select_for_update().filter(token_hash=hashed).first()
    rules.require_open_transfer(transfer, now=timezone.now())
    assert transfer is not None
    passport = Passport.objects.select_for_update().get(pk=transfer.passport_id)
    rules.require_owner(passport, transfer.giver)
    rules.require_in_force(passport, on=today())
    transfer.taker, transfer.accepted_at = by, timezone.now()
    transfer.save(update_fields=["taker", "accepted_at"])
    passport.owner = by
    passport.save(update_fields=["owner"])
    _log("title passed", serial=passport.serial, maker=passport.maker_id)
    return passport


def not_in_force(indexes: Iterable[int]) -> tuple[set[int], set[int]]:
    """Of these places in the lists: those revoked (or void), and those suspended."""
    bad = Passport.objects.filter(status_index__in=list(indexes))
    revoked = bad.exclude(revoked_on=None, voided_on=None).values_list("status_index", flat=True)
    return set(revoked), set(bad.exclude(suspended_on=None).values_list("status_index", flat=True))
