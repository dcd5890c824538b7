"""The sandbox: Zarinpal's adapter pointed at `manage.py sandbox_gateway`, which moves no money."""

from typing import Any

from django.conf import settings

from marketplace.payments.gateways.zarinpal import Zarinpal
from marketplace.payments.gateways.zarinpal_refunds import ZarinpalRefunds

MERCHANT = "00000000-0000-0000-0000-000000000000"
#: It opens nothing but the sandbox.
TOKEN = "sandbox"  # noqa: S105
MOST_PARTS = 5


def sandbox(**more: Any) -> Zarinpal:
    """The gateway of the demo and of tests."""
    url, transport = settings.SANDBOX_GATEWAY_URL, more.get("transport")
    refunds = ZarinpalRefunds(access_token=TOKEN, terminal_id=MERCHANT, base_url=url, transport=transport)
    more = dict[str, Any](refunds=refunds, most_parts=MOST_PARTS) | more
    return Zarinpal(name="sandbox", base_url=url, merchant_id=MERCHANT, **more)
