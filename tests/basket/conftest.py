from tests.basket.giftwrap import gift_offer  # noqa: F401
from tests.checkout.sale import contact, workshop_offer  # noqa: F401
