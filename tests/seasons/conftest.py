from tests.checkout.sale import contact  # noqa: F401
from tests.payments.sandbox import gateway  # noqa: F401
from tests.seasons.market import market  # noqa: F401
