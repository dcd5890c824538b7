"""What makers and managers send in for an officer's decision (licences, permits, origins), and what each decision does."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from catalogue.models import ImportPermit, Product
from catalogue.rules import HOME_COUNTRY, verified_origin
from marketplace.bazaars.models import Venue, VenueLicenceClaim
from marketplace.core.clock import today
from marketplace.listing.licences import accept_production_licence, grant_venue_licence, renew_venue_licence
from marketplace.listing.origins import change_origin, decide_import_permit
from marketplace.listing.returns import give_back_offers, standing_offers
from marketplace.listing.undoing import as_it_was, is_newest, put_back, remember
from marketplace.makers.models import LicenceClaim, Maker
from marketplace.matters.kinds import Decision, Kind, register
from marketplace.matters.models import Matter
from marketplace.matters.services import open_matter

ORIGIN, PERMIT, LICENCE, VENUE_LICENCE = "origin", "import_permit", "production_licence", "venue_licence"


@transaction.atomic
def send_licence(*, maker: Maker, by: Any, **facts: Any) -> Matter:
    """A maker sends a production licence in."""
    claim = LicenceClaim.objects.create(maker=maker, **facts)
    return open_matter(
        kind=LICENCE, subject=claim, maker=maker, title=lambda: f"{maker.name} · {claim.craft_group.name}", by=by
    )


@transaction.atomic
def send_venue_licence(*, venue: Venue, by: Any, **facts: Any) -> Matter:
    """A manager sends a venue's licence or its renewal in."""
    claim = VenueLicenceClaim.objects.create(venue=venue, sent_by=by, **facts)
    return open_matter(kind=VENUE_LICENCE, subject=claim, maker=None, city=venue.city, title=lambda: venue.name, by=by)


@transaction.atomic
def ask_verification(*, work: Product, by: Any, text: str) -> Matter:
    """A maker asks an officer to verify a work's origin; the documents are with the work."""
    return open_matter(kind=ORIGIN, subject=work, maker=work.maker, title=lambda: work.name, by=by, text=text)


@transaction.atomic
def send_permit(*, permit: ImportPermit, by: Any) -> Matter:
    """A registered import permit waits for an officer to check it; meanwhile it stands."""
    return open_matter(
        kind=PERMIT, subject=permit, maker=permit.maker, title=lambda: f"{permit.maker.name} · {permit.number}", by=by
    )


def _work(matter: Matter) -> Product:
    return Product.objects.select_related("maker", "craft", "import_permit").get(pk=matter.subject_id)


def _verify(matter: Matter, by: Any, reason: str) -> None:
    work = _work(matter)
    origin = verified_origin(country=HOME_COUNTRY)
    change_origin(
        work=work,
        state=origin.state,
        country=HOME_COUNTRY,
        place=work.origin_place,
        basis=origin.basis,
        until=origin.until,
        by=by,
        reason=reason,
    )


def _find_foreign(matter: Matter, by: Any, reason: str) -> None:
    work = _work(matter)
    before = as_it_was(work)
    country = matter.facts.get("country") or ("" if work.origin_country == HOME_COUNTRY else work.origin_country)
    found = change_origin(
        work=work,
        state=Product.Origin.FOREIGN,
        country=country,
        basis=Product.Basis.VERIFIED,
        until=None,
        by=by,
        reason=reason,
    )
    remember(matter, found, before)


def _put_back(matter: Matter, by: Any, reason: str) -> None:
    put_back(matter, _work(matter), by=by, reason=reason)


def _leave(matter: Matter, by: Any, reason: str) -> None:
    """Things stay as they are."""


def _leave_unproven(matter: Matter, by: Any, reason: str) -> None:
    """The work stays as it is; the matter remembers when that was said."""
    work = _work(matter)
    remember(matter, work, as_it_was(work))


def _verify_after_all(matter: Matter, by: Any, reason: str) -> None:
    """What the maker asked for and did not get is given, unless somebody has spoken on the origin since."""
    if is_newest(matter, _work(matter)):
        _verify(matter, by, reason)


def _accept_permit(matter: Matter, by: Any, reason: str) -> None:
    decide_import_permit(permit=ImportPermit.objects.get(pk=matter.subject_id), accepted=True)


def _refuse_permit(matter: Matter, by: Any, reason: str) -> None:
    permit = ImportPermit.objects.get(pk=matter.subject_id)
    matter.facts = {**matter.facts, "offers": standing_offers(permit.works.filter(origin_state=Product.Origin.FOREIGN))}
    matter.save(update_fields=["facts"])
    decide_import_permit(permit=permit, accepted=False)


def _accept_permit_after_all(matter: Matter, by: Any, reason: str) -> None:
    _accept_permit(matter, by, reason)
    give_back_offers(matter.facts.get("offers", []))


def _accept_licence(matter: Matter, by: Any, reason: str) -> None:
    claim = LicenceClaim.objects.select_related("maker").get(pk=matter.subject_id)
    accept_production_licence(
        maker=claim.maker,
        kind=claim.kind,
        craft_group=claim.craft_group,
        number=claim.number,
        issued_on=claim.issued_on,
        expires_on=claim.expires_on,
        pieces_a_year=claim.pieces_a_year,
        scan=claim.scan.name,
    )


def _accept_venue_licence(matter: Matter, by: Any, reason: str) -> None:
    claim = VenueLicenceClaim.objects.select_related("venue", "renews").get(pk=matter.subject_id)
    if claim.renews is not None:
        renew_venue_licence(
            licence=claim.renews, on=min(claim.issued_on, today()), expires_on=claim.expires_on, by=by, note=reason
        )
        return
    grant_venue_licence(
        venue=claim.venue,
        number=claim.number,
        kind=claim.kind,
        issuer_fa=claim.issuer_fa,
        issued_on=claim.issued_on,
        expires_on=claim.expires_on,
        scan=claim.scan.name,
        by=by,
    )


def _work_page(matter: Matter) -> str:
    return _work(matter).get_absolute_url()


def _maker_page(matter: Matter) -> str:
    return matter.maker.get_absolute_url() if matter.maker else ""


def _venue(matter: Matter) -> Venue:
    return VenueLicenceClaim.objects.select_related("venue").get(pk=matter.subject_id).venue


def _venue_page(matter: Matter) -> str:
    return _venue(matter).get_absolute_url()


def _origin_facts(matter: Matter) -> dict[str, Any]:
    work = _work(matter)
    return {"work": work, "documents": work.origin_documents.all(), "words": work.origin_decisions.select_related("by")}


_ACCEPTED = _("“%(title)s” was checked and accepted. %(text)s")
_REFUSED = _("“%(title)s” was not accepted: %(text)s")

register(
    Kind(
        code=ORIGIN,
        name=_("Origin of a work"),
        days=7,
        decisions=(
            Decision("verified", label=_("Iranian origin is shown"), told=_ACCEPTED, apply=_verify),
            Decision("foreign", label=_("It is foreign"), told=_REFUSED, apply=_find_foreign, undo=_put_back),
            Decision(
                "unproven",
                label=_("Not shown; it stays as it is"),
                told=_REFUSED,
                apply=_leave_unproven,
                undo=_verify_after_all,
            ),
        ),
        page=_work_page,
        template="desks/officer/facts_origin.html",
        context=_origin_facts,
    )
)
register(
    Kind(
        code=PERMIT,
        name=_("Import permit"),
        days=7,
        decisions=(
            Decision(
                "accepted", label=_("The paper is right"), told=_ACCEPTED, apply=_accept_permit, needs_reason=False
            ),
            Decision(
                "refused",
                label=_("The paper does not hold"),
                told=_REFUSED,
                apply=_refuse_permit,
                undo=_accept_permit_after_all,
            ),
        ),
        page=_maker_page,
        template="desks/officer/facts_permit.html",
        context=lambda matter: {"permit": ImportPermit.objects.get(pk=matter.subject_id)},
    )
)
register(
    Kind(
        code=LICENCE,
        name=_("Production licence"),
        days=7,
        decisions=(
            Decision(
                "accepted", label=_("The licence is right"), told=_ACCEPTED, apply=_accept_licence, needs_reason=False
            ),
            Decision("returned", label=_("Return it with reasons"), told=_REFUSED, apply=_leave, undo=_accept_licence),
        ),
        page=_maker_page,
        template="desks/officer/facts_licence.html",
        context=lambda matter: {"claim": LicenceClaim.objects.select_related("craft_group").get(pk=matter.subject_id)},
    )
)
register(
    Kind(
        code=VENUE_LICENCE,
        name=_("Licence of a venue"),
        days=7,
        decisions=(
            Decision(
                "accepted",
                label=_("The licence is right"),
                told=_ACCEPTED,
                apply=_accept_venue_licence,
                needs_reason=False,
            ),
            Decision("returned", label=_("Return it with reasons"), told=_REFUSED, apply=_leave),
        ),
        page=_venue_page,
        template="desks/officer/facts_venue_licence.html",
        context=lambda matter: {
            "claim": VenueLicenceClaim.objects.select_related("venue", "renews").get(pk=matter.subject_id)
        },
        people=lambda matter: _venue(matter).managers.all(),
    )
)
