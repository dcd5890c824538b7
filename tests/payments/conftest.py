from tests.payments.sandbox import gateway  # noqa: F401
