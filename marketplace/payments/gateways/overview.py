"""Which gateways are on, for whom, and why one is off: what the staff's page of gateways shows."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from marketplace.payments.gateways import GATEWAYS, by_name
from marketplace.payments.gateways.base import Terms
from marketplace.payments.names import NAMES

NOTES = {
    "zarinpal": _("For buyers with an Iranian card, in rial. It splits a payment straight to the makers' IBANs."),
    "stripe": _(
        "Off until it is configured: Stripe knows no rial, opens no account in Iran, and its list of restricted businesses names "
        "products that originate from Iran. It is for a merchant of record outside Iran, after legal advice."
    ),
    "sandbox": _("For the demo and for tests: no money moves."),
}


@dataclass(frozen=True)
class Row:
    """One gateway, and what it is called. `terms` is None while it is not configured, and `missing` says what it lacks."""

    name: str
    called: Any
    note: Any
    is_offered: bool
    terms: Terms | None
    missing: str


def overview() -> list[Row]:
    """Every gateway that has an adapter, by name."""
    offered = [name.strip() for name in settings.PAYMENT_GATEWAY.split(",")]
    rows = []
    for name in sorted(GATEWAYS):
        try:
            terms, missing = by_name(name).terms, ""
        except ImproperlyConfigured as error:
            terms, missing = None, str(error)
        rows.append(
            Row(name, NAMES.get(name, name), NOTES.get(name, ""), name in offered and terms is not None, terms, missing)
        )
    return rows
