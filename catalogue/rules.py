"""What a work's origin is, and what may be said of it. Domestic needs a licensed maker, an officer's word, or a seal."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from catalogue.claims import local_claim
from catalogue.craft_fields import Fact, fields_of
from catalogue.models import FOR_EVER, ImportPermit, Product
from marketplace.core.refusals import Refused
from marketplace.crafts.models import Craft
from marketplace.makers.models import ProductionLicence

HOME_COUNTRY = "IR"


@dataclass(frozen=True)
class Origin:
    """An origin as it is stored: state, basis, and the last day it is domestic (None when it is not)."""

    state: str
    basis: str
    until: date | None


def declared_origin(*, country: str, craft: Craft, licences: Iterable[ProductionLicence], on: date) -> Origin:
    """What a maker's own declaration amounts to on a day.

    Another country is foreign; no country, or no licence for the craft's group in force, is unproven.
    """
    if country and country != HOME_COUNTRY:
        return Origin(Product.Origin.FOREIGN, Product.Basis.DECLARED, None)
    ends = [
        licence.expires_on
        for licence in licences
        if licence.craft_group_id == craft.group_id
        and licence.revoked_on is None
        and licence.issued_on <= on <= licence.expires_on
    ]
    if country == HOME_COUNTRY and ends:
        return Origin(Product.Origin.DOMESTIC, Product.Basis.DECLARED, max(ends))
    return Origin(Product.Origin.UNPROVEN, Product.Basis.DECLARED, None)


def verified_origin(*, country: str, until: date | None = None) -> Origin:
    """What an officer's verification amounts to; without an end it holds for ever."""
    if country == HOME_COUNTRY:
        return Origin(Product.Origin.DOMESTIC, Product.Basis.VERIFIED, until or FOR_EVER)
    return Origin(Product.Origin.FOREIGN, Product.Basis.VERIFIED, None)


def require_sound_origin(*, state: str, country: str, until: date | None, on: date) -> None:
    """An officer's word fits together: Iranian goods come from Iran and hold to a day not past; foreign ones come from elsewhere.

    Raises ValidationError with code `origin_country` or `origin_ended`.
    """
    if (state == Product.Origin.DOMESTIC) != (country == HOME_COUNTRY) and state in (
        Product.Origin.DOMESTIC,
        Product.Origin.FOREIGN,
    ):
        raise ValidationError(
            _(
                "Country and origin do not fit: a work of Iranian origin comes from Iran, one of foreign origin does not."
            ),
            code="origin_country",
        )
    if state == Product.Origin.DOMESTIC and until is not None and until < on:
        raise ValidationError(_("This day has passed; an origin is verified until a day to come."), code="origin_ended")


def is_an_officers_matter(work: Product) -> bool:
    """Whether a work's origin stands on an officer's word, or is one that its maker cannot better by saying so."""
    return work.origin_basis == Product.Basis.VERIFIED or work.origin_state in (
        Product.Origin.FOREIGN,
        Product.Origin.DISPUTED,
    )


def require_free_declaration(work: Product, *, country: str) -> None:
    """A work once foreign, disputed or decided on by an officer does not become Iranian by its maker's word.

    Declaring another country is always free: the truth can be told. Raises Refused with code `officers_matter`.
    """
    if country == work.origin_country or country not in ("", HOME_COUNTRY) or not is_an_officers_matter(work):
        return
    raise Refused(
        _(
            "The origin of “%(work)s” is for an officer to change. Ask for a verification and add the papers that show it."
        ),
        rule="require_free_declaration",
        code="officers_matter",
        params={"work": lambda: work.name},
        subject=work,
        seller=work.maker,
    )


def require_facts_of_craft(facts: dict[str, Fact], *, craft: Craft | None) -> None:
    """A work answers what its own craft is asked, and in bounds. Raises ValidationError with code `fact_of_other_craft` or `fact`."""
    asked = {field.code: field for field in fields_of(craft)} if craft else {}
    for code, fact in facts.items():
        if code not in asked:
            raise ValidationError(_("This is not asked of works of this craft."), code="fact_of_other_craft")
        if not asked[code].takes(fact):
            raise ValidationError(_("“%(field)s” cannot be this."), code="fact", params={"field": asked[code].label})


def require_own_line(*, maker, line) -> None:
    """A work joins only a product line of its own maker. Raises ValidationError with code `other_makers_line`."""
    if line is not None and line.maker_id != maker.pk:
        raise ValidationError(_("This product line belongs to another maker."), code="other_makers_line")


def require_import_permit(work: Product) -> None:
    """A foreign work is offered only with an import permit of its own seller and country that no officer refused.

    A permit proves legal import; it opens no bound venue (see `forbid_foreign_goods`). Raises Refused with code `no_import_permit`.
    """
    owner = work.origin_work
    if owner.origin_state != Product.Origin.FOREIGN:
        return
    permit: ImportPermit | None = owner.import_permit
    suits = permit is not None and permit.maker_id == owner.maker_id and permit.country == owner.origin_country
    if suits and permit is not None and permit.stands:
        return
    raise Refused(
        _(
            "“%(work)s” is of foreign origin, and no import permit (green customs paper) stands for it, so it cannot be "
            "offered. Register the permit's number and date; it is then sold outside licensed places under its label."
        ),
        rule="require_import_permit",
        code="no_import_permit",
        params={"work": lambda: work.name},
        subject=work,
        seller=owner.maker,
    )


def forbid_passing_as_local(work: Product) -> None:
    """A foreign work says nowhere that it is Iranian, and joins no product line whose seals would say so.

    Raises Refused with code `passes_as_local`; its params quote the words.
    """
    if work.stated_origin != Product.Origin.FOREIGN:
        return
    words = local_claim(work.title, work.title_en, work.description, work.description_en)
    if words:
        raise Refused(
            _("A work of foreign origin cannot be called Iranian: take “%(words)s” out of its name and description."),
            rule="forbid_passing_as_local",
            code="passes_as_local",
            params={"words": words},
            subject=work,
            seller=work.maker,
        )
    if work.product_line_id is not None:
        raise Refused(
            _("A work of foreign origin cannot join a product line: seals of Iranian work are given to product lines."),
            rule="forbid_passing_as_local",
            code="passes_as_local",
            subject=work,
            seller=work.maker,
        )
