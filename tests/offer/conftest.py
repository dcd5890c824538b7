from tests.checkout.sale import contact, workshop_offer  # noqa: F401
from tests.payments.sandbox import gateway  # noqa: F401
