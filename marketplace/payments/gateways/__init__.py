"""Gateways by name. An attempt remembers the name it was made with, so a change of settings strands no payment.

Which are offered is data: PAYMENT_GATEWAY names them in order, and each one's `terms` say which currencies and buyers it takes.
"""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from marketplace.payments.gateways.base import Gateway
from marketplace.payments.gateways.sandbox import sandbox
from marketplace.payments.gateways.stripe_gateway import Stripe
from marketplace.payments.gateways.zarinpal import PRODUCTION_URL, Zarinpal
from marketplace.payments.gateways.zarinpal_refunds import ZarinpalRefunds


def _zarinpal() -> Gateway:
    if not settings.ZARINPAL_MERCHANT_ID:
        raise ImproperlyConfigured("ZARINPAL_MERCHANT_ID is not set: Zarinpal takes payments for a merchant's own id.")
    return Zarinpal(
        name="zarinpal",
        base_url=PRODUCTION_URL,
        merchant_id=settings.ZARINPAL_MERCHANT_ID,
        most_parts=settings.ZARINPAL_MOST_PARTS,
        refunds=_zarinpal_refunds(),
    )


def _zarinpal_refunds() -> ZarinpalRefunds | None:
    if not settings.ZARINPAL_ACCESS_TOKEN:
        return None
    if not settings.ZARINPAL_TERMINAL_ID:
        raise ImproperlyConfigured(
            "ZARINPAL_TERMINAL_ID is not set: refunds look for a payment on the merchant's terminal."
        )
    return ZarinpalRefunds(access_token=settings.ZARINPAL_ACCESS_TOKEN, terminal_id=settings.ZARINPAL_TERMINAL_ID)


def _stripe() -> Stripe:
    for name in ("STRIPE_SECRET_KEY", "STRIPE_WEBHOOK_SECRET", "STRIPE_CURRENCIES"):
        if not getattr(settings, name):
            raise ImproperlyConfigured(f"{name} is not set: Stripe is off until its account is configured.")
    return Stripe(
        secret_key=settings.STRIPE_SECRET_KEY,
        webhook_secret=settings.STRIPE_WEBHOOK_SECRET,
        currencies=tuple(settings.STRIPE_CURRENCIES),
    )


GATEWAYS: dict[str, Callable[[], Gateway]] = {"zarinpal": _zarinpal, "stripe": _stripe, "sandbox": sandbox}


def by_name(name: str) -> Gateway:
    """The adapter of a gateway. Raises ImproperlyConfigured for a name that no adapter has."""
    if name not in GATEWAYS:
        raise ImproperlyConfigured(
            f"PAYMENT_GATEWAY: no gateway is called {name!r}; known: {', '.join(sorted(GATEWAYS))}."
        )
    return GATEWAYS[name]()


def every() -> list[Gateway]:
    """The gateways that are offered to anybody, the operator's first choice first."""
    return [by_name(name.strip()) for name in settings.PAYMENT_GATEWAY.split(",")]


def offered(*, currency: str = "IRR", buyer: str = "iran") -> list[Gateway]:
    """The gateways that this buyer can pay through in this currency, the operator's first choice first."""
    return [gateway for gateway in every() if gateway.terms.takes(currency, buyer)]


def chosen(name: str = "", *, currency: str = "IRR", buyer: str = "iran") -> Gateway:
    """The gateway of a new payment: the one a buyer picked among those offered, or the first. Raises ImproperlyConfigured when none is."""
    choice = [gateway for gateway in offered(currency=currency, buyer=buyer) if name in ("", gateway.name)]
    if not choice:
        raise ImproperlyConfigured(
            f"PAYMENT_GATEWAY: {name or 'no gateway'} does not take {currency} from a buyer in {buyer}."
        )
    return choice[0]
