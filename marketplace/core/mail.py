"""One way out for mail with headers of its own."""

from collections.abc import Mapping

from django.core.mail import EmailMessage


def send_mail(
    subject: str, body: str, sender: str | None, to: list[str], headers: Mapping[str, str] | None = None
) -> None:
    """Send one mail. Raises whatever the mail server says."""
    EmailMessage(subject, body, sender, to, headers=dict(headers or {})).send()
