from tests.checkout.sale import contact  # noqa: F401
from tests.listing.machine.market import market  # noqa: F401
