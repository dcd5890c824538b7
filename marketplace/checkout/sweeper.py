"""What the worker does every minute about payments: bring home what no callback finished, then let go of what nobody paid for."""

from marketplace.checkout.services import release_expired
from marketplace.payments.services import sweep_attempts


def sweep() -> tuple[int, int]:
    """Attempts brought to an end, and purchases released. Safe to run at any time and in several processes."""
    try:
        ended = sweep_attempts()
    finally:  # what nobody paid for is let go, whatever became of the payments; the error is the worker's to tell
        released = release_expired()
    return ended, released
