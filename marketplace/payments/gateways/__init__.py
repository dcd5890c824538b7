"""Gateways by name. An attempt remembers the name it was made with, so a change of settings strands no payment."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from marketplace.payments.gateways.base import Gateway
from marketplace.payments.gateways.sandbox import sandbox
from marketplace.payments.gateways.zarinpal import PRODUCTION_URL, Zarinpal


def _zarinpal() -> Gateway:
    if not settings.ZARINPAL_MERCHANT_ID:
        raise ImproperlyConfigured("ZARINPAL_MERCHANT_ID is not set: Zarinpal takes payments for a merchant's own id.")
    return Zarinpal(name="zarinpal", base_url=PRODUCTION_URL, merchant_id=settings.ZARINPAL_MERCHANT_ID)


GATEWAYS: dict[str, Callable[[], Gateway]] = {"zarinpal": _zarinpal, "sandbox": sandbox}


def by_name(name: str) -> Gateway:
    """The adapter of a gateway. Raises ImproperlyConfigured for a name that no adapter has."""
    if name not in GATEWAYS:
        raise ImproperlyConfigured(
            f"PAYMENT_GATEWAY: no gateway is called {name!r}; known: {', '.join(sorted(GATEWAYS))}."
        )
    return GATEWAYS[name]()


def chosen() -> Gateway:
    """The gateway that new payments go through."""
    return by_name(settings.PAYMENT_GATEWAY)
