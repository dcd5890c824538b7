from tests.payments.sandbox import gateway  # noqa: F401
from tests.payments.thing import finisher  # noqa: F401
