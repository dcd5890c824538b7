"""The checks with the figures of a day, and the verbs that write figures."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType

from django.db import transaction
from django.db.models import Subquery

from catalogue.models import Product
from marketplace.core import outbox
from marketplace.core.clock import today
from marketplace.core.models import User
from marketplace.customs.codes import basis_now
from marketplace.customs.facts import Fact, Facts, known_facts
from marketplace.customs.findings import Finding
from marketplace.customs.models import ExportFigure, HsConfirmation
from marketplace.customs.rules import check, require_coming_figure, require_hs_form
from marketplace.customs.shipment import Shipment
from marketplace.listing.withdrawals import WORK_CHANGED


def facts_on(day: date) -> Facts:
    """What is known on a day, by code: an officer's newest row in force, else what the market came with. One query."""
    return facts_with(ExportFigure.objects.filter(valid_from__lte=day).order_by("valid_from", "id"))


def newest_figure() -> Subquery:
    """When the newest figure was written, read along in another query; for `facts_as_of`."""
    return Subquery(ExportFigure.objects.order_by("-id").values("at")[:1])


@lru_cache(maxsize=8)
def facts_as_of(day: date, newest: datetime | None) -> Facts:
    """What is known on a day, kept in the process: as figures are only added, day and newest say which they are. None: no figure."""
    return known_facts() if newest is None else facts_on(day)


def facts_and_turns(day: date) -> tuple[Facts, list[tuple[Decimal, date]]]:
    """What is known on a day; and of each limit of a parcel's weight to come, the lowest limit there is and the day. One query.

    A work above that limit may be exportable or not from that day on.
    """
    figures = list(ExportFigure.objects.order_by("valid_from", "id"))
    facts = facts_with(figure for figure in figures if figure.valid_from <= day)
    coming = [figure for figure in figures if figure.code == "heavy_parcel" and figure.valid_from > day]
    limits = [facts["heavy_parcel"].value, *(figure.value for figure in coming)]
    lowest = min((limit for limit in limits if limit is not None), default=Decimal(0))
    return facts, [(lowest, figure.valid_from) for figure in coming]


def facts_with(figures: Iterable[ExportFigure]) -> Facts:
    """What the market came with, under figures in the order in which they took over."""
    known = dict(known_facts())
    for figure in figures:
        known[figure.code] = _under(known[figure.code], figure)
    return MappingProxyType(known)


def _under(fact: Fact, figure: ExportFigure) -> Fact:
    return replace(
        fact,
        value=figure.value,
        severity=figure.severity,
        standing=figure.standing,
        noted_on=figure.noted_on,
        source_fa=figure.source_fa,
        source_en=figure.source_en,
        is_officers=True,
    )


def check_shipment(shipment: Shipment) -> list[Finding]:
    """Everything there is to say of a shipment by the figures of its day, the gravest first. One query."""
    return check(shipment, facts_on(shipment.on))


@transaction.atomic
def write_figure(
    *,
    code: str,
    value: Decimal | None,
    severity: str,
    standing: str,
    valid_from: date,
    noted_on: date,
    source_fa: str,
    source_en: str,
    by: User,
) -> ExportFigure:
    """Add a figure that takes over on a day, today at the earliest; None lifts a limit. Raises ValidationError and writes nothing."""
    require_coming_figure(valid_from=valid_from, on=today())
    figure = ExportFigure(
        code=code,
        value=value,
        severity=severity,
        standing=standing,
        valid_from=valid_from,
        noted_on=noted_on,
        source_fa=source_fa,
        source_en=source_en,
        by=by,
    )
    figure.full_clean()
    figure.save()
    if code == "heavy_parcel":
        outbox.post_many(WORK_CHANGED, _works_between(facts_on(today())["heavy_parcel"], figure))
    return figure


def _works_between(now: Fact, figure: ExportFigure) -> list[int]:
    """Works that the search may have to call exportable anew: those above the lowest figure that counts or will."""
    limits = [known_facts()["heavy_parcel"].value, now.value, figure.value]
    lowest = min(limit for limit in limits if limit is not None)
    return list(Product.objects.filter(weight_grams__gt=lowest).values_list("pk", flat=True))


@transaction.atomic
def confirm_code(*, work: Product, code: str, by: User) -> HsConfirmation:
    """Write down that a person says a work has an HS code; saying the same again adds nothing. Raises ValidationError (`hs_form`)."""
    require_hs_form(code)
    basis = basis_now(work)
    last = HsConfirmation.objects.filter(work=work).order_by("-id").first()
    if last is not None and (last.code, last.basis) == (code, basis):
        return last
    outbox.post(WORK_CHANGED, work.pk)
    return HsConfirmation.objects.create(work=work, code=code, basis=basis, by=by)
