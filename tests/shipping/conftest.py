from tests.shipping.carriers import courier, folding, knives, post, provinces, shiraz  # noqa: F401
