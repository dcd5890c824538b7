"""Cartons are filled, and pieces moved by hand. Every answer is looked over by the packer's own checker before it is kept."""

from typing import Any

from django.db import transaction

from authenticity.queries import valid_seals
from marketplace.core.clock import today
from marketplace.core.models import User
from marketplace.export import rules
from marketplace.export.models import Consignment, ConsignmentLine, ForeignCarrier, PackingVersion
from marketplace.export.packing import as_data, name_of, pieces_of, stored_packing
from marketplace.export.queries import collections_of, lines_of, newest_packing
from marketplace.export.services import go, held
from marketplace.packing import packer
from marketplace.packing.checker import faults
from marketplace.packing.model import CartonKind, Packing

State = Consignment.State


@transaction.atomic
def pack(*, consignment: Consignment, carrier: ForeignCarrier, by: User | None) -> PackingVersion:
    """Fill the exporter's cartons under the carrier's limits, from nothing. The seals in force today are what the papers name."""
    consignment = held(consignment)
    rules.require_way(consignment, State.PACKED)
    rules.require_all_collected(collections_of(consignment))
    lines = lines_of(consignment)
    rules.require_measured(lines)
    kinds = [carton.kind for carton in consignment.exporter.cartons.all()]
    rules.require_cartons(kinds)
    packing = packer.pack(pieces_of(lines), kinds, carrier.limit)
    rules.require_everything_packed([(name_of(lines, one.piece.id), one.reason) for one in packing.left_out])
    consignment.carrier = carrier
    _note_seals(lines)
    return _keep(consignment, packing, lines, kinds, by)


def _note_seals(lines: list[ConsignmentLine]) -> None:
    works = {line.work_id: line.work for line in lines}
    grants = valid_seals(works.values(), on=today())
    for line in lines:
        found: list[list[Any]] = [
            [grant.pk, f"{grant.scheme.name_en} {grant.number}"] for grant in grants.get(line.work_id, [])
        ]
        if found != line.seals:
            line.seals = found
            ConsignmentLine.objects.filter(pk=line.pk).update(seals=found)


def _keep(
    consignment: Consignment,
    packing: Packing,
    lines: list[ConsignmentLine],
    kinds: list[CartonKind],
    by: User | None,
    note: str = "",
) -> PackingVersion:
    rules.require_sound_packing(faults(packing, pieces_of(lines), kinds))
    last = consignment.packings.order_by("-version").values_list("version", flat=True).first() or 0
    go(consignment, State.PACKED, by=by, note=note)
    return PackingVersion.objects.create(
        consignment=consignment, version=last + 1, data=as_data(packing), note=note, by=by
    )


@transaction.atomic
def move_piece(*, consignment: Consignment, piece: str, to_carton: int, seen: int, by: User | None) -> PackingVersion:
    """A piece goes into another carton, both packed anew; a limit that would be broken is named, and nothing moves.

    `seen` is the version that the page showed.
    """
    consignment = held(consignment)
    rules.require_way(consignment, State.PACKED)
    stored = newest_packing(consignment)
    rules.require_packed(stored)
    assert stored is not None
    rules.require_newest(seen, stored.version)
    lines = lines_of(consignment)
    packing = stored_packing(stored, lines)
    rules.require_room_in_weight(packing, piece, to_carton)
    moved = packer.move(packing, piece, to_carton)
    kinds = list({carton.kind.id: carton.kind for carton in packing.cartons}.values())
    note = f"{name_of(lines, piece)} → {to_carton}"[:200]
    return _keep(consignment, moved, lines, kinds, by, note)


@transaction.atomic
def unpack(*, consignment: Consignment, by: User | None) -> Consignment:
    """The cartons are opened, so that pieces can be measured again."""
    return go(held(consignment), State.COLLECTING, by=by)
