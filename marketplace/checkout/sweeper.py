"""What the worker does every minute about payments: bring home what no callback finished, then let go of what nobody paid for."""

from marketplace.checkout.services import release_expired
from marketplace.payments.services import sweep_attempts


def sweep() -> tuple[int, int]:
    """Attempts brought to an end, and purchases released. Safe to run at any time and in several processes."""
    return sweep_attempts(), release_expired()
