"""Until when a maker confirms and sends, promised before paying and kept after."""

from datetime import date, timedelta

from marketplace.basket.models import Line
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


def count_from(line: Line, on: date) -> date:
    """The day from which a line's days count when it is paid for on a day: that day, or the day after its maker's break."""
    maker = line.product.maker
    return on if maker is None else maker.back_at_work(on, in_venue=line.stockrecord.venue_id is not None)
