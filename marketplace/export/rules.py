"""Rules of consignments: what may be written when, what a proforma needs, whose piece may go, and what stops a dispatch.

Incoterms 2020 are eleven terms of the International Chamber of Commerce; four of them are for sea and inland waterways alone.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from authenticity.models import Passport
from authenticity.rules import require_in_force
from catalogue.models import Product
from marketplace.core.dbrules import DatabaseRule, Guard, declare, grows_only
from marketplace.core.measures import weight_text
from marketplace.core.persian import group_digits
from marketplace.export.models import Collection, Consignment, ConsignmentLine, PackingVersion
from marketplace.export.stops import Stop
from marketplace.packing.model import CartonKind, Packing

State = Consignment.State
#: From each state, where a consignment may go.
NEXT: dict[str, frozenset[str]] = {
    State.DRAFT: frozenset({State.OFFERED, State.COLLECTING, State.CANCELLED}),
    State.OFFERED: frozenset({State.DRAFT, State.ACCEPTED, State.CANCELLED}),
    State.ACCEPTED: frozenset({State.PAID, State.CANCELLED}),
    State.PAID: frozenset({State.COLLECTING, State.CANCELLED}),
    State.COLLECTING: frozenset({State.PACKED, State.CANCELLED}),
    State.PACKED: frozenset({State.PACKED, State.COLLECTING, State.CHECKED, State.CANCELLED}),
    State.CHECKED: frozenset({State.PACKED, State.COLLECTING, State.DISPATCHED, State.CANCELLED}),
    State.DISPATCHED: frozenset({State.ARRIVED}),
}
#: While packed measures may be written: after that the cartons stand as they were filled.
MEASURED_IN = (State.DRAFT, State.OFFERED, State.ACCEPTED, State.PAID, State.COLLECTING)


def require_way(consignment: Consignment, to: str) -> None:
    """A consignment goes its way in order. Raises ValidationError with code `wrong_step`."""
    if to not in NEXT.get(consignment.state, frozenset()):
        raise ValidationError(
            _("This consignment is “%(state)s”; that step cannot follow."),
            code="wrong_step",
            params={"state": consignment.get_state_display()},
        )


def require_draft(consignment: Consignment) -> None:
    """Lines and terms are written before the proforma is sent. Raises ValidationError with code `not_draft`."""
    if not consignment.is_open:
        raise ValidationError(
            _("Lines, prices and terms are written in a draft. Take the proforma back first."), code="not_draft"
        )


def require_measurable(consignment: Consignment) -> None:
    """Packed measures are written until the cartons are filled. Raises ValidationError with code `packed_already`."""
    if consignment.state not in MEASURED_IN:
        raise ValidationError(_("The cartons are filled. Unpack them to measure again."), code="packed_already")


def require_acceptance_first(consignment: Consignment) -> None:
    """What a buyer asked for is collected after the buyer accepted and paid. Raises ValidationError with code `not_accepted`."""
    if consignment.state == State.DRAFT and consignment.origin == Consignment.Origin.REQUEST:
        raise ValidationError(
            _("Send the proforma first: what a buyer asked for is collected after it is accepted and paid."),
            code="not_accepted",
        )


def require_priced_lines(lines: Sequence[ConsignmentLine]) -> None:
    """Papers need at least one line, and a price on each. Codes `no_lines`, `no_price`."""
    if not lines:
        raise ValidationError(_("Add at least one piece first."), code="no_lines")
    unpriced = [line.work.name for line in lines if line.unit_minor is None]
    if unpriced:
        raise ValidationError(
            _("These have no price yet: %(works)s."), code="no_price", params={"works": " · ".join(unpriced)}
        )


def require_coming_end(valid_until: date, *, on: date) -> None:
    """A proforma is valid today or longer. Raises ValidationError with code `proforma_over`."""
    if valid_until < on:
        raise ValidationError(_("The proforma must be valid today or longer."), code="proforma_over")


def require_open_proforma(consignment: Consignment, *, on: date) -> None:
    """A proforma is accepted while it is offered and valid. Codes `proforma_closed`, `proforma_over`."""
    if consignment.state != State.OFFERED:
        raise ValidationError(_("This proforma is not open for acceptance now."), code="proforma_closed")
    if consignment.valid_until < on:
        raise ValidationError(_("This proforma has expired; ask the exporter for a new one."), code="proforma_over")


def require_seen(seen: str, digest: str) -> None:
    """A buyer accepts what the page showed. Raises ValidationError with code `proforma_changed`."""
    if seen != digest:
        raise ValidationError(
            _("The proforma was changed after you opened it. Please read it again."), code="proforma_changed"
        )


def require_whole_payment(paid_minor: int, total_minor: int) -> None:
    """What is recorded as received is the whole of the proforma. Raises ValidationError with code `payment_differs`."""
    if paid_minor != total_minor:
        raise ValidationError(
            _("This is not the total of the proforma. Record the whole payment."), code="payment_differs"
        )


def require_received_by_now(paid_on: date, *, on: date) -> None:
    """A payment is recorded when it came. Raises ValidationError with code `future_payment`."""
    if paid_on > on:
        raise ValidationError(_("Record a payment on its day or after."), code="future_payment")


def require_iranian_work(work: Product, *, on: date) -> None:
    """Papers say that goods are of Iranian origin, so only works whose origin holds go. Raises with code `origin_unproven`."""
    if not work.is_domestic_on(on):
        raise ValidationError(
            _("The Iranian origin of this work does not hold today: %(origin)s."),
            code="origin_unproven",
            params={"origin": work.shown_origin(on).label},
        )


def require_whole_work(work: Product) -> None:
    """A line is of something one can hold: a work of a maker, not the head of its variants. Code `not_a_piece`."""
    if work.structure == Product.PARENT or work.origin_work.maker_id is None:
        raise ValidationError(_("Choose one of the variants of this work."), code="not_a_piece")


def require_fitting_passport(passport: Passport, *, on: date) -> None:
    """A piece goes with a passport in force. Raises ValidationError with code `passport_not_in_force`."""
    require_in_force(passport, on=on)


def require_free_passport(others: Iterable[ConsignmentLine]) -> None:
    """A piece is in one open consignment. Raises ValidationError with code `passport_taken`; the database holds it too."""
    for other in others:
        raise ValidationError(
            _("This piece is in another open consignment already."), code="passport_taken", params={"line": other.pk}
        )


def require_kept_seals(line: ConsignmentLine, in_force: Iterable[int]) -> None:
    """A seal that the papers name is still in force. Raises ValidationError with code `seal_lost`."""
    standing = set(in_force)
    lost = [name for grant, name in line.seals if grant not in standing]
    if lost:
        raise ValidationError(
            _("The papers name a seal that is not in force any more: %(seals)s."),
            code="seal_lost",
            params={"seals": " · ".join(lost)},
        )


def require_being_collected(consignment: Consignment) -> None:
    """Makers and exporter speak of pieces while these are collected. Raises ValidationError with code `not_collecting`."""
    if consignment.state != State.COLLECTING:
        raise ValidationError(_("This consignment is not being collected now."), code="not_collecting")


def require_ready(collection: Collection) -> None:
    """What is collected was ready before. Raises ValidationError with code `not_ready`."""
    if collection.ready_at is None:
        raise ValidationError(_("The maker has not said that the pieces are ready."), code="not_ready")


def require_all_collected(collections: Iterable[Collection]) -> None:
    """Cartons are filled when everything stands at the consolidation point. Raises with code `not_collected`."""
    waiting = [one.maker.name for one in collections if one.collected_at is None]
    if waiting:
        raise ValidationError(
            _("Not collected yet: %(makers)s."), code="not_collected", params={"makers": " · ".join(waiting)}
        )


def require_measured(lines: Iterable[ConsignmentLine]) -> None:
    """The packer needs the packed size and weight of every piece. Raises ValidationError with code `not_measured`."""
    unknown = [
        line.work.name
        for line in lines
        if not (line.length_mm and line.width_mm and line.height_mm and line.weight_grams)
    ]
    if unknown:
        raise ValidationError(
            _("Packed size or weight is missing: %(works)s."),
            code="not_measured",
            params={"works": " · ".join(unknown)},
        )


def require_cartons(kinds: Sequence[CartonKind]) -> None:
    """Pieces are packed into cartons that the exporter has. Raises ValidationError with code `no_cartons`."""
    if not kinds:
        raise ValidationError(_("Write down first which cartons you have."), code="no_cartons")


def require_everything_packed(left_out: Sequence[tuple[str, Any]]) -> None:
    """Nothing stays behind. Raises ValidationError with code `left_out`, a sentence for each piece."""
    if left_out:
        told = [_("“%(piece)s”: %(reason)s") % {"piece": piece, "reason": reason} for piece, reason in left_out]
        raise ValidationError([ValidationError(sentence, code="left_out") for sentence in told])


def require_sound_packing(faults: Sequence[str]) -> None:
    """What the packer answers is looked over by a checker that knows nothing of it. Raises with code `unsound_packing`."""
    if faults:
        raise ValidationError(_("This packing breaks a limit; nothing was changed."), code="unsound_packing")


def require_packed(stored: PackingVersion | None) -> None:
    """Raises ValidationError with code `not_packed` while no carton is filled."""
    if stored is None:
        raise ValidationError(_("Fill the cartons first."), code="not_packed")


def require_newest(seen: int, version: int) -> None:
    """A piece is moved in the packing that the page showed. Raises ValidationError with code `packing_changed`."""
    if seen != version:
        raise ValidationError(_("The cartons were packed anew meanwhile. Please look again."), code="packing_changed")


def require_room_in_weight(packing: Packing, piece: str, to_carton: int) -> None:
    """A carton stays within its own limit and the carrier's; the limit is named. Raises ValidationError with code `heavy`."""
    into = next((one for one in packing.cartons if one.number == to_carton), None)
    moved = next((each.piece for one in packing.cartons for each in one.placed if each.piece.id == piece), None)
    if into is None or moved is None or any(each.piece.id == piece for each in into.placed):
        return  # the packer says what is wrong
    most, would = packing.carrier.greatest_gross(into.kind), into.gross + moved.weight
    if would > most:
        language = (get_language() or "fa")[:2]
        raise ValidationError(
            _("Carton %(carton)s may weigh %(most)s at most; with this piece it would weigh %(would)s."),
            code="heavy",
            params={
                "carton": group_digits(to_carton, language=language),
                "most": weight_text(most, language=language),
                "would": weight_text(would, language=language),
            },
        )


def require_tracking(tracking: str) -> None:
    """What leaves can be followed. Raises ValidationError with code `no_tracking`."""
    if not tracking.strip():
        raise ValidationError(_("Write the number under which the carrier took it."), code="no_tracking")


def require_sound_roll(diameter_mm: int | None, width_mm: int | None, *, is_upright: bool) -> None:
    """A roll has a diameter and a length, and what must not tilt is not rolled. Codes `half_roll`, `upright_roll`."""
    if bool(diameter_mm) != bool(width_mm):
        raise ValidationError(_("A roll has a diameter and a length."), code="half_roll")
    if diameter_mm and is_upright:
        raise ValidationError(_("A piece that must not tilt cannot be rolled."), code="upright_roll")


def require_no_stops(stops: Sequence[Stop]) -> None:
    """Nothing leaves while a piece is in question; each sentence names parcel and piece. Raises with code `stopped`."""
    if stops:
        raise ValidationError([ValidationError(stop.sentence, code="stopped") for stop in stops])


def require_reason(reason: str) -> None:
    """A consignment is cancelled with a reason. Raises ValidationError with code `reason_required`."""
    if not reason.strip():
        raise ValidationError(_("Say why it is cancelled."), code="reason_required")


#: What was done stays as it was told.
STEPS_GROW_ONLY = declare(grows_only("consignment_steps_grow_only", "export_consignmentstep"))
PACKINGS_GROW_ONLY = declare(grows_only("packings_grow_only", "export_packingversion"))

_NOT_DRAFT = "EXISTS (SELECT 1 FROM export_consignment c WHERE c.id = {row}.consignment_id AND c.state <> 'draft')"
#: What a buyer accepted is not written anew behind the acceptance.
LINES_STAND = declare(
    DatabaseRule(
        "consignment_lines_stand",
        (
            Guard("export_consignmentline", _NOT_DRAFT.replace("{row}", "NEW"), events=("INSERT",)),
            Guard(
                "export_consignmentline",
                _NOT_DRAFT.replace("{row}", "NEW"),
                events=("UPDATE",),
                columns=("consignment_id", "work_id", "passport_id", "quantity", "unit_minor"),
            ),
            Guard("export_consignmentline", _NOT_DRAFT.replace("{row}", "OLD"), events=("DELETE",)),
        ),
    )
)
