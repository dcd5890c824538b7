"""Pages whose day has come: what was approved in time goes live, or off, on the day it names, whoever holds the post by then.

An approval is an act of the day on which it was given. A term that ends afterwards does not undo it; whoever holds the post next may
take the date back. A draft with a date that nobody approved stays a draft.
"""

from django.core.management import call_command

#: How often the worker looks, in seconds.
SECONDS = 60


def publish_due() -> None:
    """Wagtail's own command: it publishes revisions with an approved date, and takes off pages whose last day is over."""
    call_command("publish_scheduled", verbosity=0)
