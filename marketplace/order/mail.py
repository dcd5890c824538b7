"""The letter to a buyer whose order was placed. Sent by the outbox's reader, after commit; told twice, it may go twice."""

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from marketplace.core.models import OutboxEvent
from marketplace.order.models import Order

ORDER_PLACED = "order_placed"


def send_placed(events: list[OutboxEvent]) -> None:
    """Reader of `order_placed`: key = order number, payload = language and mail address. No address, no letter."""
    for event in events:
        address = event.payload.get("email")
        if address:
            _send(event.key, address, event.payload.get("language", "fa"))


def _send(number: str, address: str, language: str) -> None:
    order = Order.objects.prefetch_related("lines", "seller_orders").get(number=number)
    with translation.override(language):
        text = render_to_string(
            "order/placed.txt",
            {"order": order, "url": settings.SITE_URL + reverse("checkout:order", args=[number]), "language": language},
        )
        send_mail(_("Your order %(number)s") % {"number": number}, text, settings.DEFAULT_FROM_EMAIL, [address])
