"""Verbs of a consignment until it is packed. Each is one transaction, and refuses with ValidationError, changing nothing."""

from datetime import date
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from authenticity.models import Passport
from catalogue.models import Product
from marketplace.core.clock import today
from marketplace.core.models import User
from marketplace.core.notices import notify
from marketplace.customs.codes import codes_of
from marketplace.export import rules
from marketplace.export.models import Collection, Consignment, ConsignmentLine, ConsignmentStep, Exporter
from marketplace.export.papers.facts import digest_of, facts_of
from marketplace.export.queries import lines_of, maker_of_line
from marketplace.makers.models import Maker
from marketplace.order.models import Order

State = Consignment.State
#: What is said of a consignment, and of a line before and after it is offered.
TERMS = (
    *("origin", "buyer_name", "buyer_address", "buyer_country", "buyer_email", "buyer_phone", "currency", "incoterm"),
    *("place", "valid_until", "freight_minor", "insurance_minor", "point", "eu_responsible"),
)
MEASURES = (
    *("length_mm", "width_mm", "height_mm", "weight_grams", "is_fragile", "is_upright"),
    *("roll_diameter_mm", "roll_width_mm", "hs_code", "cites_permit", "age_years"),
)


def held(consignment: Consignment) -> Consignment:
    """The row as it stands, which nobody else changes meanwhile."""
    return Consignment.objects.select_for_update().get(pk=consignment.pk)


def go(consignment: Consignment, to: str, *, by: User | None, name: str = "", note: str = "") -> Consignment:
    """Part of a verb: the next state with its step. Raises ValidationError with code `wrong_step`."""
    rules.require_way(consignment, to)
    consignment.state = to
    consignment.save()
    ConsignmentStep.objects.create(consignment=consignment, state=to, by=by, name=name, note=note)
    return consignment


@transaction.atomic
def open_consignment(*, exporter: Exporter, by: User | None, is_demo: bool = False, **terms: Any) -> Consignment:
    """A new draft. `terms` are named in TERMS."""
    rules.require_coming_end(terms["valid_until"], on=today())
    consignment = Consignment.objects.create(exporter=exporter, is_demo=is_demo, **_only(TERMS, terms))
    ConsignmentStep.objects.create(consignment=consignment, state=State.DRAFT, by=by)
    return consignment


def _only(names: tuple[str, ...], values: dict[str, Any]) -> dict[str, Any]:
    unknown = set(values) - set(names)
    if unknown:
        raise TypeError(f"not to be written here: {sorted(unknown)}")
    return values


@transaction.atomic
def change_terms(*, consignment: Consignment, **terms: Any) -> Consignment:
    """Write the terms of a draft anew."""
    consignment = held(consignment)
    rules.require_draft(consignment)
    if "valid_until" in terms:
        rules.require_coming_end(terms["valid_until"], on=today())
    for name, value in _only(TERMS, terms).items():
        setattr(consignment, name, value)
    consignment.save()
    return consignment


def hold_passport(passport: Passport) -> Passport:
    """The label's row, which another consignment waits for."""
    return Passport.objects.select_for_update().get(pk=passport.pk)


@transaction.atomic
def add_line(
    *,
    consignment: Consignment,
    work: Product,
    passport: Passport | None = None,
    quantity: int = 1,
    unit_minor: int | None = None,
    order_line: Any = None,
) -> ConsignmentLine:
    """A work, or the piece of a passport, with the work's own measures until it is packed and measured."""
    consignment = held(consignment)
    rules.require_draft(consignment)
    rules.require_iranian_work(work, on=today())
    if passport is None:
        rules.require_whole_work(work)
    else:
        passport = hold_passport(passport)
        rules.require_fitting_passport(passport, on=today())
        rules.require_free_passport(passport.consignment_lines.filter(is_held=True))
        quantity = passport.pieces
    return ConsignmentLine.objects.create(
        hs_code=codes_of([work]).get(work.pk, ""),
        consignment=consignment,
        work=work,
        passport=passport,
        order_line=order_line,
        quantity=quantity,
        unit_minor=unit_minor,
        length_mm=work.length_mm,
        width_mm=work.width_mm,
        height_mm=work.height_mm,
        weight_grams=work.weight_grams,
    )


@transaction.atomic
def add_order(*, consignment: Consignment, order: Order) -> list[ConsignmentLine]:
    """Everything of an order that still stands: pieces by their passports where they left with one, the rest by number."""
    made = []
    for line in order.lines.select_related("product__parent", "product__maker").order_by("pk"):
        tied = list(Passport.objects.filter(order_line=line).order_by("pk"))
        for passport in tied:
            made.append(add_line(consignment=consignment, work=passport.work, passport=passport, order_line=line))
        left = line.standing - sum(passport.pieces for passport in tied)
        if left > 0:
            made.append(add_line(consignment=consignment, work=line.product, quantity=left, order_line=line))
    return made


@transaction.atomic
def price_line(*, line: ConsignmentLine, quantity: int, unit_minor: int | None) -> ConsignmentLine:
    """How many, and what one costs. The piece of a passport stays what its label says it is."""
    rules.require_draft(held(line.consignment))
    line.quantity = line.passport.pieces if line.passport else quantity
    line.unit_minor = unit_minor
    ConsignmentLine.objects.filter(pk=line.pk).update(quantity=line.quantity, unit_minor=unit_minor)
    return line


@transaction.atomic
def measure_line(*, line: ConsignmentLine, **measures: Any) -> ConsignmentLine:
    """Size and weight of one packed piece, how it is handled, its HS code."""
    rules.require_measurable(held(line.consignment))
    rules.require_sound_roll(
        measures.get("roll_diameter_mm"), measures.get("roll_width_mm"), is_upright=measures.get("is_upright", False)
    )
    ConsignmentLine.objects.filter(pk=line.pk).update(**_only(MEASURES, measures))
    line.refresh_from_db()
    return line


@transaction.atomic
def remove_line(*, line: ConsignmentLine) -> None:
    """Take a line out of a draft; its piece is free again."""
    rules.require_draft(held(line.consignment))
    line.delete()


@transaction.atomic
def offer(*, consignment: Consignment, by: User | None) -> Consignment:
    """Send the proforma: from now on its address shows it, and nothing of it changes."""
    consignment = held(consignment)
    rules.require_priced_lines(lines_of(consignment))
    rules.require_coming_end(consignment.valid_until, on=today())
    return go(consignment, State.OFFERED, by=by)


@transaction.atomic
def take_back(*, consignment: Consignment, by: User | None) -> Consignment:
    """A proforma that nobody accepted becomes a draft again."""
    return go(held(consignment), State.DRAFT, by=by)


@transaction.atomic
def accept(*, consignment: Consignment, name: str, seen: str) -> Consignment:
    """The buyer accepts what they read, by name. `seen` is the digest of what their page showed."""
    consignment = held(consignment)
    rules.require_open_proforma(consignment, on=today())
    rules.require_seen(seen, digest_of(facts_of(consignment)))
    consignment.accepted_by = name
    go(consignment, State.ACCEPTED, by=None, name=name)
    notify(
        users=[consignment.exporter.user],
        kind="consignment",
        sentence=_("%(name)s accepted the proforma %(number)s."),
        params={"name": name, "number": consignment.number},
        link=reverse("desks:consignment", args=[consignment.number]),
    )
    return consignment


@transaction.atomic
def record_payment(
    *, consignment: Consignment, paid_on: date, reference: str, amount_minor: int, by: User | None
) -> Consignment:
    """The exporter says that the buyer's money came: the market takes no foreign currency, and saw nothing of it."""
    consignment = held(consignment)
    rules.require_received_by_now(paid_on, on=today())
    rules.require_whole_payment(amount_minor, facts_of(consignment).total_minor)
    consignment.paid_on, consignment.paid_reference = paid_on, reference
    return go(consignment, State.PAID, by=by, note=reference)


@transaction.atomic
def start_collecting(*, consignment: Consignment, by: User | None) -> Consignment:
    """Ask every maker of the consignment for the pieces."""
    consignment = held(consignment)
    rules.require_acceptance_first(consignment)
    lines = lines_of(consignment)
    rules.require_priced_lines(lines)
    makers = {maker.pk: maker for maker in map(maker_of_line, lines)}
    there = set(consignment.collections.values_list("maker", flat=True))
    go(consignment, State.COLLECTING, by=by)
    for maker in makers.values():
        if maker.pk not in there:
            _ask(consignment, maker, by)
    return consignment


def _ask(consignment: Consignment, maker: Maker, by: User | None) -> None:
    Collection.objects.create(consignment=consignment, maker=maker, asked_by=by)
    notify(
        users=[maker.owner],
        kind="consignment",
        sentence=_("%(exporter)s collects pieces of yours for a consignment abroad. Say when they are ready."),
        params={"exporter": lambda: consignment.exporter.name},
        link=reverse("desks:collections"),
    )


@transaction.atomic
def say_ready(*, collection: Collection, by: User | None) -> Collection:
    """The pieces of a maker are ready. Twice says it once."""
    rules.require_being_collected(held(collection.consignment))
    collection = Collection.objects.select_for_update().get(pk=collection.pk)
    if collection.ready_at is None:
        collection.ready_at, collection.ready_by = timezone.now(), by
        collection.save(update_fields=["ready_at", "ready_by"])
    return collection


@transaction.atomic
def collect(*, collection: Collection, by: User | None) -> Collection:
    """The pieces of a maker stand at the consolidation point. Twice says it once."""
    rules.require_being_collected(held(collection.consignment))
    collection = Collection.objects.select_for_update().get(pk=collection.pk)
    rules.require_ready(collection)
    if collection.collected_at is None:
        collection.collected_at, collection.collected_by = timezone.now(), by
        collection.save(update_fields=["collected_at", "collected_by"])
    return collection


@transaction.atomic
def cancel(*, consignment: Consignment, reason: str, by: User | None) -> Consignment:
    """It is not sent; its pieces are free again."""
    consignment = held(consignment)
    rules.require_reason(reason)
    go(consignment, State.CANCELLED, by=by, note=reason.strip())
    ConsignmentLine.objects.filter(consignment=consignment).update(is_held=False)
    return consignment
