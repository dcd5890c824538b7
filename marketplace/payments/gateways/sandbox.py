"""The sandbox: Zarinpal's adapter pointed at `manage.py sandbox_gateway`, which moves no money."""

from django.conf import settings

from marketplace.payments.gateways.zarinpal import Zarinpal

MERCHANT = "00000000-0000-0000-0000-000000000000"


def sandbox(**more) -> Zarinpal:
    """The gateway of the demo and of tests."""
    return Zarinpal(name="sandbox", base_url=settings.SANDBOX_GATEWAY_URL, merchant_id=MERCHANT, **more)
