from tests.checkout.sale import contact, workshop_offer  # noqa: F401
