"""Short messages. A sender is chosen by `SMS_SENDER`: the console (demo), or Kavenegar's service; another is one class more.

Sent by the worker after commit, never inside a transaction. Raises NotSent when a message did not go out; then it may be tried again.
"""

import logging
from typing import Protocol

import httpx
from django.conf import settings

from marketplace.core.certificates import trusted

log = logging.getLogger(__name__)
TIMEOUT = httpx.Timeout(10.0, connect=5.0)


class NotSent(Exception):
    """The service did not take a message. Holds no number: logs keep no personal data."""


class Sender(Protocol):
    def send(self, mobile: str, text: str) -> None:
        """`mobile` in E.164. Raises NotSent."""
        ...


class Console:
    """For the demo: prints what would be sent."""

    def send(self, mobile: str, text: str) -> None:
        print(f"\n[SMS → {mobile}]\n{text}\n", flush=True)


class Nowhere:
    """Where messages are switched off."""

    def send(self, mobile: str, text: str) -> None:
        log.info("a short message was not sent: messages are switched off")


class Kavenegar:
    """Kavenegar's REST service: the key stands in the path, the answer's own status says whether it was taken."""

    BASE = "https://api.kavenegar.com"

    def __init__(self, *, key: str, line: str, transport: httpx.BaseTransport | None = None) -> None:
        self.key, self.line, self.transport = key, line, transport

    def send(self, mobile: str, text: str) -> None:
        told = {"receptor": mobile, "message": text, **({"sender": self.line} if self.line else {})}
        try:
            with httpx.Client(
                base_url=self.BASE, timeout=TIMEOUT, transport=self.transport, verify=trusted()
            ) as client:
                answer = client.post(f"/v1/{self.key}/sms/send.json", data=told)
            status = int(answer.json()["return"]["status"])
        except (httpx.HTTPError, ValueError, KeyError, TypeError) as error:
            raise NotSent(error.__class__.__name__) from None
        if status != 200:
            raise NotSent(f"status {status}")


def chosen() -> Sender:
    """The sender that the settings name."""
    if settings.SMS_SENDER == "kavenegar":
        return Kavenegar(key=settings.KAVENEGAR_KEY, line=settings.KAVENEGAR_LINE)
    return Console() if settings.SMS_SENDER == "console" else Nowhere()


def send_sms(mobile: str, text: str) -> None:
    """Send one message by the chosen sender. Raises NotSent."""
    chosen().send(mobile, text)
