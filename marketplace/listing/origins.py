"""Origins of works: declared anew when licences change, decided by officers, shown by permits. The truth can always be recorded."""

from datetime import date
from typing import Any

from django.db import transaction

from catalogue.models import ImportPermit, OriginDecision, OriginDocument, Product
from catalogue.rules import HOME_COUNTRY, declared_origin, is_an_officers_matter, require_sound_origin
from marketplace.core import outbox
from marketplace.core.clock import today
from marketplace.listing.locks import hold
from marketplace.listing.withdrawals import WORK_CHANGED, withdraw_unlawful_of
from marketplace.makers.models import Maker, ProductionLicence

ORIGIN_FIELDS = [
    "origin_state",
    "origin_country",
    "origin_place",
    "origin_basis",
    "domestic_until",
    "product_line",
    "date_updated",
]


def changed(work: Product) -> None:
    """Tell the search, after commit."""
    outbox.post(WORK_CHANGED, work.parent_id or work.pk)


def declare(work: Product, *, on: date, instead: ProductionLicence | None = None) -> Product:
    """Write what the maker's own declaration amounts to on a day into the work (not saved).

    `instead`: a licence as it will be, where the stored one is about to change.
    """
    assert work.maker
    assert work.craft
    licences = [one for one in work.maker.licences.all() if instead is None or one.pk != instead.pk]
    licences += [instead] if instead is not None else []
    origin = declared_origin(country=work.origin_country, craft=work.craft, licences=licences, on=on)
    work.origin_state, work.origin_basis, work.domestic_until = origin.state, origin.basis, origin.until
    return work


@transaction.atomic
def redeclare_works(*, maker: Maker, group: int, on: date, before: ProductionLicence | None = None) -> int:
    """Work out anew the origin of a maker's works in a craft group, around a change of licence; how many changed.

    Works that are an officer's matter keep what was decided. With `before`, the licence as it is about to be stored: only what
    that takes away is written, because the database lets no work stand on a licence that does not carry it.
    """
    works = Product.objects.filter(maker=maker, craft__group=group, parent__isnull=True, origin_country=HOME_COUNTRY)
    many = 0
    for work in works.select_related("maker", "craft", "import_permit").order_by("pk"):
        if is_an_officers_matter(work) or work.origin_basis == Product.Basis.SEAL:
            continue
        was = work.domestic_until
        until = declare(work, on=on, instead=before).domestic_until
        if until == was or (before is not None and until is not None and (was is None or until > was)):
            continue
        write_origin(work, on=on)
        many += 1
    return many


def write_origin(work: Product, *, on: date) -> None:
    """Withdraw first, then save: the database refuses the other order."""
    if work.origin_state == Product.Origin.FOREIGN:
        work.product_line = None
    withdraw_unlawful_of(work, on=on)
    work.save(update_fields=ORIGIN_FIELDS)
    changed(work)


@transaction.atomic
def change_origin(
    *,
    work: Product,
    state: str,
    country: str,
    basis: str,
    until: date | None,
    place: str = "",
    by: Any = None,
    reason: str = "",
) -> Product:
    """Record the truth about a work, and who said so. Offers that it makes unlawful are withdrawn in the same transaction, first.

    A variant's origin is its work's: what is decided about the one is decided about the other, which is returned. Raises
    ValidationError with code `origin_country` or `origin_ended` for words that do not fit together.
    """
    require_sound_origin(state=state, country=country, until=until, on=today())
    work = work.origin_work
    hold(work)
    OriginDecision.objects.create(
        work=work, state=state, country=country, place=place, basis=basis, until=until, by=by, reason=reason
    )
    work.origin_state, work.origin_country, work.origin_place = state, country, place
    work.origin_basis, work.domestic_until = basis, until
    write_origin(work, on=today())
    return work


@transaction.atomic
def dispute_origin(*, work: Product, by: Any, reason: str) -> Product:
    """An officer doubts an origin: until the next decision the work stands under that label, and in no bound venue."""
    return change_origin(
        work=work,
        state=Product.Origin.DISPUTED,
        country=work.origin_country,
        place=work.origin_place,
        basis=Product.Basis.VERIFIED,
        until=None,
        by=by,
        reason=reason,
    )


@transaction.atomic
def add_origin_document(*, work: Product, title: str, file: Any, by: Any) -> OriginDocument:
    """Keep a paper that speaks for a work's origin; only its maker and officers read it."""
    return OriginDocument.objects.create(work=work, title=title, file=file, added_by=by)


@transaction.atomic
def register_import_permit(*, maker: Maker, number: str, country: str, issued_on: date, **facts: Any) -> ImportPermit:
    """Register a green paper, or find the one that is registered under this number."""
    permit, _new = ImportPermit.objects.get_or_create(
        maker=maker, number=number.strip(), defaults={"country": country, "issued_on": issued_on, **facts}
    )
    return permit


@transaction.atomic
def decide_import_permit(*, permit: ImportPermit, accepted: bool) -> ImportPermit:
    """An officer's word on a permit. Refused, the works under it are offered nowhere from this moment."""
    permit.state = ImportPermit.State.CHECKED if accepted else ImportPermit.State.REFUSED
    for work in permit.works.select_related("maker").order_by("pk"):
        work.import_permit = permit
        withdraw_unlawful_of(work, on=today())
        changed(work)
    permit.save(update_fields=["state"])
    return permit
