"""What gateways are called by those who read of them: a gateway's own name in code is shown to nobody."""

from typing import Any

from django.utils.translation import gettext_lazy as _

NAMES: dict[str, Any] = {
    "zarinpal": _("Zarinpal"),
    "stripe": _("Stripe"),
    "sandbox": _("Sandbox (no money moves)"),
}


def gateway_choices() -> list[tuple[str, Any]]:
    """Of the columns that name a gateway, so that every list and filter shows its name."""
    return list(NAMES.items())
