"""Until when a maker confirms and sends, promised before paying and kept after."""

from datetime import date, timedelta

from marketplace.core.workdays import working_days_after

#: Working days in which a maker confirms.
CONFIRM_DAYS = 2


def confirm_day(on: date) -> date:
    """The last day to confirm what was paid for on a day."""
    return working_days_after(on, CONFIRM_DAYS)


def latest_day(on: date, lead_days: int) -> date:
    """The last day to send what was paid for on a day: made or prepared, and never before it had to be confirmed. A maker's works
    leave together, so `lead_days` are those of the slowest; at least one."""
    return max(confirm_day(on), on + timedelta(days=max(1, lead_days)))
