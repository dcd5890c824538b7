"""A work shows a seal only where a grant in force covers its maker and its product line."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from authenticity.models import SealGrant
from catalogue.models import Product


def require_valid_seal(grant: SealGrant, *, work: Product, on: date) -> None:
    """Raises ValidationError with code `seal_other_maker`, `seal_other_line`, `seal_revoked`, `seal_not_yet` or `seal_expired`."""
    for broken, code, sentence in (
        (grant.maker_id != work.maker_id, "seal_other_maker", _("This seal was given to another maker.")),
        (
            work.product_line_id is None or grant.product_line_id != work.product_line_id,
            "seal_other_line",
            _("This seal was given to another product line, not to this work's."),
        ),
        (
            grant.revoked_on is not None and grant.revoked_on <= on,
            "seal_revoked",
            _("This seal was revoked."),
        ),
        (grant.valid_from > on, "seal_not_yet", _("This seal is not in force yet.")),
        (grant.valid_until < on, "seal_expired", _("This seal has expired.")),
    ):
        if broken:
            raise ValidationError(sentence, code=code)
