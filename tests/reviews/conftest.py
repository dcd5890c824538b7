from tests.account.conftest import stranger  # noqa: F401
from tests.checkout.sale import contact, workshop_offer  # noqa: F401
from tests.order.sold import sold  # noqa: F401
