"""What a work's origin is. Domestic needs a maker licensed for the craft's group, or an officer's word."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from catalogue.models import FOR_EVER, Product
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


def require_own_line(*, maker, line) -> None:
    """A work joins only a product line of its own maker. Raises ValidationError with code `other_makers_line`."""
    if line is not None and line.maker_id != maker.pk:
        raise ValidationError(_("This product line belongs to another maker."), code="other_makers_line")
