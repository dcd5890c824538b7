import pytest

from marketplace.core.models import User
from tests.basket.giftwrap import gift_offer  # noqa: F401
from tests.cast import PASSWORD
from tests.checkout.sale import contact, workshop_offer  # noqa: F401
from tests.order.sold import sold  # noqa: F401


@pytest.fixture
def stranger(day):
    """Another signed-in person."""
    return User.objects.create_user("stranger", "stranger@example.org", PASSWORD, mobile="+989131110099")
