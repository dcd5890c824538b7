"""The keys that lists of works are sorted by: unique, in 63 bits, so that a cursor never skips a work or shows one twice."""

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
#: Room for the id of a work.
_NEWEST_BITS, _PRICE_BITS = 31, 26
_DEAREST = 2**37 - 1
_RIAL_STEP = 1_000


def price_key(price: int | None, pk: int) -> int:
    """Sorts by price in thousands of rial, then by id; works without a price come last of all."""
    step = _DEAREST if price is None else min(price // _RIAL_STEP, _DEAREST - 1)
    return step << _PRICE_BITS | pk % 2**_PRICE_BITS


def newest_key(created: datetime, pk: int) -> int:
    """Sorts by the second of listing, then by id."""
    return max(0, int((created - _EPOCH).total_seconds())) << _NEWEST_BITS | pk % 2**_NEWEST_BITS


def listed_at(key: int) -> datetime:
    """The second of listing that a `newest_key` holds."""
    return _EPOCH + timedelta(seconds=key >> _NEWEST_BITS)
