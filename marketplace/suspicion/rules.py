"""Whom suspicion can touch: works that claim to be Iranian, and no others."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from catalogue.models import Product
from catalogue.rules import HOME_COUNTRY

#: States in which a work of the home country claims to be domestic.
CLAIMING = (Product.Origin.DOMESTIC, Product.Origin.UNPROVEN)


def claims_to_be_domestic(work: Product) -> bool:
    """Whether a work is said to be Iranian and no officer has doubted it."""
    return work.origin_country == HOME_COUNTRY and work.origin_state in CLAIMING


def require_claim_to_be_domestic(work: Product) -> None:
    """Only a claim can be doubted or refuted. Raises ValidationError with code `no_claim`."""
    if not claims_to_be_domestic(work):
        raise ValidationError(
            _("“%(work)s” does not stand as an Iranian work any more; there is no claim left to decide against."),
            code="no_claim",
            params={"work": work.name},
        )
