from tests.bookings.visits import host, paid_visit, visit  # noqa: F401
from tests.payments.sandbox import gateway  # noqa: F401
