"""Before anything leaves: origin, passport and seal of every piece, and what is known of sending abroad, asked on the day itself."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from authenticity.models import Passport, SealGrant
from authenticity.passports import send_abroad
from marketplace.core.clock import today
from marketplace.core.models import User
from marketplace.customs.codes import codes_of
from marketplace.customs.facts import Severity
from marketplace.customs.findings import Finding
from marketplace.customs.services import check_shipment
from marketplace.customs.shipment import Item, Parcel, Shipment
from marketplace.customs.works import item_of
from marketplace.export import rules
from marketplace.export.models import Consignment, ConsignmentLine
from marketplace.export.packing import pieces_by_carton, shown, stored_packing
from marketplace.export.queries import lines_of, newest_packing
from marketplace.export.services import go, held
from marketplace.export.stops import Stop
from marketplace.packing.model import Packing

State = Consignment.State
#: What is asked here of each line, with its own sentence: the same finding of customs is not said twice.
_OWN = {"not_domestic"}


@dataclass(frozen=True)
class Checked:
    """What was found. `warnings` stop nothing; `unlabelled` are pieces without a passport, of which no passport can be asked."""

    stops: tuple[Stop, ...]
    warnings: tuple[Finding, ...]
    unlabelled: int


def checked(consignment: Consignment, *, on: date) -> Checked:
    """Everything there is to say of a packed consignment on a day."""
    lines = lines_of(consignment)
    stored = newest_packing(consignment)
    rules.require_packed(stored)
    assert stored is not None
    packing = stored_packing(stored, lines)
    found = check_shipment(shipment_of(consignment, lines, packing, on=on))
    stops = [*_stops_of_pieces(lines, packing, on), *_stops_of_customs(found, lines)]
    warnings = tuple(one for one in found if one.severity == Severity.WARN)
    return Checked(tuple(stops), warnings, sum(line.quantity for line in lines if line.passport is None))


def _stops_of_pieces(lines: list[ConsignmentLine], packing: Packing, on: date) -> list[Stop]:
    by_line = {line.pk: line for line in lines}
    claimed = {grant for line in lines for grant, _name in line.seals}
    in_force = set(SealGrant.objects.valid_on(on).filter(pk__in=claimed).values_list("pk", flat=True))
    return [
        stop
        for number, inside in pieces_by_carton(packing).items()
        for line in inside
        for stop in _stops_of_line(by_line[line], number, in_force, on)
    ]


def _stops_of_line(line: ConsignmentLine, carton: int, in_force: set[int], on: date) -> list[Stop]:
    stops = []
    for rule, values in (
        (rules.require_iranian_work, {"work": line.work, "on": on}),
        (rules.require_fitting_passport, {"passport": line.passport, "on": on}),
        (rules.require_kept_seals, {"line": line, "in_force": in_force}),
    ):
        if values.get("passport", line) is None:
            continue
        try:
            rule(**values)  # type: ignore[operator]
        except ValidationError as refusal:
            stops.append(Stop(carton, shown(line), str(refusal.code), " ".join(refusal.messages), line.pk))
    return stops


def _stops_of_customs(found: Iterable[Finding], lines: list[ConsignmentLine]) -> list[Stop]:
    by_line = {str(line.pk): line for line in lines}
    return [
        Stop(
            int(finding.parcel or 0),
            shown(by_line[finding.item]) if finding.item in by_line else "",
            finding.code,
            str(finding.words),
            by_line[finding.item].pk if finding.item in by_line else 0,
        )
        for finding in found
        if finding.severity != Severity.WARN and finding.code not in _OWN
    ]


def shipment_of(consignment: Consignment, lines: list[ConsignmentLine], packing: Packing, *, on: date) -> Shipment:
    """The consignment as the export rules read it. No rate of exchange is known: only euros have a value in euros."""
    codes = codes_of([line.work for line in lines])
    items = {line.pk: _item(line, line.hs_code or codes.get(line.work_id, ""), on) for line in lines}
    inside = pieces_by_carton(packing)
    kind = consignment.carrier.kind if consignment.carrier else ""
    goods = sum(line.total_minor for line in lines)
    return Shipment(
        destination=consignment.buyer_country,
        on=on,
        carrier=kind,
        parcels=tuple(
            Parcel(
                id=str(carton.number),
                items=tuple(replace(items[line], quantity=many) for line, many in inside[carton.number].items()),
                grams=carton.gross,
                sides_mm=carton.kind.outer,
                papers=frozenset({"CN23"}),
            )
            for carton in packing.cartons
        ),
        value_eur=Decimal(goods) / 100 if consignment.currency == "EUR" else None,
        eu_responsible=consignment.eu_responsible,
    )


def _item(line: ConsignmentLine, hs_code: str, on: date) -> Item:
    item = item_of(line.work, materials=line.work.materials.all(), on=on, hs_code=hs_code, line=str(line.pk))
    return replace(
        item,
        id=str(line.pk),
        grams=line.weight_grams,
        age_years=line.age_years,
        cites_permit=line.cites_permit,
    )


@transaction.atomic
def check(*, consignment: Consignment, by: User | None) -> Consignment:
    """Everything is in order today. Raises ValidationError with a sentence for each stop, and records nothing."""
    consignment = held(consignment)
    rules.require_way(consignment, State.CHECKED)
    rules.require_no_stops(checked(consignment, on=today()).stops)
    return go(consignment, State.CHECKED, by=by)


@transaction.atomic
def dispatch(*, consignment: Consignment, tracking: str, by: User | None) -> Consignment:
    """It leaves. What was checked before is asked again: a seal may have been revoked, or an origin changed, since then."""
    consignment = held(consignment)
    rules.require_way(consignment, State.DISPATCHED)
    lines = lines_of(consignment)
    locked: Any = [line.passport_id for line in lines if line.passport_id]
    list(Passport.objects.select_for_update().filter(pk__in=locked).order_by("pk"))
    rules.require_no_stops(checked(consignment, on=today()).stops)
    consignment.tracking = tracking
    go(consignment, State.DISPATCHED, by=by, note=tracking)
    for line in lines:
        if line.passport:
            send_abroad(passport=line.passport)
    return consignment


@transaction.atomic
def arrive(*, consignment: Consignment, by: User | None) -> Consignment:
    """The buyer has it; a piece that comes back may go again."""
    consignment = go(held(consignment), State.ARRIVED, by=by)
    ConsignmentLine.objects.filter(consignment=consignment).update(is_held=False)
    return consignment
